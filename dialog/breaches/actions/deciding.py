"""What is thought of it, what was done about it, and when it is over."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.breaches import policy, queries, texts
from dialog.breaches.actions.about import must_be_words, must_fit, must_have_been, set_clock
from dialog.breaches.events import (
    AuthorityNotified,
    BreachAddedTo,
    BreachAssessed,
    BreachClosed,
    BreachReopened,
)
from dialog.breaches.models import Addition, Assessment, Breach
from dialog.breaches.policy import Risk, Said, Step
from dialog.errors import InvalidInput, WrongState
from dialog.ledger.actions import record
from dialog.rows import action
from dialog.statements import change, keep

NOTHING = Risk.UNLIKELY


@action
def assess(
    *,
    by: Actor,
    breach_id: UUID,
    risk: Risk,
    reason: str,
    aware_at: datetime,
    information: str = "",
    consequences: str = "",
    measures: str = "",
    contact: str = "",
    people_about: int | None = None,
) -> None:
    """Say how it may go for those whose information it is, and why; each time stands for itself.

    When there is a risk, what Datatilsynet asks for is needed too.
    """
    breach = queries.breach_for(by, breach_id, lock=True)
    after = policy.after(breach.status, Step.ASSESS)
    must_have_been(aware_at, "aware_on")
    check = must_fit if risk is NOTHING else must_be_words
    keep(
        Assessment(
            breach=breach,
            practice_id=breach.practice_id,
            risk=risk,
            aware_at=aware_at,
            people_about=people_about,
            information=check(information, "information"),
            consequences=check(consequences, "consequences"),
            measures=check(measures, "measures"),
            contact=check(contact, "contact"),
            reason=must_be_words(reason, "reason"),
            made_by_id=by.account,
            made_by_name=by.name,
        )
    )
    breach.status, breach.risk, breach.aware_at = after, risk, aware_at
    set_clock(breach)
    change(breach, "status", "risk", "aware_at", "remind_at")
    record(by, BreachAssessed(breach_id=breach.id, risk=risk, practice_id=breach.practice_id))


@action
def add(*, by: Actor, breach_id: UUID, said: Said, text: str) -> None:
    """Add a note or a measure; what is there stays, also when it is over."""
    breach = queries.breach_for(by, breach_id, lock=True)
    if said not in (Said.NOTE, Said.MEASURE):
        raise InvalidInput(field="said")
    _put(by, breach, said, must_be_words(text, "text"))
    record(by, BreachAddedTo(breach_id=breach.id, addition=said, practice_id=breach.practice_id))


@action
def notify(
    *, by: Actor, breach_id: UUID, told_at: datetime, reference: str = "", why_late: str = ""
) -> None:
    """Write down that Datatilsynet has been told, when, and why so late when it was late."""
    breach = queries.breach_for(by, breach_id, lock=True)
    after = policy.after(breach.status, Step.NOTIFY)
    must_have_been(told_at, "told_on")
    if told_at < breach.aware_at:
        raise InvalidInput(_("Dere kan ikke ha meldt fra før dere oppdaget det."), field="told_on")
    # What comes after the first time is more about the same, and is not late (article 33 (4)).
    late = breach.notified_at is None and policy.is_late(breach.aware_at, told_at)
    if late and not why_late.strip():
        raise InvalidInput(
            _("Det er mer enn 72 timer siden dere oppdaget det. Skriv hvorfor dere er forsinket."),
            field="why_late",
        )
    _put(
        by,
        breach,
        Said.NOTIFIED,
        must_fit(reference, "reference"),
        reason=must_fit(why_late, "why_late"),
        at=told_at,
    )
    breach.status, breach.notified_at = after, breach.notified_at or told_at
    set_clock(breach)
    change(breach, "status", "notified_at", "remind_at")
    record(by, AuthorityNotified(breach_id=breach.id, late=late, practice_id=breach.practice_id))


@action
def close(*, by: Actor, breach_id: UUID, text: str) -> None:
    """Say that nothing more is to be done, and what was learnt; never before what must be done
    is.
    """
    breach = queries.breach_for(by, breach_id, lock=True)
    after = policy.after(breach.status, Step.CLOSE)
    stands = policy.obstacles(
        risk=breach.risk,
        notified=breach.notified_at is not None,
        told=(bool(one.told_how) for one in queries.known_affected(breach)),
    )
    if stands:
        raise WrongState(" ".join(str(texts.OBSTACLE[one]) for one in stands))
    _put(by, breach, Said.CLOSED, must_be_words(text, "text"))
    breach.status, breach.closed_at = after, timezone.now()
    set_clock(breach)
    change(breach, "status", "closed_at", "remind_at")
    record(by, BreachClosed(breach_id=breach.id, practice_id=breach.practice_id))


@action
def reopen(*, by: Actor, breach_id: UUID, text: str) -> None:
    """Go on with what was over, and say why."""
    breach = queries.breach_for(by, breach_id, lock=True)
    after = policy.after(breach.status, Step.REOPEN)
    _put(by, breach, Said.REOPENED, must_be_words(text, "text"))
    breach.status, breach.closed_at = after, None
    set_clock(breach)
    change(breach, "status", "closed_at", "remind_at")
    record(by, BreachReopened(breach_id=breach.id, practice_id=breach.practice_id))


def _put(
    by: Actor,
    breach: Breach,
    said: Said,
    text: str,
    *,
    reason: str = "",
    at: datetime | None = None,
) -> None:
    now = timezone.now()
    keep(
        Addition(
            breach=breach,
            practice_id=breach.practice_id,
            said=said,
            text=text,
            reason=reason,
            at=at or now,
            made_by_id=by.account,
            made_by_name=by.name,
            made_at=now,
        )
    )
