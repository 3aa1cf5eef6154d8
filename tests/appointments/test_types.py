"""A type of time that is one doctor's own is not another doctor's to change or take away."""

from datetime import date
from typing import Any

import pytest

from dialog import rows
from dialog.actor import Actor, Role
from dialog.appointments import actions
from dialog.appointments.policy import MeetingType
from dialog.demo.cast import Cast
from dialog.errors import NotAllowed
from dialog.people import actions as people
from dialog.people import queries as who_is_who
from dialog.people.identity_number import synthetic
from tests.appointments.lunds_timebook import lund, types_with
from tests.appointments.people_and_times import seen


@pytest.fixture
def mona(cast: Cast) -> Actor:
    account = people.add_colleague(
        by=cast.lund,
        identity_number=synthetic(date(1980, 5, 6)),
        name="Mona Lie",
        role=Role.PRACTITIONER,
    )
    with rows.seeing(account=account, practice=cast.lund.practice_id):
        found = who_is_who.practice_actor(account)
    assert found is not None
    return found


def saved(by: Actor, **said: Any) -> Any:
    usual = {"name": "Samtale", "meetings": [MeetingType.PHONE], "minutes": 30}
    return actions.save_type(by=by, **usual | said)


def types(cast: Cast) -> list[str]:
    return [one.name for one in types_with(cast, lund(cast))]


@pytest.mark.parametrize("whose", ["nobodys", "monas"])
def test_no_other_doctor_makes_it_theirs(cast: Cast, mona: Actor, whose: str) -> None:
    own = saved(cast.lund, practitioner=lund(cast))
    mine = seen(mona, lambda: who_is_who.clinicians_of_practice(mona))
    hers = next(one.uuid for one in mine if one.id == mona.practitioner_id)  # type: ignore[attr-defined]

    with pytest.raises(NotAllowed):
        saved(
            mona,
            type_uuid=own.uuid,
            name="Min",
            practitioner=hers if whose == "monas" else None,
        )

    assert "Samtale" in types(cast)


def test_no_other_doctor_retires_it(cast: Cast, mona: Actor) -> None:
    own = saved(cast.lund, practitioner=lund(cast))

    with pytest.raises(NotAllowed):
        actions.retire_type(by=mona, type_uuid=own.uuid)

    assert "Samtale" in types(cast)


def test_its_own_doctor_does_and_any_doctor_with_what_they_share(cast: Cast, mona: Actor) -> None:
    own, shared = saved(cast.lund, practitioner=lund(cast)), saved(cast.lund, name="Felles")

    saved(cast.lund, type_uuid=own.uuid, name="Lang samtale", practitioner=lund(cast))
    actions.retire_type(by=mona, type_uuid=shared.uuid)

    assert "Lang samtale" in types(cast)
    assert "Felles" not in types(cast)
