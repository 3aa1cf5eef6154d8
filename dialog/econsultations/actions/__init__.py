"""Writing e-consultations: asking, answering, concluding, and keeping texts to use again."""

from dialog.econsultations.actions.answers import (
    answer,
    ask_for_more,
    begin,
    decline,
    point_to_free_service,
    refer_to_appointment,
)
from dialog.econsultations.actions.closing import (
    CardText,
    FollowUp,
    complete,
    mark_journaled,
    put_away,
)
from dialog.econsultations.actions.mistakes import misfile
from dialog.econsultations.actions.requests import (
    request_econsultation,
    withdraw,
    write_to_patient,
)
from dialog.econsultations.actions.templates import remove_template, save_template

__all__ = [
    "CardText",
    "FollowUp",
    "answer",
    "ask_for_more",
    "begin",
    "complete",
    "decline",
    "mark_journaled",
    "misfile",
    "point_to_free_service",
    "put_away",
    "refer_to_appointment",
    "remove_template",
    "request_econsultation",
    "save_template",
    "withdraw",
    "write_to_patient",
]
