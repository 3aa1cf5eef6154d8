"""Concluding: the card, the charge, a follow-up with an owner, and the journal."""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.utils import timezone

from dialog import rows
from dialog.actor import Duty, Role
from dialog.conversations import queries as core
from dialog.conversations import tariff
from dialog.conversations.models import Conversation
from dialog.conversations.policy import FollowUpReason, Outcome, Status, Topic
from dialog.demo.cast import Cast, find
from dialog.econsultations import actions
from dialog.econsultations.actions import FollowUp
from dialog.econsultations.policy import CARD_FIELDS, LONGEST_CARD_FIELD, EConsultationStatus
from dialog.errors import InvalidInput, NotAllowed, NotFound, WrongState
from dialog.people import actions as people
from dialog.people import queries as registers
from dialog.working_days import first_working_day, local, oslo_day
from tests.econsultations.asked import CARD, asked, seen


def uuid_of(account: UUID | None) -> UUID:
    assert account is not None
    return account


def next_working_day_at(hour: int) -> datetime:
    return local(first_working_day(registers.today() + timedelta(days=1)), time(hour))


class TestComplete:
    def test_the_patient_gets_the_four_fields(self, cast: Cast) -> None:
        conversation = asked(cast.kari)

        actions.complete(by=cast.lund, conversation_id=conversation.id, card=CARD)

        view = seen(cast.kari, conversation)
        assert view.status is EConsultationStatus.COMPLETED
        assert view.ended_by == "Ingrid Lund"
        assert view.card is not None
        assert dict(view.card.fields) == {kind: getattr(CARD, kind) for kind in CARD_FIELDS}

    def test_a_last_answer_goes_with_it(self, cast: Cast) -> None:
        conversation = asked(cast.kari)

        actions.complete(
            by=cast.lund, conversation_id=conversation.id, card=CARD, text="God bedring!"
        )

        with rows.seeing(patient=cast.kari.patient_id):
            thread = core.thread(cast.kari, conversation.id)
        assert thread.outcome is Outcome.ANSWERED
        assert thread.messages[-1].text == "God bedring!"

    @pytest.mark.parametrize("field", CARD_FIELDS)
    @pytest.mark.parametrize("words", ["  ", "x" * (LONGEST_CARD_FIELD + 1)])
    def test_each_field_is_needed_and_short(self, cast: Cast, field: str, words: str) -> None:
        conversation = asked(cast.kari)
        card = actions.CardText(
            **{kind: words if kind == field else getattr(CARD, kind) for kind in CARD_FIELDS}
        )

        with pytest.raises(InvalidInput) as refused:
            actions.complete(by=cast.lund, conversation_id=conversation.id, card=card)

        assert refused.value.field == field
        assert seen(cast.kari, conversation).status is EConsultationStatus.REQUESTED

    def test_a_nurse_it_was_handed_to_cannot_conclude(self, cast: Cast) -> None:
        for duty in (Duty.SEE_ECONSULTATIONS, Duty.ANSWER_ECONSULTATIONS):
            people.delegate(by=cast.lund, role=Role.NURSE, duty=duty, on=True)
        cast = find()
        conversation = asked(cast.kari)

        with pytest.raises(NotAllowed):
            actions.complete(by=cast.nina, conversation_id=conversation.id, card=CARD)


