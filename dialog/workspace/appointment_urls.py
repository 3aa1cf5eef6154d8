"""The addresses of times at the office."""

from dialog.ui.routes import practice
from dialog.workspace.views.appointments import (
    calendar,
    choose,
    confirming,
    importing,
    instead,
    panel,
    timebook,
    timebook_forms,
    type_forms,
)

BOTH = ("GET", "POST")
POST = ("POST",)
ONE = "sak/<uuid:conversation_id>/time"
BOOK = "timebok/<uuid:practitioner>"

urlpatterns = [
    practice(f"{ONE}/svar", panel.answer, "answer_wish", methods=POST),
    practice(f"{ONE}/velg", choose.answer_otherwise, "choose_time", methods=BOTH),
    practice(f"{ONE}/flytt", choose.move, "move", methods=BOTH),
    practice(f"{ONE}/avlys", panel.cancel, "cancel", methods=BOTH),
    practice(f"{ONE}/bekreft", confirming.confirm, "confirm_time", methods=POST),
    practice(f"{ONE}/si-nei", confirming.refuse, "refuse_time", methods=BOTH),
    practice(f"{ONE}/e-konsultasjon", instead.offer, "offer_econsultation", methods=BOTH),
    practice(f"{ONE}/mote", panel.convert, "convert", methods=POST),
    practice(f"{ONE}/til-side", panel.set_aside, "set_time_aside", methods=POST),
    practice(f"{ONE}/oppmote", panel.mark, "mark", methods=POST),
    practice("pasient/<uuid:patient_uuid>/time", choose.give, "give_time", methods=BOTH),
    practice("kalender", calendar.first_calendar, "first_calendar"),
    practice("kalender/<uuid:practitioner>", calendar.calendar, "calendar", methods=BOTH),
    practice(BOOK, timebook.timebook, "own_timebook", methods=BOTH),
    practice(f"{BOOK}/styres-av", timebook.hand_over, "hand_over", methods=POST),
    practice(f"{BOOK}/regler", timebook_forms.rules, "rules", methods=BOTH),
    practice(f"{BOOK}/faste-timer", timebook_forms.add_hours, "add_hours", methods=BOTH),
    practice(f"{BOOK}/borte", timebook_forms.add_absence, "add_absence", methods=BOTH),
    practice(f"{BOOK}/ekstra", timebook_forms.add_extra, "add_extra", methods=BOTH),
    practice(f"{BOOK}/kalenderfil", importing.import_calendar, "import_calendar", methods=BOTH),
    practice(f"{BOOK}/type", type_forms.save_type, "new_type", methods=BOTH),
    practice(f"{BOOK}/type/<uuid:type_uuid>", type_forms.save_type, "change_type", methods=BOTH),
]
