"""The last of an office that has closed is destroyed by the platform, and by nobody else."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest

from dialog import rows
from dialog.actor import PLATFORM
from dialog.conversations import actions
from dialog.demo.cast import Cast
from dialog.errors import NotAllowed, NotFound, WrongState
from dialog.people import actions as people
from dialog.people import queries
from tests.people.on_lists import enquiry, kinds

AsRole = Callable[[str], AbstractContextManager[None]]
Do = Callable[..., None]


@pytest.fixture
def close(cast: Cast, as_role: AsRole) -> Do:
    """Dr Berg's office closes."""

    def said(on: date) -> None:
        with as_role("dialog_owner"), rows.seeing(scope="setup"):
            people.close_practice(by=PLATFORM, practice_id=cast.berg.practice, on=on)

    return said


@pytest.fixture
def erase(cast: Cast, as_role: AsRole) -> Do:
    """Its last keys go."""

    def gone(practice_id: int = cast.berg.practice) -> None:
        with as_role("dialog_owner"), rows.seeing(scope="setup"):
            actions.erase_office(by=PLATFORM, practice_id=practice_id)

    return gone


class TestEraseOffice:
    def test_a_closed_office_without_matters_goes_once_and_it_is_a_fact(
        self, cast: Cast, close: Do, erase: Do
    ) -> None:
        close(queries.today())

        erase()
        erase()

        assert kinds(practice=cast.berg.practice).count("OfficeErased") == 1

    def test_not_one_with_a_matter_that_can_be_read(self, cast: Cast, close: Do, erase: Do) -> None:
        enquiry(cast.bjarne)
        close(queries.today())

        with pytest.raises(WrongState):
            erase()

    def test_not_one_that_is_open_nor_what_is_not_there_nor_from_within(
        self, cast: Cast, close: Do, erase: Do
    ) -> None:
        with pytest.raises(WrongState):
            erase()
        close(queries.today() + timedelta(days=1))
        with pytest.raises(WrongState):
            erase()
        with pytest.raises(NotFound):
            erase(0)
        with pytest.raises(NotAllowed):
            actions.erase_office(by=cast.berg, practice_id=cast.berg.practice)
