"""Renewals at the office, in a browser: prepare, decide one by one or all at once."""

from uuid import UUID, uuid4

import pytest
from django.test import Client

from dialog.actor import Duty, Role
from dialog.demo.cast import Cast
from dialog.people import actions as people
from dialog.renewals import actions
from dialog.renewals.actions import Decision
from dialog.renewals.policy import Group, ItemStatus, ItemVerb, Reason
from tests.counting import queries_of
from tests.doors import post, signed_in
from tests.renewals.prescribed import ask, lines, prescribe


@pytest.fixture
def request_id(cast: Cast) -> UUID:
    """Anne asks for two."""
    return ask(
        cast.anne,
        prescribe(cast, cast.anne, "Metoprolol", dosage="1 tablett morgen", repeats_left=0),
        prescribe(cast, cast.anne, "Atorvastatin"),
    )


@pytest.fixture
def nina_prepares(cast: Cast) -> None:
    people.delegate(by=cast.lund, role=Role.NURSE, duty=Duty.PREPARE_RENEWALS, on=True)


def page(client: Client, request_id: UUID) -> str:
    answer = client.get(f"/kontor/sak/{request_id}")
    assert answer.status_code == 200
    return answer.content.decode()


def decided(cast: Cast, request_id: UUID) -> list[ItemStatus]:
    return [one.status for one in lines(cast.anne, request_id)]


def fields(cast: Cast, request_id: UUID, *decisions: str) -> dict[str, str]:
    open_lines = [one for one in lines(cast.lund, request_id) if one.open]
    return {
        f"decision_{line.id.hex}": decision
        for line, decision in zip(open_lines, decisions, strict=True)
    }


class TestThePanel:
    def test_the_doctor_sees_every_line_and_can_decide(
        self, cast: Cast, as_lund: Client, request_id: UUID
    ) -> None:
        shown = page(as_lund, request_id)

        for words in ("Metoprolol", "1 tablett morgen", "Ingen utleveringer igjen.", "Forny alle"):
            assert words in shown
        assert shown.count('name="decision_') == 2

    def test_who_is_not_chosen_sees_the_lines_and_who_must_decide(
        self, as_siri: Client, request_id: UUID
    ) -> None:
        shown = page(as_siri, request_id)

        assert "Metoprolol" in shown and "En lege må avgjøre." in shown
        assert 'name="decision_' not in shown and "Klargjør" not in shown

    def test_who_is_chosen_can_prepare(
        self, as_nina: Client, nina_prepares: None, request_id: UUID
    ) -> None:
        shown = page(as_nina, request_id)

        assert shown.count('name="items"') == 2
        assert 'name="decision_' not in shown

    def test_it_takes_as_many_queries_however_long_it_is(
        self, cast: Cast, as_lund: Client, request_id: UUID
    ) -> None:
        few = queries_of(as_lund, f"/kontor/sak/{request_id}")
        long = ask(cast.anne, *(prescribe(cast, cast.anne, f"Middel {one}") for one in range(9)))

        assert queries_of(as_lund, f"/kontor/sak/{long}") == few


class TestPrepare:
    def test_ready_for_the_doctor_with_one_click(
        self, cast: Cast, as_nina: Client, nina_prepares: None, request_id: UUID
    ) -> None:
        items = [str(one.id) for one in lines(cast.lund, request_id)]

        answer = post(as_nina, f"/kontor/sak/{request_id}/resepter/klargjor", items=items)

        assert answer.status_code == 302
        assert decided(cast, request_id) == [ItemStatus.PREPARED, ItemStatus.PREPARED]

    def test_the_doctor_sees_who_prepared_it(
        self, cast: Cast, as_nina: Client, as_lund: Client, nina_prepares: None, request_id: UUID
    ) -> None:
        first, _ = (str(one.id) for one in lines(cast.lund, request_id))
        post(as_nina, f"/kontor/sak/{request_id}/resepter/klargjor", items=[first])

        assert "Klargjort av Nina Vik" in page(as_lund, request_id)

    def test_nothing_ticked_is_asked_about(
        self, as_nina: Client, nina_prepares: None, request_id: UUID
    ) -> None:
        answer = post(as_nina, f"/kontor/sak/{request_id}/resepter/klargjor")

        assert answer.status_code == 422
        assert "Velg minst én linje." in answer.content.decode()

    def test_who_is_not_chosen_is_refused(
        self, cast: Cast, as_siri: Client, request_id: UUID
    ) -> None:
        items = [str(one.id) for one in lines(cast.lund, request_id)]

        answer = post(as_siri, f"/kontor/sak/{request_id}/resepter/klargjor", items=items)

        assert answer.status_code == 403
        assert decided(cast, request_id) == [ItemStatus.REQUESTED] * 2


