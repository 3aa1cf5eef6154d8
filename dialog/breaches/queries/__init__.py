"""Reading the register: for those who follow up the log at an office, and nobody else."""

from dialog.breaches.queries.doors import affected_for, breach_for, known_affected
from dialog.breaches.queries.forms import FormField, form_fields
from dialog.breaches.queries.register import Line, Waiting, lines, register, waiting
from dialog.breaches.queries.whole import (
    AdditionView,
    AffectedView,
    AssessmentView,
    BreachView,
    reachable,
    whole,
)

__all__ = [
    "AdditionView",
    "AffectedView",
    "AssessmentView",
    "BreachView",
    "FormField",
    "Line",
    "Waiting",
    "affected_for",
    "breach_for",
    "form_fields",
    "known_affected",
    "lines",
    "reachable",
    "register",
    "waiting",
    "whole",
]
