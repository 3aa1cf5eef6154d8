"""Asking with consent to the price, taking back, and the practice writing first."""

from datetime import date, timedelta

import pytest

from dialog import rows
from dialog.conversations import actions as conversations
from dialog.conversations import queries as core
from dialog.conversations.policy import Feature, Kind, Status, Topic
from dialog.demo.cast import Cast
from dialog.econsultations import actions
from dialog.econsultations.models import EConsultation
from dialog.econsultations.policy import EConsultationStatus, Reply
from dialog.errors import InvalidInput, NotAllowed, NotFound, ServiceOff, WrongState
from dialog.ledger import queries as ledger
from dialog.people import actions as people
from dialog.people import queries as registers
from tests.econsultations.asked import CARD, WORDS, asked, price_for, seen


class TestRequestEconsultation:
    def test_the_doctor_gets_the_words_and_the_consent_is_kept(self, cast: Cast) -> None:
        conversation = asked(cast.kari)

        view = seen(cast.kari, conversation)
        assert conversation.kind == Kind.ECONSULTATION
        assert conversation.status == Status.WITH_PRACTICE
        assert view.status is EConsultationStatus.REQUESTED
        assert view.accepted_price == price_for(cast.kari) > 0
        assert view.price_code == "2aek"
        assert view.accepted_at == conversation.started_at
        assert view.charge is None

    def test_who_said_yes_and_to_what_is_on_the_record(self, cast: Cast) -> None:
        conversation = asked(cast.kari)

        with rows.seeing(patient=cast.kari.patient_id):
            kinds = [line.kind for line in ledger.access_log(cast.kari)]
            row = EConsultation.objects.get(conversation_id=conversation.id)
        assert "EConsultationRequested" in kinds
        assert row.accepted_by_id == cast.kari.account_id
        assert row.price_shown_at == row.accepted_at

    def test_a_child_pays_nothing_and_the_parent_said_yes(self, cast: Cast) -> None:
        conversation = asked(cast.kari_for_ola)

        view = seen(cast.kari_for_ola, conversation)
        assert view.accepted_price == 0
        assert view.price_code == "under-age"

    def test_a_registered_ceiling_card_makes_it_free(self, cast: Cast) -> None:
        tomorrow = registers.today() + timedelta(days=1)
        people.set_ceiling_card(by=cast.lund, patient_id=cast.kari.patient, until=tomorrow)

        conversation = asked(cast.kari)

        assert seen(cast.kari, conversation).accepted_price == 0
        assert seen(cast.kari, conversation).price_code == "ceiling-card"

    def test_a_ceiling_card_that_has_run_out_does_not(self, cast: Cast) -> None:
        people.set_ceiling_card(
            by=cast.lund, patient_id=cast.kari.patient, until=date(2020, 12, 31)
        )

        assert price_for(cast.kari) > 0

    def test_a_specialist_costs_more_than_an_ordinary_doctor(self, cast: Cast) -> None:
        assert price_for(cast.kari) > price_for(cast.bjarne) > 0

    @pytest.mark.parametrize("off_by", [-1, 1])
    def test_a_price_that_is_not_todays_is_shown_anew(self, cast: Cast, off_by: int) -> None:
        with pytest.raises(WrongState):
            actions.request_econsultation(
                by=cast.kari,
                text=WORDS,
                topic=Topic.KNOWN_PROBLEM,
                accepted_price=price_for(cast.kari) + off_by,
            )

        with rows.seeing(patient=cast.kari.patient_id):
            assert core.my_matters(cast.kari) == []

    @pytest.mark.parametrize(
        ("text", "topic", "field"),
        [("  ", Topic.KNOWN_PROBLEM, "text"), (WORDS, Topic.INVOICE, "topic")],
    )
    def test_what_is_missing_is_said_at_its_field(
        self, cast: Cast, text: str, topic: Topic, field: str
    ) -> None:
        with pytest.raises(InvalidInput) as refused:
            actions.request_econsultation(
                by=cast.kari, text=text, topic=topic, accepted_price=price_for(cast.kari)
            )

        assert refused.value.field == field

    def test_five_thousand_characters_is_enough_and_one_more_is_not(self, cast: Cast) -> None:
        asked(cast.kari, "å" * 5000)

        with pytest.raises(InvalidInput):
            asked(cast.kari, "å" * 5001)

    def test_a_service_that_is_off_takes_nothing(self, cast: Cast) -> None:
        list_id = min(cast.lund.list_ids)
        conversations.switch_service(
            by=cast.lund, list_id=list_id, feature=Feature.ECONSULTATION, on=False
        )

        with pytest.raises(ServiceOff):
            asked(cast.kari)

    def test_the_practice_cannot_ask_on_the_patients_behalf(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            actions.request_econsultation(
                by=cast.lund, text=WORDS, topic=Topic.KNOWN_PROBLEM, accepted_price=0
            )

    def test_it_can_go_on_from_ones_own_and_nobody_elses(self, cast: Cast) -> None:
        first, pers = asked(cast.kari), asked(cast.per)

        second = actions.request_econsultation(
            by=cast.kari,
            text="Det er verre nå.",
            topic=Topic.FOLLOW_UP,
            accepted_price=price_for(cast.kari),
            continues_id=first.id,
        )

        assert second.continues_id == first.id
        with pytest.raises(NotFound):
            actions.request_econsultation(
                by=cast.kari,
                text="Det er verre nå.",
                topic=Topic.FOLLOW_UP,
                accepted_price=price_for(cast.kari),
                continues_id=pers.id,
            )


class TestWithdraw:
    def test_until_somebody_has_opened_it_and_for_nothing(self, cast: Cast) -> None:
        conversation = asked(cast.kari)

        actions.withdraw(by=cast.kari, conversation_id=conversation.id)

        view = seen(cast.kari, conversation)
        assert view.status is EConsultationStatus.WITHDRAWN
        assert view.charge == 0
        assert view.ended_by == "Kari Nordmann"

    def test_not_after_it_has_been_opened(self, cast: Cast) -> None:
        conversation = asked(cast.kari)
        conversations.read(by=cast.lund, conversation_id=conversation.id)

        with pytest.raises(WrongState):
            actions.withdraw(by=cast.kari, conversation_id=conversation.id)

        assert seen(cast.kari, conversation).status is EConsultationStatus.REQUESTED

    def test_not_by_the_practice(self, cast: Cast) -> None:
        conversation = asked(cast.kari)

        with pytest.raises(WrongState):
            actions.withdraw(by=cast.lund, conversation_id=conversation.id)

    @pytest.mark.parametrize("who", ["per", "bjarne", "kari_for_ola", "berg", "siri", "nina"])
    def test_a_stranger_does_not_find_it(self, cast: Cast, who: str) -> None:
        conversation = asked(cast.kari)

        with pytest.raises(NotFound):
            actions.withdraw(by=getattr(cast, who), conversation_id=conversation.id)

    def test_it_is_not_taken_back_behind_its_back(self, cast: Cast) -> None:
        conversation = asked(cast.kari)

        with pytest.raises(WrongState):
            conversations.withdraw(by=cast.kari, conversation_id=conversation.id)

        assert seen(cast.kari, conversation).may_withdraw


class TestWriteToPatient:
    @pytest.mark.parametrize(
        ("reply", "status", "may_write"),
        [
            (Reply.FREE, Status.WITH_PATIENT, True),
            (Reply.NONE, Status.RESTING, False),
            (Reply.CHARGED, Status.RESTING, False),
        ],
    )
    def test_the_practice_decides_whether_the_patient_may_answer(
        self, cast: Cast, reply: Reply, status: Status, may_write: bool
    ) -> None:
        conversation = actions.write_to_patient(
            by=cast.lund,
            patient_id=cast.kari.patient,
            text="Prøvene dine er fine.",
            topic=Topic.TEST_RESULT,
            reply=reply,
        )

        thread = conversations.read(by=cast.kari, conversation_id=conversation.id)
        assert thread.status is status
        assert thread.may_write is may_write
        view = seen(cast.kari, conversation)
        assert view.reply_charged is (reply is Reply.CHARGED)
        assert view.begun_by == "Ingrid Lund"

    def test_it_never_costs_anything(self, cast: Cast) -> None:
        conversation = actions.write_to_patient(
            by=cast.lund,
            patient_id=cast.kari.patient,
            text="Prøvene dine er fine.",
            topic=Topic.TEST_RESULT,
        )
        conversations.reply(by=cast.kari, conversation_id=conversation.id, text="Takk!")

        actions.complete(by=cast.lund, conversation_id=conversation.id, card=CARD)

        view = seen(cast.kari, conversation)
        assert (view.accepted_price, view.charge) == (None, 0)

    def test_an_important_one_is_reminded_of(self, cast: Cast) -> None:
        conversation = actions.write_to_patient(
            by=cast.lund,
            patient_id=cast.kari.patient,
            text="Ring meg.",
            topic=Topic.QUESTION,
            important=True,
            remind_after=2,
        )

        assert conversation.important
        assert conversation.remind_at is not None

    def test_a_topic_of_the_office_only(self, cast: Cast) -> None:
        with pytest.raises(InvalidInput):
            actions.write_to_patient(
                by=cast.lund, patient_id=cast.kari.patient, text="Hei", topic=Topic.SICK_NOTE
            )

    @pytest.mark.parametrize("who", ["siri", "nina", "kari"])
    def test_only_those_who_answer_may_write(self, cast: Cast, who: str) -> None:
        with pytest.raises(NotAllowed):
            actions.write_to_patient(
                by=getattr(cast, who),
                patient_id=cast.kari.patient,
                text="Prøvene dine er fine.",
                topic=Topic.TEST_RESULT,
            )

    def test_a_doctor_elsewhere_does_not_find_the_patient(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            actions.write_to_patient(
                by=cast.berg,
                patient_id=cast.kari.patient,
                text="Prøvene dine er fine.",
                topic=Topic.TEST_RESULT,
            )


class TestChargeAccepted:
    def test_nobody_is_charged_for_what_they_did_not_say_yes_to(self, cast: Cast) -> None:
        conversation = conversations.start(
            by=cast.kari, kind=Kind.ECONSULTATION, patient_id=cast.kari.patient, text=WORDS
        )

        view = seen(cast.kari, conversation)

        assert view.accepted_price is None
        assert view.charge is None
        actions.complete(by=cast.lund, conversation_id=conversation.id, card=CARD)
        assert seen(cast.kari, conversation).charge == 0