class TestDecide:
    def test_each_line_by_itself(self, cast: Cast, as_lund: Client, request_id: UUID) -> None:
        choices = fields(cast, request_id, "renew", "call-in:tests-due")

        answer = post(as_lund, f"/kontor/sak/{request_id}/resepter", **choices)

        assert answer.status_code == 302
        assert answer.headers["Location"] != f"/kontor/sak/{request_id}"
        assert decided(cast, request_id) == [ItemStatus.RENEWED, ItemStatus.CONSULTATION_NEEDED]

    def test_one_now_and_the_rest_later_stays_on_the_page(
        self, cast: Cast, as_lund: Client, request_id: UUID
    ) -> None:
        choices = fields(cast, request_id, "renew", "later")

        answer = post(as_lund, f"/kontor/sak/{request_id}/resepter", **choices)

        assert answer.headers["Location"] == f"/kontor/sak/{request_id}"
        assert decided(cast, request_id) == [ItemStatus.RENEWED, ItemStatus.REQUESTED]
        assert page(as_lund, request_id).count('name="decision_') == 1

    def test_all_with_one_yes(self, cast: Cast, as_lund: Client, request_id: UUID) -> None:
        post(as_lund, f"/kontor/sak/{request_id}/resepter", all="1")

        assert decided(cast, request_id) == [ItemStatus.RENEWED] * 2

    def test_the_same_click_twice_is_one_act(
        self, cast: Cast, as_lund: Client, request_id: UUID
    ) -> None:
        key = str(uuid4())

        answers = [
            post(as_lund, f"/kontor/sak/{request_id}/resepter", key=key, all="1") for _ in range(2)
        ]

        assert [one.status_code for one in answers] == [302, 302]
        assert answers[0].headers["Location"] == answers[1].headers["Location"]

    def test_another_doctor_was_first(self, cast: Cast, as_lund: Client, request_id: UUID) -> None:
        choices = fields(cast, request_id, "decline:stopped", "renew")
        first = lines(cast.lund, request_id)[0].id
        actions.decide(
            by=cast.lund,
            conversation_id=request_id,
            decisions=[Decision(item_id=first, verb=ItemVerb.RENEW)],
        )

        post(as_lund, f"/kontor/sak/{request_id}/resepter", **choices)

        assert decided(cast, request_id)[0] is ItemStatus.RENEWED

    def test_other_needs_words_and_they_are_kept(
        self, cast: Cast, as_lund: Client, request_id: UUID
    ) -> None:
        choices = fields(cast, request_id, "decline:other", "decline:stopped")
        second = lines(cast.lund, request_id)[1].id

        answer = post(
            as_lund,
            f"/kontor/sak/{request_id}/resepter",
            **choices,
            **{f"words_{second.hex}": "Se avtalen i mai."},
        )

        shown = answer.content.decode()
        assert answer.status_code == 422
        assert "Skriv grunnen med egne ord." in shown and "Se avtalen i mai." in shown
        assert decided(cast, request_id) == [ItemStatus.REQUESTED] * 2

    @pytest.mark.parametrize(
        ("choice", "words", "said"),
        [
            ("later", "", "Velg hva du vil gjøre"),
            ("later", "Ta prøver først.", "Velg en avgjørelse også."),
            ("", "", "Velg noe fra listen."),
            ("explode", "", "Velg noe fra listen."),
            ("renew:stopped", "", "Velg noe fra listen."),
        ],
    )
    def test_half_a_decision_is_asked_about(
        self, cast: Cast, as_lund: Client, request_id: UUID, choice: str, words: str, said: str
    ) -> None:
        first = lines(cast.lund, request_id)[0].id
        choices = fields(cast, request_id, choice, "later")

        answer = post(
            as_lund,
            f"/kontor/sak/{request_id}/resepter",
            **choices,
            **{f"words_{first.hex}": words},
        )

        assert answer.status_code == 422
        assert said in answer.content.decode()

    @pytest.mark.parametrize(("who", "status"), [("siri", 403), ("nina", 403), ("berg", 404)])
    def test_a_stranger_signs_nothing(
        self, cast: Cast, request_id: UUID, who: str, status: int
    ) -> None:
        client = signed_in(getattr(cast, who))

        answer = post(client, f"/kontor/sak/{request_id}/resepter", all="1")

        assert answer.status_code == status
        assert decided(cast, request_id) == [ItemStatus.REQUESTED] * 2

    def test_the_reasons_are_all_there_in_groups(self, as_lund: Client, request_id: UUID) -> None:
        shown = page(as_lund, request_id)

        for verb in (ItemVerb.DECLINE, ItemVerb.CALL_IN):
            assert f'value="{verb}:{Reason.OTHER}"' in shown
        assert shown.count("<optgroup") == 4


def test_habit_forming_in_the_patients_words_can_be_led_to_a_consultation(
    cast: Cast, as_lund: Client
) -> None:
    prescribe(cast, cast.anne, "Sobril", group=Group.B)
    request_id = ask(cast.anne, earlier="Sobril")
    choices = fields(cast, request_id, "call-in:habit-forming")

    post(as_lund, f"/kontor/sak/{request_id}/resepter", **choices)

    assert decided(cast, request_id) == [ItemStatus.CONSULTATION_NEEDED]


def test_a_question_to_the_patient_is_answered_before_it_is_decided(
    cast: Cast, as_siri: Client, as_anne: Client, as_lund: Client, request_id: UUID
) -> None:
    thread = f"/meldinger/{request_id}"
    before = post(as_anne, thread, text="Hei").status_code

    post(as_siri, f"/kontor/sak/{request_id}", text="Hvor mange tar du om dagen?", seen="1")
    answered = post(as_anne, thread, text="Én hver morgen.").status_code
    post(as_lund, f"/kontor/sak/{request_id}/resepter", all="1")

    assert (before, answered) == (409, 302)
    assert decided(cast, request_id) == [ItemStatus.RENEWED] * 2


def test_what_is_not_decided_cannot_be_set_aside(
    cast: Cast, as_siri: Client, request_id: UUID
) -> None:
    shown = page(as_siri, request_id)

    answer = post(as_siri, f"/kontor/sak/{request_id}/til-side", seen="1")

    assert "Sett til side" not in shown
    assert answer.status_code == 409
    assert f"/kontor/sak/{request_id}" in as_siri.get("/kontor/?liste=renewal").content.decode()
