"""Who is reached where on the bus, and who somebody is that writes from there."""

import pytest

from dialog import rows
from dialog.actor import PLATFORM, Role
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotAllowed
from dialog.interop import actions, queries
from dialog.ledger.models import Served
from dialog.people import queries as people
from dialog.people.policy import Channel
from tests.interop.record_system import LUND, STORGATA

from .conftest import AsRole, Connect


def at(as_role: AsRole, her_id: int) -> queries.Reached | None:
    with as_role("dialog_relay"), rows.seeing(scope="relay"):
        return queries.reached_at(her_id)


def test_each_is_reached_at_their_own_number(cast: Cast, as_role: AsRole, connect: Connect) -> None:
    connect()

    desk, doctor = at(as_role, STORGATA), at(as_role, LUND)

    assert desk is not None
    assert doctor is not None
    assert (desk.practice_id, desk.practitioner_id) == (cast.lund.practice_id, None)
    assert doctor.practitioner_id == cast.lund.practitioner_id
    assert at(as_role, 8000099) is None


def test_the_doctor_who_writes_is_who_she_is_here(
    cast: Cast, as_role: AsRole, connect: Connect
) -> None:
    connect()

    with as_role("dialog_relay"), rows.seeing(practice=cast.lund.practice_id):
        doctor = queries.actor_at(
            queries.Reached(
                her_id=LUND,
                practice_id=cast.lund.practice,
                practitioner_id=cast.lund.practitioner_id,
            )
        )
        desk = queries.actor_at(
            queries.Reached(her_id=STORGATA, practice_id=cast.lund.practice, practitioner_id=None)
        )

    assert doctor == cast.lund
    assert (desk.role, desk.name, desk.account_id) == (Role.STAFF, "Storgata legesenter", None)


def test_the_practice_is_told_through_its_record_system_from_then_on(
    cast: Cast, as_role: AsRole, connect: Connect
) -> None:
    connect()
    connect()

    with rows.seeing(practice=cast.lund.practice_id):
        assert people.office_by_id(cast.lund.practice).channel == Channel.MESSAGES
        served = Served.objects.order_by("subscriber").values_list("practice_id", "subscriber")
        assert list(served) == [
            (cast.lund.practice_id, "interop"),
            (cast.lund.practice_id, "interop-profile"),
        ]


def test_when_it_works_here_again_late_answers_still_find_their_way(
    cast: Cast, as_role: AsRole, connect: Connect
) -> None:
    connect()
    with as_role("dialog_owner"), rows.seeing(scope="setup"):
        actions.disconnect(by=PLATFORM, practice_id=cast.lund.practice)

    with rows.seeing(practice=cast.lund.practice_id):
        assert people.office_by_id(cast.lund.practice).channel == Channel.WORKSPACE
        assert not Served.objects.exists()
    assert at(as_role, LUND) is not None


def test_a_number_is_never_two_peoples(cast: Cast, as_role: AsRole, connect: Connect) -> None:
    connect()

    with pytest.raises(InvalidInput):
        connect(cast.berg.practice, practitioners={})


def test_an_office_does_not_do_it_by_itself(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.connect(by=cast.lund, practice_id=cast.lund.practice, her_id=1, practitioners={})
    with pytest.raises(NotAllowed):
        actions.disconnect(by=cast.lund, practice_id=cast.lund.practice)
