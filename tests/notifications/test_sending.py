"""From a fact in the ledger to an SMS on somebody's phone, and who is told."""

from datetime import timedelta

import pytest

from dialog import rows
from dialog.actor import PLATFORM
from dialog.adapters.memory import MemorySms
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Outcome
from dialog.demo.cast import Cast
from dialog.notifications.policy import AttemptState, News
from dialog.notifications.policy import Reason as WhyNot
from dialog.people import actions as people
from dialog.people.models import Proxy
from dialog.people.policy import Language, NotificationKind, ProxyKind
from tests.notifications.told import (
    KARI,
    PER,
    Clock,
    Pay,
    a_minute_later,
    answered,
    asked,
    attempts,
)
from tests.oversight.searched import asked_about, looked
from tests.people.register_in_memory import Register


@pytest.fixture(autouse=True)
def midday(clock: Clock) -> None:
    """Every test begins at noon."""


class TestTheSms:
    def test_an_answer_reaches_the_patients_phone_and_says_nothing_of_it(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        conversation_id = answered(clock, cast, cast.kari, text="Blodtrykket er fint.")

        a_minute_later(clock, relay_pays)

        assert phones.phones == [
            (
                KARI,
                "Du har fått en melding fra legekontoret. "
                "Logg inn i Digital dialog for å lese den.",
            )
        ]
        told = attempts(cast.siri, conversation_id)
        assert [(one.news, one.state) for one in told] == [(News.MESSAGE, AttemptState.SENT)]

    def test_an_answer_about_a_look_is_told_as_any_other(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        looked(cast.siri, cast.kari)
        question = asked_about(cast.kari)
        clock.shift(timedelta(seconds=1))
        conversations.reply(by=cast.lund, conversation_id=question.id, text="Siri svarte deg.")

        a_minute_later(clock, relay_pays)

        assert [phone for phone, _words in phones.phones] == [KARI]

    def test_what_the_patient_writes_is_told_to_nobody(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        asked(clock, cast.kari)

        a_minute_later(clock, relay_pays)

        assert phones.phones == []

    def test_three_answers_in_a_row_are_one_sms(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        conversation_id = answered(clock, cast, cast.kari)
        for text in ("Og til fire.", "Ikke i jula."):
            conversations.reply(by=cast.siri, conversation_id=conversation_id, text=text)

        a_minute_later(clock, relay_pays)

        assert len(phones.phones) == 1
        told = attempts(cast.siri, conversation_id)
        assert sorted(one.reason for one in told) == [WhyNot.NONE, WhyNot.MERGED, WhyNot.MERGED]

    def test_what_has_been_read_already_is_not_told(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        conversation_id = answered(clock, cast, cast.kari)
        relay_pays()
        conversations.read(by=cast.kari, conversation_id=conversation_id)

        a_minute_later(clock, relay_pays)

        assert phones.phones == []
        assert attempts(cast.siri, conversation_id)[0].reason is WhyNot.ALREADY_READ

    def test_at_night_it_waits_for_the_morning_and_holds_up_nothing(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        clock.shift(timedelta(hours=10))
        answered(clock, cast, cast.kari)
        a_minute_later(clock, relay_pays)
        assert phones.phones == []

        clock.shift(timedelta(hours=8, minutes=59))
        relay_pays()

        assert [one.to for one in phones.phones] == [KARI]

    def test_a_decline_is_told_also_without_words(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        conversation = asked(clock, cast.per)
        conversations.close(by=cast.siri, conversation_id=conversation.id, outcome=Outcome.DECLINED)

        a_minute_later(clock, relay_pays)

        assert [one.to for one in phones.phones] == [PER]
        assert "svart deg" in phones.phones[0].text

    @pytest.mark.parametrize(
        "language", [language for language in Language if language is not Language.NB]
    )
    def test_it_is_in_the_readers_language(
        self,
        cast: Cast,
        clock: Clock,
        phones: MemorySms,
        relay_pays: Pay,
        language: Language,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        spoken: list[str] = []
        monkeypatch.setattr(
            "dialog.notifications.texts.sentence",
            lambda news, *, language, **_: spoken.append(language) or "Hei",
        )
        people.choose_language(by=cast.kari, language=language)
        answered(clock, cast, cast.kari)

        a_minute_later(clock, relay_pays)

        assert spoken == [language]


class TestWhoIsTold:
    def test_who_has_said_no_is_not_told_and_the_office_can_see_why(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        people.choose_notification(by=cast.kari, kind=NotificationKind.MESSAGE, wanted=False)
        conversation_id = answered(clock, cast, cast.kari)

        a_minute_later(clock, relay_pays)

        assert phones.phones == []
        (told,) = attempts(cast.siri, conversation_id)
        assert (told.state, told.reason) == (AttemptState.SUPPRESSED, WhyNot.CHOICE)

    def test_saying_no_to_one_kind_is_not_saying_no_to_another(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        people.choose_notification(by=cast.kari, kind=NotificationKind.RENEWAL, wanted=False)
        answered(clock, cast, cast.kari)

        a_minute_later(clock, relay_pays)

        assert len(phones.phones) == 1

    @pytest.mark.parametrize("phone", ["", "22 33 44 55"])
    def test_without_a_mobile_the_office_can_see_it(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay, phone: str
    ) -> None:
        people.change_contact_details(by=cast.kari, phone=phone, email="")
        conversation_id = answered(clock, cast, cast.kari)

        a_minute_later(clock, relay_pays)

        assert phones.phones == []
        assert attempts(cast.siri, conversation_id)[0].reason is WhyNot.NO_PHONE

    def test_news_about_a_child_goes_to_the_parent_without_the_childs_name(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        conversation_id = answered(clock, cast, cast.kari_for_ola)

        a_minute_later(clock, relay_pays)

        (sms,) = phones.phones
        assert sms.to == KARI
        assert "en du representerer" in sms.text
        assert "Ola" not in sms.text
        assert attempts(cast.siri, conversation_id)[0].to_another

    def test_what_is_hidden_while_the_sms_waits_is_not_told(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        conversation_id = answered(clock, cast, cast.kari_for_ola)
        relay_pays()
        conversations.keep_from_parents(by=cast.lund, conversation_id=conversation_id, kept=True)

        a_minute_later(clock, relay_pays)

        assert phones.phones == []
        assert attempts(cast.siri, conversation_id)[0].reason is WhyNot.NOT_SO

    def test_nor_is_anything_told_to_who_may_no_longer_act(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        answered(clock, cast, cast.kari_for_ola)
        relay_pays()
        with rows.seeing(patient=cast.kari_for_ola.patient):
            Proxy.objects.update(stopped="not-responsible")

        a_minute_later(clock, relay_pays)

        assert phones.phones == []

    def test_the_register_is_asked_before_a_parent_is_told(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay, register: Register
    ) -> None:
        register.change("ola", protected=True)
        conversation_id = answered(clock, cast, cast.kari_for_ola)

        a_minute_later(clock, relay_pays)

        assert phones.phones == []
        assert attempts(cast.siri, conversation_id)[0].reason is WhyNot.NOT_SO

    def test_and_while_it_is_away_the_sms_waits(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay, register: Register
    ) -> None:
        register.away = True
        answered(clock, cast, cast.kari_for_ola)
        a_minute_later(clock, relay_pays)
        assert phones.phones == []

        register.away = False
        clock.shift(timedelta(minutes=10))
        relay_pays()

        assert [one.to for one in phones.phones] == [KARI]

    def test_the_parents_own_wishes_hold_for_the_child(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        people.choose_notification(by=cast.kari, kind=NotificationKind.MESSAGE, wanted=False)
        answered(clock, cast, cast.kari_for_ola)

        a_minute_later(clock, relay_pays)

        assert phones.phones == []

    def test_two_parents_with_one_phone_get_one_sms(
        self,
        cast: Cast,
        clock: Clock,
        phones: MemorySms,
        relay_pays: Pay,
    ) -> None:
        people.change_contact_details(by=cast.per, phone="+47 999 00 000", email="")
        with rows.seeing(patient=cast.kari_for_ola.patient):
            people.grant_proxy(
                by=PLATFORM,
                patient_id=cast.kari_for_ola.patient,
                account_id=cast.per.account,
                kind=ProxyKind.PARENT,
            )
        conversation_id = answered(clock, cast, cast.kari_for_ola)

        a_minute_later(clock, relay_pays)

        assert [one.to for one in phones.phones] == [KARI]
        reasons = {one.reason for one in attempts(cast.siri, conversation_id)}
        assert reasons == {WhyNot.NONE, WhyNot.SAME_PHONE}


class TestWithoutAYes:
    def test_who_takes_it_back_is_told_nothing_more_not_even_what_waits(
        self, cast: Cast, clock: Clock, phones: MemorySms, relay_pays: Pay
    ) -> None:
        about = answered(clock, cast, cast.kari)
        relay_pays()

        people.take_back_yes(by=cast.kari)
        a_minute_later(clock, relay_pays)
        conversations.reply(by=cast.siri, conversation_id=about, text="Og klokka ti.")
        a_minute_later(clock, relay_pays)

        assert phones.phones == []
        assert [one.reason for one in attempts(cast.siri, about)] == [WhyNot.NO_CONSENT] * 2
