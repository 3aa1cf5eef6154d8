"""Reading conversations: what is in which list, in which order, and for whom it does not exist."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dialog import rows
from dialog.actor import PLATFORM, Actor, Duty, Role
from dialog.conversations import actions, queries
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Kind, Status
from dialog.conversations.queries import Lane, Order, Whose
from dialog.demo.cast import Cast
from dialog.errors import NotFound
from dialog.people import actions as people
from dialog.statements import ask as by_statement


def ask(cast: Cast, who: str = "kari", kind: Kind = Kind.ENQUIRY, **how: object) -> Conversation:
    by = getattr(cast, who)
    return actions.start(by=by, kind=kind, patient_id=by.patient, text="Hei", **how)  # type: ignore[arg-type]


def shown(by: Actor, **how: object) -> list[object]:
    with rows.seeing(**rows.view_of(by)._asdict()):
        found, _more = queries.inbox(by, **how)  # type: ignore[arg-type]
    return [one.id for one in found]


def next_after(by: Actor, after: Conversation | None, **how: object) -> object:
    with rows.seeing(**rows.view_of(by)._asdict()):
        return queries.next_in_lane(
            by,
            lane=Lane.ALL,
            after=after.id if after else None,
            **how,  # type: ignore[arg-type]
        )


class TestVisible:
    @pytest.mark.parametrize(
        ("who", "many"),
        [
            *[("kari", 2), ("per", 2), ("kari_for_ola", 1)],
            *[("lund", 6), ("siri", 3), ("nina", 3), ("berg", 0), ("nobody", 0)],
        ],
    )
    def test_it_is_the_same_to_the_orm_and_in_a_statement_by_hand(
        self, cast: Cast, who: str, many: int
    ) -> None:
        for patient in ("kari", "per", "kari_for_ola"):
            for kind in (Kind.ENQUIRY, Kind.ECONSULTATION):
                ask(cast, patient, kind)
        with rows.seeing(patient=cast.kari_for_ola.patient):
            private = Conversation.objects.filter(kind=Kind.ECONSULTATION)
            private.update(reserved=True)
        by = getattr(cast, who, None) or Actor(role=Role.PATIENT, account_id=cast.per.account_id)
        seen, values = queries.seen_sql(by)
        statement = f"SELECT c.id FROM conversations_conversation AS c WHERE {seen}"  # noqa: S608

        with rows.seeing(**rows.view_of(by)._asdict()):
            by_hand = {one for (one,) in by_statement(statement, *values)}
            assert by_hand == set(queries.seen_by(by).values_list("id", flat=True))
        assert len(by_hand) == many

    def test_the_platform_sees_what_the_transaction_sees(self, cast: Cast) -> None:
        conversation = ask(cast)

        with rows.seeing(practice=cast.siri.practice):
            assert queries.conversation_for(PLATFORM, conversation.id) == conversation

    def test_nobody_in_particular_sees_nothing(self, cast: Cast) -> None:
        conversation = ask(cast)
        nobody = Actor(role=Role.PATIENT, account_id=cast.per.account_id)

        with rows.seeing(patient=cast.kari.patient), pytest.raises(NotFound):
            queries.conversation_for(nobody, conversation.id)

    def test_whoever_is_responsible_and_cannot_be_seen_is_not_named(self, cast: Cast) -> None:
        conversation = ask(cast)
        with rows.seeing(practice=cast.siri.practice):
            Conversation.objects.filter(id=conversation.id).update(owner_id=cast.berg.account_id)

        with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient):
            assert queries.thread(cast.kari, conversation.id).responsible_name == ""

    def test_what_a_young_person_has_reserved_a_parent_does_not_find(self, cast: Cast) -> None:
        hidden = actions.start(
            by=cast.siri,
            kind=Kind.ENQUIRY,
            patient_id=cast.kari_for_ola.patient,
            text="Hei",
            reserved=True,
        )

        with rows.seeing(patient=cast.kari_for_ola.patient):
            assert queries.my_matters(cast.kari_for_ola) == []
            with pytest.raises(NotFound):
                queries.conversation_for(cast.kari_for_ola, hidden.id)

    def test_an_e_consultation_handed_over_is_found_by_whom_it_was_handed_to(
        self, cast: Cast
    ) -> None:
        private = ask(cast, kind=Kind.ECONSULTATION)
        substitute = Actor(
            role=Role.PRACTITIONER,
            account_id=cast.nina.account_id,
            practice_id=cast.nina.practice_id,
        )

        with rows.seeing(practice=cast.lund.practice):
            before = list(queries.seen_by(substitute))
            Conversation.objects.filter(id=private.id).update(owner_id=cast.nina.account_id)
            after = list(queries.seen_by(substitute))

        assert (before, after) == ([], [private])


class TestInbox:
    def test_a_page_says_whether_there_are_more(self, cast: Cast) -> None:
        for _number in range(51):
            ask(cast)

        with rows.seeing(practice=cast.siri.practice):
            first, more = queries.inbox(cast.siri)
            second, no_more = queries.inbox(cast.siri, page=2)

        assert (len(first), more, len(second), no_more) == (50, True, 1, False)
        assert not {one.id for one in first} & {one.id for one in second}

    def test_what_waits_for_nobody_is_sorted_by_what_happened_last(self, cast: Cast) -> None:
        first, second = ask(cast), ask(cast, "per")
        for one in (second, first):
            actions.rest(by=cast.siri, conversation_id=one.id)

        assert shown(cast.siri, status=Status.RESTING) == [first.id, second.id]

    def test_what_is_due_first_comes_first_and_then_what_came_first(self, cast: Cast) -> None:
        old, new, urgent = ask(cast), ask(cast, "per"), ask(cast, "anne")
        with rows.seeing(practice=cast.siri.practice):
            Conversation.objects.filter(id=urgent.id).update(due_at=timezone.now())

        assert shown(cast.siri) == [urgent.id, old.id, new.id]
        assert shown(cast.siri, order=Order.AGE) == [old.id, new.id, urgent.id]
        assert shown(cast.siri, order=Order.PATIENT) == [new.id, urgent.id, old.id]

    @pytest.mark.parametrize("whose", Whose)
    def test_a_stranger_has_nothing_in_it(self, cast: Cast, whose: Whose) -> None:
        ask(cast)

        assert shown(cast.berg, whose=whose) == []

    def test_a_patient_has_no_inbox_of_an_office(self, cast: Cast) -> None:
        ask(cast)

        with rows.seeing(practice=cast.siri.practice):
            assert queries.of_patient(cast.kari, cast.kari.patient) == []
            assert queries.follow_ups(cast.kari) == []
            assert queries.follow_up_count(cast.kari).answer() == 0


class TestNextInLane:
    def test_the_one_below_the_one_passed_by(self, cast: Cast) -> None:
        first, second, third = ask(cast), ask(cast, "per"), ask(cast, "anne")

        assert next_after(cast.siri, None) == first.id
        assert next_after(cast.siri, first) == second.id
        assert next_after(cast.siri, second) == third.id
        assert next_after(cast.siri, third) is None

    def test_the_first_when_the_one_before_has_been_handled(self, cast: Cast) -> None:
        first, second = ask(cast), ask(cast, "per")
        actions.reply(by=cast.siri, conversation_id=second.id, text="Ja.")

        assert next_after(cast.siri, second) == first.id

    def test_only_in_ones_own_when_one_works_with_ones_own(self, cast: Cast) -> None:
        first, second, mine = ask(cast), ask(cast, "per"), ask(cast, "anne")
        actions.assign(by=cast.nina, conversation_id=mine.id, to_account=cast.siri.account_uuid)

        assert next_after(cast.siri, first, whose=Whose.MINE) == mine.id
        assert next_after(cast.siri, second, whose=Whose.NOBODY) is None


class TestHandsFor:
    def test_everybody_can_be_handed_a_question(self, cast: Cast) -> None:
        with rows.seeing(practice=cast.siri.practice):
            able = queries.hands_for(cast.siri, Kind.ENQUIRY)

        assert {one.name for one in able.colleagues} == {"Ingrid Lund", "Nina Vik", "Siri Dahl"}
        assert set(able.roles) == {Role.PRACTITIONER, Role.NURSE, Role.STAFF}

    def test_an_e_consultation_only_those_the_office_has_let_see_it(self, cast: Cast) -> None:
        people.delegate(by=cast.lund, role=Role.NURSE, duty=Duty.SEE_ECONSULTATIONS, on=True)

        with rows.seeing(practice=cast.siri.practice):
            able = queries.hands_for(cast.lund, Kind.ECONSULTATION)

        assert {one.name for one in able.colleagues} == {"Ingrid Lund", "Nina Vik"}
        assert set(able.roles) == {Role.PRACTITIONER, Role.NURSE}


class TestMatters:
    def test_what_the_office_has_done_since_is_unread(self, cast: Cast) -> None:
        read, unread = ask(cast), ask(cast)
        for one in (read, unread):
            actions.reply(by=cast.siri, conversation_id=one.id, text="Ja.")
        actions.read(by=cast.kari, conversation_id=read.id)

        with rows.seeing(patient=cast.kari.patient):
            found = queries.my_matters(cast.kari, unread_only=True)

        assert [one.id for one in found] == [unread.id]

    def test_what_is_over_is_not_among_the_open_ones(self, cast: Cast) -> None:
        still, over = ask(cast), ask(cast)
        actions.withdraw(by=cast.kari, conversation_id=over.id)

        with rows.seeing(patient=cast.kari.patient):
            found = queries.my_matters(cast.kari, open_only=True)

        assert [one.id for one in found] == [still.id]

    def test_the_office_has_none_of_its_own(self, cast: Cast) -> None:
        ask(cast)

        with rows.seeing(practice=cast.siri.practice):
            assert queries.my_matters(cast.siri) == []

    def test_kinds_are_told_of_what_one_may_see(self, cast: Cast) -> None:
        mine, theirs = ask(cast), ask(cast, "per")

        with rows.seeing(patient=cast.kari.patient):
            assert queries.kinds_of(cast.kari, [mine.id, theirs.id]) == {mine.id: Kind.ENQUIRY}


class TestOthersReading:
    def test_a_colleague_who_looked_lately_is_named_and_nobody_else(self, cast: Cast) -> None:
        conversation = ask(cast)
        for who in (cast.lund, cast.siri, cast.kari):
            actions.read(by=who, conversation_id=conversation.id)

        with rows.seeing(practice=cast.siri.practice):
            names = [
                name for name, _at in queries.thread(cast.siri, conversation.id).others_reading
            ]

        assert names == ["Ingrid Lund"]

    def test_a_look_long_ago_is_not_now(self, cast: Cast) -> None:
        conversation = ask(cast)
        actions.read(by=cast.lund, conversation_id=conversation.id)

        with rows.seeing(practice=cast.siri.practice):
            conversation.read_marks.update(read_at=timezone.now() - timedelta(minutes=11))
            assert queries.thread(cast.siri, conversation.id).others_reading == ()


def test_the_words_to_carry_are_the_patients_own_and_not_taken_back(cast: Cast) -> None:
    conversation = ask(cast)
    actions.reply(by=cast.siri, conversation_id=conversation.id, text="Ja.")
    actions.reply(by=cast.kari, conversation_id=conversation.id, text="Takk.")
    gone = actions.reply(by=cast.kari, conversation_id=conversation.id, text="Glem det.")
    actions.recall(by=cast.kari, conversation_id=conversation.id, message_id=gone.id)

    with rows.seeing(patient=cast.kari.patient):
        words, files = queries.text_to_carry(cast.kari, conversation.id)

    assert (words, files) == ("Hei\n\nTakk.", ())
