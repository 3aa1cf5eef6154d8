"""What the health-personnel register says of those who work here, and keeping to it (R204)."""

from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from dialog import rows
from dialog.actor import Actor, Role
from dialog.errors import InvalidInput, NotAllowed, NotFound, PortError
from dialog.ledger.actions import record
from dialog.people import events, queries, texts
from dialog.people.models import Account, Authorisation, Membership, Professional
from dialog.people.personnel_register import HealthProfessional, personnel, personnel_connected
from dialog.people.policy import NEEDED, acts_as, recent
from dialog.rows import action

A_DAY = timedelta(days=1)


def ask_personnel(account_id: int) -> HealthProfessional | None:
    """What the register knows of somebody who works here; PortError when it does not answer. No
    transaction need be open while it is asked.
    """
    with rows.seeing(scope="door"):
        account = Account.objects.filter(id=account_id).first()
    register = personnel()
    if account is None or register is None:
        raise NotFound
    return register.professional(account.identity_number)


@action
def note_professional(
    *, by: Actor, account_id: int, heard: HealthProfessional | None
) -> frozenset[str]:
    """Keep what the register says of somebody who works here; it counts from their next request.

    As what they are authorised today.
    """
    with rows.seeing(scope="door"):
        before = queries.held_by(account_id)
        # Two at once write one after the other.
        Account.objects.select_for_update().get(id=account_id)
        _write_down(account_id, heard)
        held = queries.held_by(account_id)
        working = Membership.objects.filter(account_id=account_id, period__contains=queries.today())
        offices = [(one.practice_id, Role(one.role)) for one in working]
    for practice_id, role in offices:
        now = acts_as(role, held)
        if now is not acts_as(role, before):
            _record_change(by, practice_id, account_id, now)
    return held


def _write_down(account_id: int, heard: HealthProfessional | None) -> None:
    one, _made = Professional.objects.update_or_create(
        account_id=account_id,
        defaults={
            "hpr_number": heard.hpr_number if heard else "",
            "heard_at": timezone.now(),
        },
    )
    Authorisation.objects.filter(professional=one).delete()
    Authorisation.objects.bulk_create(
        Authorisation(
            professional=one,
            kind=said.kind,
            period=DateRange(said.since, said.last + A_DAY if said.last else None),
            withdrawn=said.withdrawn,
            specialities=list(said.specialities),
        )
        for said in (heard.authorised if heard else ())
    )


def _record_change(by: Actor, practice_id: int, account_id: int, now: Role) -> None:
    with rows.seeing(practice=practice_id):
        record(
            by,
            events.AuthorisationHeard(
                practice_id=practice_id, member_account_id=account_id, member_role=now
            ),
        )


@action
def welcome_professional(*, by: Actor, account_id: int, hpr_number: str = "") -> None:
    """Ask the register about somebody who comes to work, where its answer is not from today.

    When it does not answer, what it said before counts for as long as it may. Nobody comes in with
    the HPR number of another.
    """
    if not personnel_connected():
        return
    known = _heard_lately(account_id)
    if known is None:
        with suppress(PortError):  # then what is known is as old as it is
            note_professional(by=by, account_id=account_id, heard=ask_personnel(account_id))
    with rows.seeing(scope="door"):
        said = Professional.objects.filter(account_id=account_id).exclude(hpr_number="").first()
    if hpr_number and said is not None and said.hpr_number != hpr_number:
        raise NotAllowed(texts.ANOTHERS_HPR_NUMBER)


def _heard_lately(account_id: int) -> Professional | None:
    with rows.seeing(scope="door"):
        known = Professional.objects.filter(account_id=account_id).first()
    young = known is not None and recent(
        known.heard_at, timezone.now(), at_most=settings.PERSONNEL_TO_ASK
    )
    return known if young else None


def must_be_authorised(by: Actor, account_id: int, role: Role) -> str:
    """Refuse to let somebody begin as a doctor or a nurse whom the register does not know as one,
    or about whom it does not answer; their HPR number, empty where there is no register.
    """
    if role not in NEEDED or not personnel_connected():
        return ""
    try:
        heard = ask_personnel(account_id)
    except PortError:
        raise InvalidInput(texts.PERSONNEL_IS_SILENT) from None
    held = note_professional(by=by, account_id=account_id, heard=heard)
    if heard is None or acts_as(role, held) is not role:
        raise InvalidInput(texts.NOT_AUTHORISED[role], field="identity_number")
    return heard.hpr_number
