"""Dr Lund's timebook: what is published in it, and what was written down about it."""

from datetime import date
from typing import Any

from dialog import rows
from dialog.appointments import queries
from dialog.demo.cast import Cast
from dialog.ledger.models import Entry
from dialog.working_days import OSLO
from tests.appointments.people_and_times import (
    clinician,
    seen,
)


def lund(cast: Cast) -> Any:
    return clinician(cast.lund)


def published(cast: Cast, day: date) -> list[str]:
    found = seen(cast.siri, lambda: queries.day_view(cast.siri, lund(cast), day))
    return [
        one.starts.astimezone(OSLO).strftime("%H:%M")
        for one in found.entries
        if one.kind == queries.EntryKind.FREE
    ]


def facts(cast: Cast) -> list[str]:
    with rows.seeing(practice=cast.lund.practice_id):
        return list(Entry.objects.order_by("id").values_list("kind", flat=True))


def types_with(cast: Cast, practitioner: Any) -> Any:
    return seen(cast.siri, lambda: queries.timebook(cast.siri, practitioner)).types


def ordinary(cast: Cast) -> Any:
    return types_with(cast, lund(cast))[0].uuid
