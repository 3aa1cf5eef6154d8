"""Where a practice does its work: here, or in a record system of its own."""

import pytest

from dialog import rows
from dialog.actor import PLATFORM
from dialog.demo.cast import Cast
from dialog.errors import NotAllowed, NotFound
from dialog.ledger.models import Entry
from dialog.people import actions
from dialog.people import queries as people
from dialog.people.policy import Channel
from tests.elsewhere import AsRole, elsewhere


def channel(cast: Cast) -> str:
    with rows.seeing(practice=cast.lund.practice_id):
        return people.office_by_id(cast.lund.practice).channel


def test_it_is_chosen_and_chosen_back(cast: Cast, as_role: AsRole) -> None:
    elsewhere(cast.lund, as_role)
    assert channel(cast) == Channel.MESSAGES

    elsewhere(cast.lund, as_role, channel=Channel.WORKSPACE)
    assert channel(cast) == Channel.WORKSPACE


def test_it_is_written_down_once(cast: Cast, as_role: AsRole) -> None:
    elsewhere(cast.lund, as_role)
    elsewhere(cast.lund, as_role)

    with rows.seeing(practice=cast.lund.practice_id):
        assert Entry.objects.filter(kind="ChannelChosen").count() == 1


def test_the_operator_alone_chooses(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.choose_channel(
            by=cast.lund, practice_id=cast.lund.practice, channel=Channel.MESSAGES
        )


def test_a_practice_that_is_not_there_is_not_found(cast: Cast, as_role: AsRole) -> None:
    with as_role("dialog_owner"), rows.seeing(scope="setup"), pytest.raises(NotFound):
        actions.choose_channel(by=PLATFORM, practice_id=10**9, channel=Channel.MESSAGES)
