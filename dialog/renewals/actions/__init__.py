"""Writing renewals: asking, preparing and deciding, and keeping the list to ask from."""

from dialog.renewals.actions.asking import Wish, request_renewal
from dialog.renewals.actions.deciding import Decision, decide, prepare
from dialog.renewals.actions.keeping import (
    enter_prescription,
    import_prescriptions,
    stop_prescription,
)
from dialog.renewals.actions.looking import see_prescriptions
from dialog.renewals.actions.ruling import set_rules
from dialog.renewals.actions.taking_along import take_along

__all__ = [
    "Decision",
    "Wish",
    "decide",
    "enter_prescription",
    "import_prescriptions",
    "prepare",
    "request_renewal",
    "see_prescriptions",
    "set_rules",
    "stop_prescription",
    "take_along",
]
