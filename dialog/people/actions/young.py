"""Letting a child of thirteen to fifteen use the service by itself."""

from django.utils import timezone

from dialog.actor import Actor, Role
from dialog.errors import NotFound, WrongState
from dialog.ledger.actions import record
from dialog.people import events, policy, queries, texts
from dialog.people.models import OwnAccess
from dialog.rows import action


@action
def choose_own_access(*, by: Actor, consented: bool) -> None:
    """Let the child one acts for use the service by itself, or take that back (R21); it counts
    from the child's next request.
    """
    if by.role is not Role.PROXY:
        raise NotFound
    if not policy.may_consent(queries.patient_by_id(by.patient).born, queries.today()):
        raise WrongState(texts.NOT_AT_THIS_AGE)
    standing = OwnAccess.objects.filter(patient_id=by.patient, withdrawn_at__isnull=True)
    before = standing.select_for_update().first()
    if (before is not None) == consented:
        return
    if before is None:
        OwnAccess.objects.get_or_create(
            patient_id=by.patient, withdrawn_at=None, defaults={"given_by_id": by.account}
        )
    else:
        before.withdrawn_by_id, before.withdrawn_at = by.account, timezone.now()
        before.save(update_fields=["withdrawn_by", "withdrawn_at"])
    record(by, events.OwnAccessChosen(patient_id=by.patient_id, consented=consented))
