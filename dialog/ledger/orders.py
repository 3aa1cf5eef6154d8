"""What an authority asks of the log: whose lines, from when, for what, and by which case."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# No room for a name or an identity number: it is written in the ledger, and never goes.
CASE_NUMBER = re.compile(r"(?!.*\d{9})[A-Za-z0-9][A-Za-z0-9/.-]{0,29}")


class Authority(StrEnum):
    """Who may order that the log is handed out."""

    SUPERVISION = "helsetilsynet"
    COUNTY = "statsforvalteren"
    DATA_PROTECTION = "datatilsynet"
    COURT = "court"
    POLICE = "police"
    CONTROLLER = "controller"


class OrderedFor(StrEnum):
    """What it is for."""

    SUPERVISION = "supervision"
    COMPLAINT = "complaint"
    MISUSE = "misuse"
    BREACH = "breach"
    CRIMINAL_CASE = "criminal-case"
    CIVIL_CASE = "civil-case"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The lines about a patient, or of what somebody did in their work at an office."""

    by: Authority
    purpose: OrderedFor
    case_number: str
    since: date | None = None
    until: date | None = None
    patient_id: int | None = None
    practice_id: int | None = None
    account_id: int | None = None
