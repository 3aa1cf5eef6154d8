"""Preparing and deciding: who makes ready, who signs, and what the patient sees."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.utils import timezone

from dialog import rows
from dialog.actor import Duty, Role
from dialog.conversations import actions as conversations
from dialog.conversations import queries as conversation_queries
from dialog.conversations.policy import Kind, Outcome, Status
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotAllowed, NotFound, WrongState
from dialog.ledger import queries as ledger
from dialog.people import actions as people
from dialog.people import queries as people_queries
from dialog.renewals import actions
from dialog.renewals.actions import Decision
from dialog.renewals.policy import Hint, ItemStatus, ItemVerb, Reason

from .prescribed import ask, lines, offers, prescribe


@pytest.fixture
def request_id(cast: Cast) -> UUID:
    """Anne asks for two."""
    return ask(
        cast.anne,
        prescribe(cast, cast.anne, "Metoprolol"),
        prescribe(cast, cast.anne, "Atorvastatin"),
    )


def ids(cast: Cast, request_id: UUID) -> list[UUID]:
    return [one.id for one in lines(cast.lund, request_id)]


def decide(cast: Cast, request_id: UUID, *decisions: Decision) -> None:
    actions.decide(by=cast.lund, conversation_id=request_id, decisions=decisions)


def statuses(cast: Cast, request_id: UUID) -> Sequence[ItemStatus]:
    return [one.status for one in lines(cast.anne, request_id)]


def thread(cast: Cast, request_id: UUID) -> conversation_queries.Thread:
    with rows.seeing(patient=cast.anne.patient):
        return conversation_queries.thread(cast.anne, request_id)


RENEW = ItemVerb.RENEW


class TestPrepare:
    def test_who_the_office_has_chosen_makes_ready(self, cast: Cast, request_id: UUID) -> None:
        people.delegate(by=cast.lund, role=Role.NURSE, duty=Duty.PREPARE_RENEWALS, on=True)
        with rows.seeing(account=cast.nina.account):
            nina = people_queries.practice_actor(cast.nina.account)
        assert nina is not None

        actions.prepare(by=nina, conversation_id=request_id, item_ids=ids(cast, request_id)[:1])

        first, second = lines(cast.lund, request_id)
        assert (first.status, second.status) == (ItemStatus.PREPARED, ItemStatus.REQUESTED)
        assert (first.prepared_by, second.prepared_by) == ("Nina Vik", "")

    @pytest.mark.parametrize("who", ["siri", "nina", "anne"])
    def test_who_has_not_been_chosen_may_not(self, cast: Cast, request_id: UUID, who: str) -> None:
        with pytest.raises(NotAllowed):
            actions.prepare(
                by=getattr(cast, who), conversation_id=request_id, item_ids=ids(cast, request_id)
            )

    def test_twice_is_once_too_many(self, cast: Cast, request_id: UUID) -> None:
        items = ids(cast, request_id)
        actions.prepare(by=cast.lund, conversation_id=request_id, item_ids=items)

        with pytest.raises(WrongState):
            actions.prepare(by=cast.lund, conversation_id=request_id, item_ids=items)

    def test_a_stranger_does_not_find_it(self, cast: Cast, request_id: UUID) -> None:
        with pytest.raises(NotFound):
            actions.prepare(
                by=cast.berg, conversation_id=request_id, item_ids=ids(cast, request_id)
            )

    def test_no_line_is_a_question_not_an_act(self, cast: Cast, request_id: UUID) -> None:
        with pytest.raises(InvalidInput):
            actions.prepare(by=cast.lund, conversation_id=request_id, item_ids=[])


class TestDecide:
    def test_some_of_many_leaves_the_rest_and_the_patient_sees_which(
        self, cast: Cast, request_id: UUID
    ) -> None:
        first, _ = ids(cast, request_id)
        before = thread(cast, request_id)

        with time_machine.travel(timezone.now() + timedelta(minutes=5)):
            decide(cast, request_id, Decision(item_id=first, verb=RENEW))

        after = thread(cast, request_id)
        assert statuses(cast, request_id) == [ItemStatus.RENEWED, ItemStatus.REQUESTED]
        assert after.status is Status.WITH_PRACTICE
        assert after.changed_at > before.changed_at
        assert after.version == before.version + 1

    def test_the_last_one_closes_the_request(self, cast: Cast, request_id: UUID) -> None:
        first, second = ids(cast, request_id)

        decide(cast, request_id, Decision(item_id=first, verb=RENEW))
        decide(
            cast,
            request_id,
            Decision(item_id=second, verb=ItemVerb.CALL_IN, reason=Reason.TESTS_DUE),
        )

        after = thread(cast, request_id)
        assert (after.status, after.outcome) == (Status.CLOSED, Outcome.ANSWERED)
        assert statuses(cast, request_id) == [
            ItemStatus.RENEWED,
            ItemStatus.CONSULTATION_NEEDED,
        ]

    def test_nobody_ends_it_while_a_line_waits(self, cast: Cast, request_id: UUID) -> None:
        decide(cast, request_id, Decision(item_id=ids(cast, request_id)[0], verb=RENEW))

        for end in (
            lambda: conversations.close(by=cast.lund, conversation_id=request_id),
            lambda: conversations.redirect(
                by=cast.lund, conversation_id=request_id, to=Kind.APPOINTMENT
            ),
        ):
            with pytest.raises(WrongState) as refusal:
                end()
            assert "når det den gjelder, er avgjort" in str(refusal.value.sentence)
        assert thread(cast, request_id).status is Status.WITH_PRACTICE

    def test_all_at_once_is_one_act(self, cast: Cast, request_id: UUID) -> None:
        decide(
            cast, request_id, *(Decision(item_id=one, verb=RENEW) for one in ids(cast, request_id))
        )

        assert thread(cast, request_id).status is Status.CLOSED
        with rows.seeing(patient=cast.anne.patient):
            log = [one for one in ledger.access_log(cast.anne) if one.kind == "RenewalDecided"]
        assert [one.details["last"] for one in log] == [True, False]

    def test_the_patient_is_told_why_not_and_in_the_doctors_words(
        self, cast: Cast, request_id: UUID
    ) -> None:
        first, _ = ids(cast, request_id)

        decide(
            cast,
            request_id,
            Decision(
                item_id=first,
                verb=ItemVerb.DECLINE,
                reason=Reason.OTHER,
                explanation=" Vi har avtalt at du slutter. ",
            ),
        )

        told = lines(cast.anne, request_id)[0]
        assert (told.reason, told.explanation) == (Reason.OTHER, "Vi har avtalt at du slutter.")

    def test_what_is_renewed_says_so_on_the_patients_list(
        self, cast: Cast, request_id: UUID
    ) -> None:
        first, _ = ids(cast, request_id)
        decide(cast, request_id, Decision(item_id=first, verb=RENEW))

        by_name = {one.medicine.name: one for one in offers(cast.anne)}

        assert by_name["Metoprolol"].hint is Hint.JUST_RENEWED
        assert by_name["Metoprolol"].asked_in is None
        assert by_name["Atorvastatin"].asked_in == request_id

    @pytest.mark.parametrize(
        ("verb", "reason", "explanation", "field"),
        [
            (ItemVerb.DECLINE, Reason.NONE, "", "reason"),
            (ItemVerb.DECLINE, Reason.TESTS_DUE, "", "reason"),
            (ItemVerb.CALL_IN, Reason.NONE, "", "reason"),
            (ItemVerb.CALL_IN, Reason.STOPPED, "", "reason"),
            (ItemVerb.RENEW, Reason.STOPPED, "", "reason"),
            (ItemVerb.DECLINE, Reason.OTHER, "  ", "explanation"),
            (ItemVerb.DECLINE, Reason.STOPPED, "x" * 501, "explanation"),
            (ItemVerb.PREPARE, Reason.NONE, "", "reason"),
        ],
    )
    def test_a_no_needs_a_reason_that_fits(
        self,
        cast: Cast,
        request_id: UUID,
        verb: ItemVerb,
        reason: Reason,
        explanation: str,
        field: str,
    ) -> None:
        first, _ = ids(cast, request_id)

        with pytest.raises(InvalidInput) as refusal:
            decide(
                cast,
                request_id,
                Decision(item_id=first, verb=verb, reason=reason, explanation=explanation),
            )

        assert refusal.value.field == field
        assert statuses(cast, request_id)[0] is ItemStatus.REQUESTED

    def test_one_wrong_line_undoes_the_right_one(self, cast: Cast, request_id: UUID) -> None:
        first, second = ids(cast, request_id)
        decide(cast, request_id, Decision(item_id=first, verb=RENEW))

        with pytest.raises(WrongState):
            decide(
                cast,
                request_id,
                Decision(item_id=second, verb=RENEW),
                Decision(item_id=first, verb=RENEW),
            )

        assert statuses(cast, request_id)[1] is ItemStatus.REQUESTED

    def test_a_closed_request_is_not_decided_again(self, cast: Cast, request_id: UUID) -> None:
        items = ids(cast, request_id)
        decide(cast, request_id, *(Decision(item_id=one, verb=RENEW) for one in items))

        with pytest.raises(WrongState):
            decide(cast, request_id, Decision(item_id=items[0], verb=RENEW))

    def test_anothers_line_is_not_found_in_this_request(self, cast: Cast, request_id: UUID) -> None:
        other = ask(cast.per, earlier="Albyl-E")
        (item,) = ids(cast, other)

        with pytest.raises(NotFound):
            decide(cast, request_id, Decision(item_id=item, verb=RENEW))

    @pytest.mark.parametrize(
        ("who", "refusal"),
        [("siri", NotAllowed), ("nina", NotAllowed), ("anne", NotAllowed), ("berg", NotFound)],
    )
    def test_only_a_doctor_of_this_office_signs(
        self, cast: Cast, request_id: UUID, who: str, refusal: type[Exception]
    ) -> None:
        first, _ = ids(cast, request_id)

        with pytest.raises(refusal):
            actions.decide(
                by=getattr(cast, who),
                conversation_id=request_id,
                decisions=[Decision(item_id=first, verb=RENEW)],
            )
