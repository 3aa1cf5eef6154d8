"""What the patient is told of a matter that goes to the practice's own record system."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from dialog import rows
from dialog.actor import PLATFORM
from dialog.conversations import actions, queries
from dialog.conversations.arrivals import SOON, Arrival, arrival
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast
from dialog.errors import NotAllowed
from dialog.people.policy import Channel
from tests.doors import post
from tests.elsewhere import AsRole, elsewhere

SENT = timezone.now()
A_MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("arrived", "not_taken", "passed", "expected"),
    [
        (None, None, A_MINUTE, Arrival.ON_ITS_WAY),
        (None, None, SOON + A_MINUTE, Arrival.WAITS),
        (SENT, None, A_MINUTE, Arrival.ARRIVED),
        (SENT - A_MINUTE, None, A_MINUTE, Arrival.ON_ITS_WAY),
        (SENT - A_MINUTE, None, 2 * SOON, Arrival.WAITS),
        (None, SENT, A_MINUTE, Arrival.NOT_TAKEN),
        (SENT - A_MINUTE, SENT, A_MINUTE, Arrival.NOT_TAKEN),
        (None, SENT - A_MINUTE, A_MINUTE, Arrival.ON_ITS_WAY),
        (SENT + A_MINUTE, SENT, 2 * A_MINUTE, Arrival.ARRIVED),
    ],
)
def test_the_newest_word_about_the_newest_message_counts(
    arrived: datetime | None, not_taken: datetime | None, passed: timedelta, expected: Arrival
) -> None:
    found = arrival(sent=SENT, arrived=arrived, not_taken=not_taken, now=SENT + passed)

    assert found is expected


def asked(cast: Cast) -> Conversation:
    return actions.start(
        by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text="Når åpner dere?"
    )


def shown(cast: Cast, conversation: Conversation) -> Arrival | None:
    with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient_id):
        return queries.thread(cast.kari, conversation.id).arrival


def noted(cast: Cast, conversation: Conversation, at: datetime, *, taken: bool) -> None:
    with rows.seeing(practice=cast.lund.practice_id):
        actions.note_arrival(by=PLATFORM, conversation_id=conversation.id, at=at, taken=taken)


class TestWhereTheOfficeWorksElsewhere:
    @pytest.fixture(autouse=True)
    def away(self, cast: Cast, as_role: AsRole) -> None:
        elsewhere(cast.lund, as_role)

    def test_it_is_on_its_way_until_their_system_has_it(self, cast: Cast) -> None:
        conversation = asked(cast)
        assert shown(cast, conversation) is Arrival.ON_ITS_WAY

        noted(cast, conversation, timezone.now(), taken=True)

        assert shown(cast, conversation) is Arrival.ARRIVED

    def test_more_words_are_on_their_way_anew(self, cast: Cast) -> None:
        conversation = asked(cast)
        noted(cast, conversation, timezone.now(), taken=True)

        actions.reply(by=cast.kari, conversation_id=conversation.id, text="Også lørdag?")

        assert shown(cast, conversation) is Arrival.ON_ITS_WAY

    def test_an_older_word_changes_nothing(self, cast: Cast) -> None:
        conversation = asked(cast)
        noted(cast, conversation, timezone.now(), taken=True)

        noted(cast, conversation, timezone.now() - A_MINUTE, taken=True)

        assert shown(cast, conversation) is Arrival.ARRIVED

    def test_when_their_system_does_not_answer_the_patient_is_told_and_nothing_is_lost(
        self, cast: Cast, as_kari: Client
    ) -> None:
        conversation = asked(cast)
        with time_machine.travel(timezone.now() + 2 * SOON, tick=False):
            page = as_kari.get(f"/meldinger/{conversation.id}").content.decode()

        assert "Systemet til legekontoret svarer ikke akkurat nå." in page
        assert "Når åpner dere?" in page
        assert "ikke åpnet det ennå" not in page

    def test_when_it_was_not_taken_the_patient_is_asked_to_call(
        self, cast: Cast, as_kari: Client
    ) -> None:
        conversation = asked(cast)
        noted(cast, conversation, timezone.now(), taken=False)

        page = as_kari.get(f"/meldinger/{conversation.id}").content.decode()

        assert "tok ikke imot det. Ring legekontoret." in page

    def test_only_the_platform_says_so(self, cast: Cast) -> None:
        conversation = asked(cast)

        for who in (cast.kari, cast.lund):
            with pytest.raises(NotAllowed):
                actions.note_arrival(
                    by=who, conversation_id=conversation.id, at=timezone.now(), taken=True
                )


def test_where_the_office_works_here_nothing_is_said_of_it(cast: Cast) -> None:
    assert shown(cast, asked(cast)) is None


def test_when_it_works_here_again_nothing_more_is_said(cast: Cast, as_role: AsRole) -> None:
    elsewhere(cast.lund, as_role)
    conversation = asked(cast)

    elsewhere(cast.lund, as_role, channel=Channel.WORKSPACE)

    assert shown(cast, conversation) is None


def test_the_page_is_sent_from_as_ever(cast: Cast, as_role: AsRole, as_kari: Client) -> None:
    elsewhere(cast.lund, as_role)
    conversation = asked(cast)

    answer = post(as_kari, f"/meldinger/{conversation.id}", text="Også lørdag?")

    assert answer.status_code == 302
