"""Saying yes to being a digital user, and taking it back."""

from django.utils import timezone

from dialog.actor import Actor, Role
from dialog.errors import NotAllowed
from dialog.ledger.actions import record
from dialog.people import events, policy, queries
from dialog.people.actions.rights import must_be_patient_side
from dialog.people.models import DigitalConsent, Proxy
from dialog.people.policy import GIVEN_AS, TEXT_VERSION, GivenAs, Language, ProxyKind
from dialog.rows import action
from dialog.statements import found

STANDING = "own.patient_id = %s AND own.ended_at IS NULL FOR UPDATE OF own"


@action
def say_yes(*, by: Actor, language: Language = Language.NB) -> None:
    """Say yes, for oneself or for a child or ward, to being a digital user (R4); it counts at once,
    and what was said before is kept.
    """
    given_as = _as_what(by)
    standing = _standing(by)
    if standing is not None and queries.yes_counts(standing):
        return
    if standing is not None:
        _end(by, standing, replaced=True)
    DigitalConsent.objects.get_or_create(
        patient_id=by.patient,
        ended_at=None,
        defaults={
            "given_by_id": by.account,
            "given_as": given_as,
            "text_version": TEXT_VERSION,
            "language": language,
        },
    )
    record(
        by,
        events.ConsentGiven(
            patient_id=by.patient_id,
            given_as=given_as,
            text_version=TEXT_VERSION,
            language=language,
        ),
    )


@action
def take_back_yes(*, by: Actor) -> None:
    """Take back the yes to being a digital user (R5): from now on nothing new is begun and nobody
    is told anything; what is written stays.
    """
    _as_what(by)
    standing = _standing(by)
    if standing is None:
        return
    _end(by, standing, replaced=False)
    record(by, events.ConsentWithdrawn(patient_id=by.patient_id))


def _as_what(by: Actor) -> GivenAs:
    """As what somebody says this for the patient; refused when it is not theirs to say."""
    must_be_patient_side(by)
    kind = None
    if by.role is Role.PROXY:
        kind = ProxyKind(
            Proxy.objects.get(
                account_id=by.account, patient_id=by.patient, period__contains=queries.today()
            ).kind
        )
    born = queries.patient_by_id(by.patient).born
    if not policy.may_say_yes(kind, born=born, on=queries.today()):
        raise NotAllowed
    return GIVEN_AS[kind]


def _standing(by: Actor) -> DigitalConsent | None:
    mine = found(DigitalConsent, "patient", where=STANDING, values=(by.patient,))
    return mine[0] if mine else None


def _end(by: Actor, standing: DigitalConsent, *, replaced: bool) -> None:
    standing.ended_by_id, standing.ended_at = by.account, timezone.now()
    standing.replaced = replaced
    standing.save(update_fields=["ended_by", "ended_at", "replaced"])
