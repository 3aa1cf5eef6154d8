"""The patient's addresses."""

from dialog.portal.about_whom import asked_about_whom
from dialog.portal.views import (
    access_log,
    appointments,
    carrying,
    consents,
    copies,
    econsultation_panel,
    econsultations,
    enquiries,
    files,
    gp,
    home,
    mandates,
    messages,
    own_copy,
    renewals,
    rights,
    settings,
    taking_along,
    taking_back,
    tasks,
    thread,
)
from dialog.ui.routes import patient

BOTH = ("GET", "POST")
THREAD = "meldinger/<uuid:conversation_id>"
TIME = "time/<uuid:conversation_id>"

app_name = "portal"
urlpatterns = [
    patient("", home.home, "home"),
    patient("hjelp/<slug:name>", home.need, "need"),
    patient("meldinger", messages.messages, "messages"),
    patient(THREAD, thread.thread, "thread", methods=BOTH),
    patient(f"{THREAD}/utskrift", thread.printed, "print"),
    patient(f"{THREAD}/samtale.pdf", copies.copy, "copy"),
    patient(f"{THREAD}/trekk", taking_back.withdraw, "withdraw", methods=BOTH),
    patient(f"{THREAD}/trekk/<uuid:message_id>", taking_back.recall, "recall", methods=BOTH),
    patient(f"{THREAD}/retting", rights.ask, "ask_right", methods=BOTH),
    patient(f"{THREAD}/gjort", tasks.finish, "finish_task", methods=("POST",)),
    patient(f"{THREAD}/ta-med", carrying.carry, "carry", methods=BOTH),
    patient(f"{THREAD}/ny-fastlege", taking_along.take_along, "take_along", methods=BOTH),
    patient("kontakt", asked_about_whom(enquiries.ask), "enquiry", methods=BOTH),
    patient(
        "e-konsultasjon", asked_about_whom(econsultations.start), "econsultation", methods=BOTH
    ),
    patient("e-konsultasjon/skriv", econsultations.write, "econsultation_write", methods=BOTH),
    patient(
        "e-konsultasjon/<uuid:conversation_id>/kort",
        econsultation_panel.card,
        "econsultation_card",
    ),
    patient(
        "e-konsultasjon/<uuid:conversation_id>/kort.pdf",
        econsultation_panel.card_pdf,
        "econsultation_card_pdf",
    ),
    patient("resept", asked_about_whom(renewals.renew), "renew", methods=BOTH),
    patient("fil/<uuid:attachment_id>", files.file, "file"),
    patient("innsyn", access_log.access_log, "access_log"),
    patient("innsyn/kopi", own_copy.own_copy, "own_copy", methods=BOTH),
    patient("innsyn/<int:line_id>/spor", access_log.ask_look, "ask_look", methods=BOTH),
    patient("fastlege", gp.gp, "gp"),
    patient("fastlege/<uuid:change_uuid>", gp.gp_change, "gp_change", methods=BOTH),
    patient("innstillinger", settings.settings, "settings"),
    patient("innstillinger/kontakt", settings.contact, "settings_contact", methods=BOTH),
    patient(
        "innstillinger/varsler", settings.notifications, "settings_notifications", methods=BOTH
    ),
    patient("innstillinger/egen-tilgang", settings.own_access, "own_access", methods=BOTH),
    patient("innstillinger/sprak", settings.language, "settings_language", methods=BOTH),
    patient("digital-bruker", consents.consent, "consent", methods=BOTH),
    patient("digital-bruker/trekk", consents.take_back, "take_back_yes", methods=BOTH),
    patient("fullmakter", mandates.mandates, "mandates"),
    patient("fullmakter/ny", mandates.give, "mandate_give", methods=BOTH),
    patient("fullmakter/<uuid:mandate_uuid>/slutt", mandates.end, "mandate_end", methods=BOTH),
    patient("time", asked_about_whom(appointments.free), "free"),
    patient("time/bestill", appointments.book, "book", methods=BOTH),
    patient("time/onske", appointments.wish, "wish", methods=BOTH),
    patient("time/mine", appointments.mine, "my_appointments"),
    patient(f"{TIME}/ja", appointments.accept, "accept", methods=("POST",)),
    patient(f"{TIME}/nei", appointments.decline, "decline", methods=("POST",)),
    patient(f"{TIME}/annen", appointments.another, "another", methods=BOTH),
    patient(f"{TIME}/flytt", appointments.move, "move"),
    patient(f"{TIME}/flytt/til", appointments.moved, "moved", methods=BOTH),
    patient(f"{TIME}/avbestill", appointments.cancel, "cancel", methods=BOTH),
    patient(f"{TIME}/kalender.ics", appointments.calendar, "calendar"),
]
