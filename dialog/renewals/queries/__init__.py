"""Reading renewals: what may be asked for, the lines of a request, a patient's prescriptions."""

from dialog.renewals.queries.kept import (
    Kept,
    medicine,
    on_the_practices_list,
    prescription_for,
    prescriptions_of,
)
from dialog.renewals.queries.offered import Offer, Service, offers, rules_of, service_for
from dialog.renewals.queries.requests import Line, Request, request_for

__all__ = [
    "Kept",
    "Line",
    "Offer",
    "Request",
    "Service",
    "medicine",
    "offers",
    "on_the_practices_list",
    "prescription_for",
    "prescriptions_of",
    "request_for",
    "rules_of",
    "service_for",
]
