"""Two who change an office's people at once: one does it, the other is told what is in the way."""

from collections.abc import Callable
from functools import partial

from dialog import rows
from dialog.actor import Actor, Role
from dialog.demo.cast import Cast, find
from dialog.people import actions, queries
from tests.appointments.crowds import at_once
from tests.people.at_work import add, now
from tests.people.on_lists import list_of


def two_doctors() -> tuple[Cast, Actor]:
    """Neither has a list of their own, and a secretary follows up the log."""
    cast = find()
    mona = now(add(cast.lund, role=Role.PRACTITIONER))
    assert mona is not None
    actions.change_list(
        by=cast.lund, list_id=list_of(cast.lund), name="Felles", team=[mona.practitioner_id]
    )
    actions.set_reviewers(by=cast.lund, account_ids=frozenset({cast.siri.account}))
    return cast, mona


def ends(by: Actor, whose: Actor) -> Callable[[], object]:
    return partial(actions.change_days, by=by, account_id=whose.account, last=queries.today())


def test_two_doctors_who_end_each_others_days_leave_one(own_database: str) -> None:
    cast, mona = two_doctors()

    outcomes = at_once(ends(cast.lund, mona), ends(mona, cast.lund))

    assert sorted(outcomes) == ["InvalidInput", "done"]


def test_a_list_is_not_given_to_somebody_whose_days_are_being_ended(own_database: str) -> None:
    cast, mona = two_doctors()
    with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
        shared = next(one for one in queries.lists_of_practice(cast.lund) if one.name == "Felles")
    give = partial(
        actions.change_list,
        by=cast.lund,
        list_id=shared.list_id,
        practitioner_id=mona.practitioner_id,
    )

    outcomes = at_once(give, ends(cast.lund, mona))

    assert sorted(outcomes) == ["InvalidInput", "done"]
