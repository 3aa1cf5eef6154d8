"""Following up the log, in parts; everything is reached through here."""

from dialog.oversight.actions.judging import (
    answer_about_look,
    ask_about_look,
    forget_of_erased_office,
    forget_unusual_look,
    judge_look,
)
from dialog.oversight.actions.noticing import notice
from dialog.oversight.actions.questions import question_look
from dialog.oversight.actions.searching import Asked, search_colleague, search_patient

__all__ = [
    "Asked",
    "answer_about_look",
    "ask_about_look",
    "forget_of_erased_office",
    "forget_unusual_look",
    "judge_look",
    "notice",
    "question_look",
    "search_colleague",
    "search_patient",
]
