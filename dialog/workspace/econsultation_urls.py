"""The addresses of e-consultations on the practice's side."""

from dialog.ui.routes import practice
from dialog.workspace.views import (
    econsultation_ending,
    econsultation_first,
    econsultation_note,
    econsultations,
)
from dialog.workspace.views.settings import templates

BOTH = ("GET", "POST")
POST = ("POST",)
ONE = "e-konsultasjon/<uuid:conversation_id>"
TEMPLATES = "innstillinger/maler"

urlpatterns = [
    practice(f"{ONE}/begynn", econsultations.begin, "econsultation_begin", methods=POST),
    practice(f"{ONE}/ferdig", econsultations.put_away, "econsultation_put_away", methods=POST),
    practice(f"{ONE}/svar", econsultations.answer, "econsultation_answer", methods=POST),
    practice(
        f"{ONE}/avslutt", econsultation_ending.complete, "econsultation_complete", methods=BOTH
    ),
    practice(f"{ONE}/avslag", econsultation_ending.decline, "econsultation_decline", methods=BOTH),
    practice(
        f"{ONE}/annet-sted", econsultations.elsewhere, "econsultation_elsewhere", methods=POST
    ),
    practice(f"{ONE}/time", econsultation_ending.give_time, "econsultation_time", methods=BOTH),
    practice(f"{ONE}/journal", econsultation_note.note, "econsultation_note", methods=BOTH),
    practice(f"{ONE}/journalnotat.pdf", econsultation_note.pdf, "econsultation_note_pdf"),
    practice(
        "e-konsultasjoner/journal",
        econsultation_note.not_journaled,
        "econsultations_not_journaled",
    ),
    practice(
        "pasient/<uuid:patient_uuid>/e-konsultasjon",
        econsultation_first.write_first,
        "econsultation_first",
        methods=BOTH,
    ),
    practice(TEMPLATES, templates.templates, "templates"),
    practice(f"{TEMPLATES}/ny", templates.template, "template_new", methods=BOTH),
    practice(f"{TEMPLATES}/<uuid:template_uuid>", templates.template, "template", methods=BOTH),
    practice(
        f"{TEMPLATES}/<uuid:template_uuid>/slett",
        templates.remove,
        "template_remove",
        methods=BOTH,
    ),
]
