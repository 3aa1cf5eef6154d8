"""The practice's addresses."""

from dialog.ui.routes import practice, support
from dialog.workspace import (
    appointment_urls,
    breach_urls,
    econsultation_urls,
    log_urls,
    settings_urls,
    why,
)
from dialog.workspace.gate import gated
from dialog.workspace.views import (
    attention,
    ceiling_card,
    conversation,
    copies,
    enquiries,
    files,
    follow_ups,
    guardians,
    handling,
    inbox,
    letters,
    misfiling,
    patients,
    prescriptions,
    renewals,
    rights,
    tasks,
    technical,
    writing,
)

BOTH = ("GET", "POST")
POST = ("POST",)
ONE = "sak/<uuid:conversation_id>"
LIST = "pasient/<uuid:patient_uuid>/resepter"

app_name = "workspace"
pages = [
    practice("", inbox.inbox, "inbox"),
    practice(ONE, conversation.conversation, "conversation", methods=BOTH),
    practice(f"{ONE}/sak.pdf", copies.copy, "copy"),
    practice(f"{ONE}/neste", handling.following, "next"),
    practice(f"{ONE}/gi-videre", handling.assign, "assign", methods=POST),
    practice(f"{ONE}/haster", handling.flag, "flag", methods=POST),
    practice(f"{ONE}/foreldre", handling.keep, "keep_from_parents", methods=POST),
    practice(f"{ONE}/merknad", handling.note, "note", methods=POST),
    practice(f"{ONE}/til-side", handling.rest, "rest", methods=POST),
    practice(f"{ONE}/avslutt", handling.close, "close", methods=BOTH),
    practice(f"{ONE}/feilsendt", enquiries.misdirected, "misdirected", methods=POST),
    practice(f"{ONE}/feil-pasient", misfiling.find_right, "find_right", methods=BOTH),
    practice(f"{ONE}/feil-pasient/<uuid:patient_uuid>", misfiling.misfile, "misfile", methods=BOTH),
    practice(f"{ONE}/trekk/<uuid:message_id>", handling.recall, "recall", methods=BOTH),
    practice(f"{ONE}/retting", rights.ask, "ask_right", methods=BOTH),
    practice(f"{ONE}/krav", rights.decide, "decide_right", methods=BOTH),
    practice(f"{ONE}/frist", tasks.move, "move_task", methods=POST),
    practice("oppgaver", tasks.tasks, "tasks"),
    practice("oppfolging", follow_ups.follow_ups, "follow_ups"),
    practice("oppfolging/<uuid:follow_up_id>", follow_ups.follow_up, "follow_up", methods=BOTH),
    practice("oppfolging/<uuid:follow_up_id>/brev.pdf", letters.letter, "letter"),
    practice("pasient/<uuid:patient_uuid>/brev", letters.first, "letter_first", methods=BOTH),
    practice("pasienter", patients.search, "patients", methods=BOTH),
    practice("pasient/<uuid:patient_uuid>", patients.patient, "patient"),
    practice("pasient/<uuid:patient_uuid>/hvorfor", why.explain, "explain_look", methods=POST),
    practice(f"{ONE}/resepter", renewals.decide, "decide_renewal", methods=POST),
    practice(f"{ONE}/resepter/klargjor", renewals.prepare, "prepare_renewal", methods=POST),
    practice(LIST, prescriptions.prescriptions, "prescriptions"),
    practice(f"{LIST}/ny", prescriptions.enter, "enter_prescription", methods=BOTH),
    practice(f"{LIST}/fil", prescriptions.bring_in, "prescription_file", methods=BOTH),
    practice(f"{LIST}/fil/hent", prescriptions.keep, "import_prescriptions", methods=POST),
    practice(f"{LIST}/<uuid:ref>/av", prescriptions.stop, "stop_prescription", methods=BOTH),
    practice(
        "pasient/<uuid:patient_uuid>/frikort",
        ceiling_card.ceiling_card,
        "ceiling_card",
        methods=BOTH,
    ),
    practice(
        "pasient/<uuid:patient_uuid>/handler-for", guardians.guardians, "guardians", methods=BOTH
    ),
    practice(
        "pasient/<uuid:patient_uuid>/handler-for/<uuid:proxy_uuid>/slutt",
        guardians.end_acting,
        "end_acting",
        methods=BOTH,
    ),
    practice("pasient/<uuid:patient_uuid>/skriv", writing.write_first, "write_first", methods=BOTH),
    practice("ma-ses-pa", attention.attention, "attention"),
    practice("ma-ses-pa/<int:delivery_id>/igjen", attention.release, "release", methods=POST),
    practice("ma-ses-pa/<int:delivery_id>/ordnet", attention.dismiss, "dismiss", methods=POST),
    practice("fil/<uuid:attachment_id>", files.file, "file"),
    support("teknisk", technical.technical, "support"),
    *appointment_urls.urlpatterns,
    *breach_urls.urlpatterns,
    *econsultation_urls.urlpatterns,
    *log_urls.urlpatterns,
    *settings_urls.urlpatterns,
]
# Nobody's page is opened without a ground.
urlpatterns = gated(pages)