class TestCharge:
    def test_by_day_the_patient_pays_the_days_price(self, cast: Cast) -> None:
        conversation = asked(cast.kari)

        with time_machine.travel(next_working_day_at(10), tick=False):
            actions.complete(by=cast.lund, conversation_id=conversation.id, card=CARD)
            day = tariff.price(registers.today(), specialist=True, evening=False)

        view = seen(cast.kari, conversation)
        assert (view.charge, view.charge_code) == (day.amount, "2ae")
        assert view.accepted_price is not None
        assert day.amount < view.accepted_price

    def test_in_the_evening_never_more_than_was_said_yes_to(self, cast: Cast) -> None:
        conversation = asked(cast.kari)

        with time_machine.travel(next_working_day_at(16), tick=False):
            actions.complete(by=cast.lund, conversation_id=conversation.id, card=CARD)

        view = seen(cast.kari, conversation)
        assert (view.charge, view.charge_code) == (view.accepted_price, "2aek")

    def test_a_price_that_rose_meanwhile_is_not_passed_on(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        conversation = asked(cast.kari)
        dear = tariff.Price(9999, "2ae", registers.today(), True)
        monkeypatch.setattr(tariff, "price", lambda *_, **__: dear)

        actions.complete(by=cast.lund, conversation_id=conversation.id, card=CARD)

        view = seen(cast.kari, conversation)
        assert view.charge == view.accepted_price

    def test_a_ceiling_card_that_came_meanwhile_makes_it_free(self, cast: Cast) -> None:
        conversation = asked(cast.kari)
        people.set_ceiling_card(
            by=cast.lund,
            patient_id=cast.kari.patient,
            until=registers.today() + timedelta(days=30),
        )

        actions.complete(by=cast.lund, conversation_id=conversation.id, card=CARD)

        view = seen(cast.kari, conversation)
        assert (view.charge, view.charge_code) == (0, "ceiling-card")

    def test_a_child_pays_nothing(self, cast: Cast) -> None:
        conversation = asked(cast.kari_for_ola)

        actions.complete(by=cast.lund, conversation_id=conversation.id, card=CARD)

        assert seen(cast.kari_for_ola, conversation).charge == 0

    def test_the_doctor_may_let_it_be_free(self, cast: Cast) -> None:
        conversation = asked(cast.kari)

        actions.complete(by=cast.lund, conversation_id=conversation.id, card=CARD, waived=True)

        view = seen(cast.kari, conversation)
        assert (view.charge, view.charge_code) == (0, "")


class TestFollowUp:
    def test_it_becomes_an_item_with_an_owner(self, cast: Cast) -> None:
        conversation = asked(cast.kari)
        on = first_working_day(registers.today() + timedelta(days=14))

        actions.complete(
            by=cast.lund,
            conversation_id=conversation.id,
            card=CARD,
            follow_up=FollowUp(on=on, owner=uuid_of(cast.lund.account_uuid)),
        )

        with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
            (item,) = core.follow_ups(cast.lund)
        assert item.reason == FollowUpReason.AGREED
        assert item.owner_name == "Ingrid Lund"
        assert oslo_day(item.due_at) == on
        card = seen(cast.kari, conversation).card
        assert card is not None
        assert (card.follow_up_on, card.follow_up_owner) == (on, "Ingrid Lund")

    def test_it_cannot_lie_in_the_past(self, cast: Cast) -> None:
        conversation = asked(cast.kari)
        yesterday = registers.today() - timedelta(days=1)

        with pytest.raises(InvalidInput) as refused:
            actions.complete(
                by=cast.lund,
                conversation_id=conversation.id,
                card=CARD,
                follow_up=FollowUp(on=yesterday, owner=uuid_of(cast.lund.account_uuid)),
            )

        assert refused.value.field == "follow_up_on"

    @pytest.mark.parametrize(
        ("on", "instead"),
        [
            (date(2027, 2, 6), "fredag 5.\u00a0februar"),
            (date(2027, 2, 7), "mandag 8.\u00a0februar"),
            (date(2027, 3, 25), "onsdag 24.\u00a0mars"),
            (date(2027, 2, 10), "tirsdag 9.\u00a0februar"),
        ],
    )
    def test_it_is_on_a_day_the_office_works(self, cast: Cast, on: date, instead: str) -> None:
        conversation = asked(cast.kari)
        follow_up = FollowUp(on=on, owner=uuid_of(cast.lund.account_uuid))

        with time_machine.travel(local(date(2027, 2, 1), time(10)), tick=False):
            own_day = date(2027, 2, 10)
            people.close_days(by=cast.lund, first=own_day, last=own_day)
            with pytest.raises(InvalidInput) as refused:
                actions.complete(
                    by=cast.lund, conversation_id=conversation.id, card=CARD, follow_up=follow_up
                )

        assert refused.value.field == "follow_up_on"
        assert instead in str(refused.value.sentence)
        assert seen(cast.kari, conversation).status is EConsultationStatus.REQUESTED

    def test_on_a_saturday_the_day_that_was_is_not_offered(self, cast: Cast) -> None:
        conversation = asked(cast.kari)
        saturday = date(2027, 2, 6)
        follow_up = FollowUp(on=saturday, owner=uuid_of(cast.lund.account_uuid))

        with (
            time_machine.travel(local(saturday, time(10)), tick=False),
            pytest.raises(InvalidInput) as refused,
        ):
            actions.complete(
                by=cast.lund, conversation_id=conversation.id, card=CARD, follow_up=follow_up
            )

        assert "mandag 8.\u00a0februar" in str(refused.value.sentence)

    @pytest.mark.parametrize("who", ["siri", "nina", "berg"])
    def test_nobody_gets_one_they_could_not_see(self, cast: Cast, who: str) -> None:
        conversation = asked(cast.kari)
        owner = uuid_of(getattr(cast, who).account_uuid)

        with pytest.raises(InvalidInput) as refused:
            actions.complete(
                by=cast.lund,
                conversation_id=conversation.id,
                card=CARD,
                follow_up=FollowUp(on=first_working_day(registers.today()), owner=owner),
            )

        assert refused.value.field == "owner"

    def test_nobody_at_all_is_not_an_owner(self, cast: Cast) -> None:
        conversation = asked(cast.kari)

        with pytest.raises(InvalidInput):
            actions.complete(
                by=cast.lund,
                conversation_id=conversation.id,
                card=CARD,
                follow_up=FollowUp(on=first_working_day(registers.today()), owner=uuid4()),
            )


class TestPutAway:
    def test_what_the_practice_began_ends_without_card_or_charge(self, cast: Cast) -> None:
        conversation = actions.write_to_patient(
            by=cast.lund,
            patient_id=cast.kari.patient,
            text="Prøvene dine er fine.",
            topic=Topic.TEST_RESULT,
        )

        actions.put_away(by=cast.lund, conversation_id=conversation.id)

        view = seen(cast.kari, conversation)
        assert (view.status, view.charge, view.card) == (EConsultationStatus.COMPLETED, 0, None)

    def test_what_a_patient_asked_is_concluded_with_a_card(self, cast: Cast) -> None:
        conversation = asked(cast.kari)

        with pytest.raises(WrongState):
            actions.put_away(by=cast.lund, conversation_id=conversation.id)

    @pytest.mark.parametrize("who", ["siri", "nina", "berg", "per"])
    def test_a_stranger_does_not_find_it(self, cast: Cast, who: str) -> None:
        conversation = asked(cast.kari)

        with pytest.raises(NotFound):
            actions.put_away(by=getattr(cast, who), conversation_id=conversation.id)


class TestEndedByThePlatform:
    def test_a_conversation_that_ended_without_us_has_no_charge(self, cast: Cast) -> None:
        conversation = asked(cast.kari)
        with rows.seeing(patient=cast.kari.patient_id):
            Conversation.objects.filter(id=conversation.id).update(
                status=Status.CLOSED, outcome=Outcome.EXPIRED, closed_at=timezone.now()
            )

        view = seen(cast.kari, conversation)

        assert (view.status, view.charge) == (EConsultationStatus.COMPLETED, 0)
        assert view.steps == frozenset()
        with pytest.raises(WrongState):
            actions.begin(by=cast.lund, conversation_id=conversation.id)
