"""Writing down that something went wrong, by a person or by the platform itself (R59, R228)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dialog.actor import PLATFORM, Actor, Side
from dialog.breaches import texts
from dialog.breaches.actions.about import must_be_words, must_have_been, set_clock
from dialog.breaches.actions.affected import put_down
from dialog.breaches.events import BreachRegistered
from dialog.breaches.models import Breach
from dialog.breaches.policy import MOST_AT_ONCE, Kind, must_follow_up
from dialog.conversations import queries as conversations
from dialog.conversations.queries import Mistake
from dialog.errors import InvalidInput, NotAllowed
from dialog.ledger.actions import record
from dialog.people import queries as people
from dialog.rows import action
from dialog.statements import keep


@action
def register(
    *,
    by: Actor,
    kind: Kind,
    what: str,
    aware_at: datetime,
    happened_at: datetime | None = None,
    source: UUID | None = None,
    patients: Iterable[UUID] = (),
) -> Breach:
    """Write down what went wrong; 72 hours run from when the office became aware of it.

    ``source`` is a matter it was found in, and ``patients`` those affected, as far as is known.
    """
    must_follow_up(by)
    said = must_be_words(what, "what")
    must_have_been(aware_at, "aware_on")
    if happened_at is not None and happened_at > aware_at:
        raise InvalidInput(
            _("Det kan ikke ha skjedd etter at dere oppdaget det."), field="happened_on"
        )
    chosen = list(dict.fromkeys(patients))
    if len(chosen) > MOST_AT_ONCE:
        raise InvalidInput(field="what")
    whose = [people.patient_for(by, one).id for one in chosen]
    if source is not None:
        conversations.conversation_for(by, source)
    return _kept(
        by,
        Breach(
            practice_id=by.practice,
            kind=kind,
            what=said,
            happened_at=happened_at,
            discovered_at=aware_at,
            aware_at=aware_at,
            source_id=source,
            registered_by_id=by.account,
            registered_by_name=by.name,
        ),
        whose,
    )


@action
def draft(*, by: Actor = PLATFORM, practice_id: int, mistake: Mistake) -> Breach | None:
    """Write down what was on the wrong patient, without being asked: the clock runs from when it
    was put right. Those who follow up the log go on from there (R59).

    None when it is there already; the platform may be told twice.
    """
    if by.side is not Side.PLATFORM:
        raise NotAllowed
    drafted = Breach.objects.filter(source_id=mistake.conversation_id, registered_by__isnull=True)
    if drafted.exists():
        return None
    with translation.override("nb"):
        what = texts.drafted(mistake)
    return _kept(
        by,
        Breach(
            practice_id=practice_id,
            kind=Kind.WRONG_PATIENT,
            what=what,
            happened_at=mistake.written_at,
            discovered_at=mistake.found_at,
            aware_at=mistake.found_at,
            source_id=mistake.conversation_id,
            registered_by_name=by.name,
        ),
        [mistake.about_patient_id] if mistake.about_patient_id is not None else [],
    )


def _kept(by: Actor, breach: Breach, whose: list[int]) -> Breach:
    breach.registered_at = timezone.now()
    set_clock(breach)
    keep(breach)
    record(
        by,
        BreachRegistered(
            breach_id=breach.id, breach_kind=breach.kind, practice_id=breach.practice_id
        ),
    )
    for patient_id in dict.fromkeys(whose):
        put_down(by, breach, patient_id)
    return breach
