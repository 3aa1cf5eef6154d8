"""Only practitioners see e-consultations, unless the office hands it to a role (R137): in no list,
no count, no page, no file; and the database holds the same line when the code forgets it.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from dialog import rows
from dialog.actor import Actor, Duty, Role
from dialog.conversations import actions as conversations
from dialog.conversations import queries as core
from dialog.conversations.models import Conversation, FollowUp, Message, Note, ReadMark
from dialog.conversations.policy import Kind, Status
from dialog.conversations.queries import Lane
from dialog.demo.cast import Cast, find
from dialog.econsultations import actions, queries
from dialog.econsultations.models import CareCard, EConsultation
from dialog.errors import NotFound
from dialog.people import actions as people
from dialog.people import queries as registers
from dialog.working_days import first_working_day
from tests.econsultations.asked import CARD, asked

WAITING: dict[str, Callable[[Actor], object]] = {
    "inbox": lambda by: core.inbox(by)[0],
    "its lane": lambda by: core.inbox(by, lane=Lane.ECONSULTATION)[0],
    "the next one": lambda by: core.next_in_lane(by, lane=Lane.ALL),
    "the count of the lane": lambda by: core.lane_counts(by).answer()[Lane.ECONSULTATION],
    "the count of all": lambda by: core.lane_counts(by).answer()[Lane.ALL],
}
OVER: dict[str, Callable[[Actor], object]] = {
    "closed": lambda by: core.inbox(by, status=Status.CLOSED)[0],
    "follow-ups": core.follow_ups,
    "not in the journal": queries.not_journaled,
}
TABLES = [Conversation, Message, Note, ReadMark, FollowUp, EConsultation, CareCard]


def seeing(by: Actor) -> AbstractContextManager[None]:
    return rows.seeing(account=by.account_id, patient=by.patient_id, practice=by.practice_id)


@pytest.fixture
def concluded(cast: Cast) -> Conversation:
    """One with words, a note, a read mark, a card, and a follow-up that waits."""
    conversation = asked(cast.kari)
    conversations.read(by=cast.lund, conversation_id=conversation.id)
    conversations.add_note(by=cast.lund, conversation_id=conversation.id, text="Se prøvene.")
    assert cast.lund.account_uuid is not None
    actions.complete(
        by=cast.lund,
        conversation_id=conversation.id,
        card=CARD,
        follow_up=actions.FollowUp(
            on=first_working_day(registers.today() + timedelta(days=3)),
            owner=cast.lund.account_uuid,
        ),
    )
    return conversation


class TestLists:
    @pytest.mark.parametrize("which", WAITING)
    def test_one_that_waits_is_the_doctors_and_nobody_elses(self, cast: Cast, which: str) -> None:
        asked(cast.kari)

        found = {}
        for who in ("lund", "siri", "nina", "berg"):
            by = getattr(cast, who)
            with seeing(by):
                found[who] = bool(WAITING[which](by))

        assert found == {"lund": True, "siri": False, "nina": False, "berg": False}

    @pytest.mark.parametrize("which", OVER)
    def test_one_that_is_over_likewise(
        self, cast: Cast, concluded: Conversation, which: str
    ) -> None:
        found = {}
        for who in ("lund", "siri", "nina", "berg"):
            by = getattr(cast, who)
            with seeing(by):
                found[who] = bool(OVER[which](by))

        assert found == {"lund": True, "siri": False, "nina": False, "berg": False}

    def test_the_teams_list_is_not_the_nurses_because_she_is_on_the_team(self, cast: Cast) -> None:
        asked(cast.anne)

        with seeing(cast.nina):
            assert core.inbox(cast.nina)[0] == []
        with seeing(cast.lund):
            assert len(core.inbox(cast.lund)[0]) == 1

    def test_a_patient_sees_ones_own(self, cast: Cast) -> None:
        asked(cast.kari)

        with seeing(cast.per):
            assert core.my_matters(cast.per) == []
        with seeing(cast.kari):
            assert len(core.my_matters(cast.kari)) == 1


class TestDelegation:
    def test_a_role_it_is_handed_to_sees_it_and_no_longer_when_taken_back(self, cast: Cast) -> None:
        asked(cast.kari)
        seen = []

        for on in (True, False):
            people.delegate(by=cast.lund, role=Role.NURSE, duty=Duty.SEE_ECONSULTATIONS, on=on)
            nina = find().nina
            with seeing(nina):
                seen.append(len(core.inbox(nina)[0]))

        assert seen == [1, 0]

    def test_another_role_still_does_not(self, cast: Cast) -> None:
        asked(cast.kari)

        people.delegate(by=cast.lund, role=Role.NURSE, duty=Duty.SEE_ECONSULTATIONS, on=True)

        siri = find().siri
        with seeing(siri):
            assert core.inbox(siri)[0] == []


class TestSubstitute:
    def test_a_doctor_sees_a_list_while_looking_after_it(self, cast: Cast) -> None:
        conversation = asked(cast.kari)
        locum = _locum(cast)
        today = registers.today()
        with seeing(locum), pytest.raises(NotFound):
            core.conversation_for(locum, conversation.id)

        people.appoint_substitute(
            by=cast.lund,
            list_id=conversation.patient_list_id,
            practitioner_id=locum.practitioner_id or 0,
            since=today,
            until=today + timedelta(days=7),
        )

        locum = _as_they_act(locum)
        with seeing(locum):
            assert core.conversation_for(locum, conversation.id).id == conversation.id
        actions.begin(by=locum, conversation_id=conversation.id)


def _locum(cast: Cast) -> Actor:
    """Dr Berg begins at Storgata too, with no list of his own there."""
    practice_id = cast.lund.practice_id or 0
    people.add_member(
        by=cast.lund,
        practice_id=practice_id,
        account_id=cast.berg.account_id or 0,
        role=Role.PRACTITIONER,
    )
    people.add_practitioner(
        by=cast.lund, practice_id=practice_id, name="Tor Berg", account_id=cast.berg.account_id
    )
    with rows.seeing(practice=practice_id):
        office = registers.office_by_id(practice_id)
    with rows.seeing(account=cast.berg.account_id):
        locum = registers.practice_actor(cast.berg.account_id or 0, practice=office.uuid)
    assert locum is not None
    return locum


def _as_they_act(locum: Actor) -> Actor:
    with rows.seeing(practice=locum.practice_id):
        office = registers.office_by_id(locum.practice_id or 0)
    with rows.seeing(account=locum.account_id):
        again = registers.practice_actor(locum.account_id or 0, practice=office.uuid)
    assert again is not None
    return again


class TestSecondWall:
    """What the database itself shows somebody, whatever the code asks for."""

    @pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
    def test_rows_are_there_for_the_doctor_only(
        self, cast: Cast, concluded: Conversation, table: type
    ) -> None:
        counted = {}
        for who in ("lund", "siri", "nina", "berg", "per"):
            with seeing(getattr(cast, who)):
                counted[who] = table.objects.exists()  # type: ignore[attr-defined]

        assert counted == {"lund": True, "siri": False, "nina": False, "berg": False, "per": False}

    def test_the_patient_sees_the_card_and_not_the_note(
        self, cast: Cast, concluded: Conversation
    ) -> None:
        with seeing(cast.kari):
            assert CareCard.objects.count() == 1
            assert Note.objects.count() == 0
            assert FollowUp.objects.count() == 0

    def test_delegation_opens_it_in_the_database_too(
        self, cast: Cast, concluded: Conversation
    ) -> None:
        people.delegate(by=cast.lund, role=Role.STAFF, duty=Duty.SEE_ECONSULTATIONS, on=True)

        with seeing(cast.siri):
            assert CareCard.objects.count() == 1

    def test_nobody_at_all_sees_no_rows(self, cast: Cast, concluded: Conversation) -> None:
        with rows.seeing():
            assert EConsultation.objects.count() == 0
            assert CareCard.objects.count() == 0

    def test_other_services_are_as_they_were(self, cast: Cast) -> None:
        conversations.start(
            by=cast.kari,
            kind=Kind.ENQUIRY,
            patient_id=cast.kari.patient,
            text="Når åpner dere?",
        )

        with seeing(cast.siri):
            assert Conversation.objects.count() == 1
