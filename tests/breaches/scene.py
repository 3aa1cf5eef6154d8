"""Deviations at Dr Lund's office, as several tests begin."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from dialog import rows
from dialog.actor import Actor
from dialog.breaches import actions, queries
from dialog.breaches.models import Breach
from dialog.breaches.policy import Kind, Risk
from dialog.breaches.queries import BreachView
from dialog.demo.cast import Cast
from tests.people.on_lists import uuid_of

WHAT = "Et brev til Kari lå i konvolutten til en annen."
ASSESSED = {
    "reason": "Brevet hadde navn og prøvesvar.",
    "information": "Navn og prøvesvar",
    "consequences": "En annen vet om prøvesvaret.",
    "measures": "Brevet er hentet tilbake.",
    "contact": "Ingrid Lund, telefon 22 33 44 55",
}


def an_hour_ago() -> datetime:
    return timezone.now() - timedelta(hours=1)


def registered(cast: Cast, **more: Any) -> UUID:
    """What happened to Kari's letter."""
    said: dict[str, Any] = {
        "kind": Kind.WRONG_PATIENT,
        "what": WHAT,
        "aware_at": an_hour_ago(),
        "patients": [uuid_of(cast.kari)],
    }
    return actions.register(by=cast.lund, **(said | more)).id


def assess(cast: Cast, breach_id: UUID, risk: Risk = Risk.RISK, **more: Any) -> None:
    said: dict[str, Any] = {"aware_at": an_hour_ago(), **ASSESSED}
    actions.assess(by=cast.lund, breach_id=breach_id, risk=risk, **(said | more))


def view(by: Actor, breach_id: UUID) -> BreachView:
    with rows.seeing(account=by.account_id, practice=by.practice_id):
        return queries.whole(queries.breach_for(by, breach_id))


def row(by: Actor, breach_id: UUID) -> Breach:
    with rows.seeing(account=by.account_id, practice=by.practice_id):
        return Breach.objects.get(id=breach_id)


def letters(cast: Cast, breach_id: UUID, **more: Any) -> actions.Sent:
    words = dict.fromkeys(("nb", "nn", "en"), "En melding om deg ble sendt til en annen.")
    return actions.send_letters(by=cast.lund, breach_id=breach_id, words=words, **more)
