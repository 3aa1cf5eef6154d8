"""Forny resept in the patient's browser: mark, look over, send, and see how it goes."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from dialog import rows
from dialog.actor import Actor
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Feature
from dialog.demo.cast import Cast
from dialog.people import queries as people
from dialog.people.models import Patient
from dialog.renewals import actions
from dialog.renewals.actions import Decision
from dialog.renewals.policy import Group, ItemVerb, PickUp, Reason
from tests.counting import queries_of
from tests.doors import post, signed_in
from tests.people.on_lists import kinds
from tests.renewals.prescribed import ask, in_days, lines, offers, prescribe

PAGE = "/resept"


def marked(*refs: UUID, **more: Any) -> dict[str, Any]:
    return {"items": [str(one) for one in refs], "pick_up": "pharmacy", **more}


def switch_off(cast: Cast, patient: Actor) -> None:
    with rows.seeing(patient=patient.patient):
        owner = people.list_of(patient.patient)
    assert owner is not None
    conversations.switch_service(
        by=cast.lund, list_id=owner.list_id, feature=Feature.RENEWAL, on=False
    )


def sent(client: Client, *refs: UUID, **more: Any) -> UUID:
    """Send it; the conversation it led to."""
    answer = post(client, PAGE, send="1", **marked(*refs, **more))
    assert answer.status_code == 302, answer.content.decode()
    return UUID(answer.headers["Location"].rpartition("/")[2])


class TestTheList:
    def test_it_says_what_is_left_and_never_that_it_is_complete(
        self, cast: Cast, as_anne: Client
    ) -> None:
        prescribe(cast, cast.anne, "Metoprolol", repeats_left=1, valid_until=in_days(60))

        page = as_anne.get(PAGE).content.decode()

        assert "Metoprolol" in page and "1 utlevering igjen." in page
        assert "Du har igjen på denne" in page
        assert "Den kan mangle noe" in page
        assert "svarer senest" in page and "gratis" in page

    def test_habit_forming_has_no_box_but_a_way_to_the_doctor(
        self, cast: Cast, as_anne: Client
    ) -> None:
        ref = prescribe(cast, cast.anne, "Sobril", group=Group.B)

        page = as_anne.get(PAGE).content.decode()

        assert "vanedannende" in page and 'href="/time"' in page
        assert str(ref) not in page

    def test_an_empty_list_asks_for_a_name(self, as_bjarne: Client) -> None:
        page = as_bjarne.get(PAGE).content.decode()

        assert "har ikke skrevet inn noen resepter" in page
        assert 'name="earlier"' in page and 'name="items"' not in page

    def test_it_takes_as_many_queries_however_long_it_is(self, cast: Cast, as_anne: Client) -> None:
        prescribe(cast, cast.anne, "Metoprolol")
        few = queries_of(as_anne, PAGE)
        for number in range(12):
            prescribe(cast, cast.anne, f"Legemiddel {number}")

        assert queries_of(as_anne, PAGE) == few

    def test_anothers_prescriptions_are_not_on_it(self, cast: Cast, as_per: Client) -> None:
        prescribe(cast, cast.anne, "Hemmelig")

        assert "Hemmelig" not in as_per.get(PAGE).content.decode()


class TestLookingOver:
    def test_everything_is_shown_once_more_and_nothing_is_sent(
        self, cast: Cast, as_anne: Client
    ) -> None:
        ref = prescribe(cast, cast.anne, "Metoprolol")
        comment = {f"comment_{ref.hex}": "Jeg skal på ferie."}

        answer = post(as_anne, PAGE, **marked(ref, earlier="Nesespray\nSalve", **comment))

        page = answer.content.decode()
        assert answer.status_code == 200
        assert "Stemmer dette?" in page
        for words in ("Metoprolol", "Jeg skal på ferie.", "Nesespray", "Salve"):
            assert words in page
        assert offers(cast.anne)[0].asked_in is None

    def test_changing_ones_mind_keeps_every_word(self, cast: Cast, as_anne: Client) -> None:
        ref = prescribe(cast, cast.anne, "Metoprolol")
        comment = {f"comment_{ref.hex}": "Jeg skal på ferie."}

        page = post(
            as_anne, PAGE, endre="1", **marked(ref, earlier="Nesespray", **comment)
        ).content.decode()

        assert "Jeg skal på ferie." in page and "Nesespray" in page
        assert page.count("checked") == 2


class TestSending:
    def test_it_becomes_a_request_with_a_receipt(self, cast: Cast, as_anne: Client) -> None:
        ref = prescribe(cast, cast.anne, "Metoprolol")

        conversation_id = sent(
            as_anne, ref, earlier="Nesespray", pick_up="office", **{f"comment_{ref.hex}": "Ferie"}
        )

        page = as_anne.get(f"/meldinger/{conversation_id}").content.decode()
        assert "Legen har fått beskjed" in page
        assert [(one.title, one.comment) for one in lines(cast.lund, conversation_id)] == [
            ("Metoprolol", "Ferie"),
            ("Nesespray", ""),
        ]

    def test_the_same_click_twice_is_one_request(self, cast: Cast, as_anne: Client) -> None:
        ref, key = prescribe(cast, cast.anne, "Metoprolol"), str(uuid4())

        first, second = (
            post(as_anne, PAGE, key=key, send="1", **marked(ref)).headers["Location"]
            for _ in range(2)
        )

        assert first == second

    def test_two_windows_are_one_request_and_one_who_is_told(
        self, cast: Cast, as_anne: Client
    ) -> None:
        ref = prescribe(cast, cast.anne, "Metoprolol")
        sent(as_anne, ref)

        answer = post(as_anne, PAGE, send="1", **marked(ref, earlier="Nesespray"))

        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Du har alt bedt om å få fornyet denne." in page
        assert "Nesespray" in page

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ({}, "Kryss av for det du vil ha fornyet."),
            ({"earlier": "en\nto\ntre\nfire\nfem\nseks"}, "Skriv høyst 5 om gangen."),
            ({"earlier": "x" * 201}, "En av linjene er for lang."),
            ({"pick_up": "drone"}, "Velg ett av alternativene."),
        ],
    )
    def test_what_is_missing_is_said_at_the_field(
        self, cast: Cast, as_anne: Client, more: dict[str, Any], said: str
    ) -> None:
        prescribe(cast, cast.anne, "Metoprolol")

        for step in ({}, {"send": "1"}):
            answer = post(as_anne, PAGE, **{**marked(), **more, **step})

            assert answer.status_code == 422
            assert said in answer.content.decode()

    def test_a_comment_without_a_tick_is_asked_about(self, cast: Cast, as_anne: Client) -> None:
        first, second = (prescribe(cast, cast.anne, one) for one in ("Metoprolol", "Levaxin"))

        answer = post(
            as_anne, PAGE, send="1", **marked(first, **{f"comment_{second.hex}": "Høyere dose?"})
        )

        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Du skrev en kommentar til Levaxin" in page and "Høyere dose?" in page

    def test_anothers_prescription_cannot_be_slipped_in(self, cast: Cast, as_per: Client) -> None:
        ref = prescribe(cast, cast.anne, "Metoprolol")

        assert post(as_per, PAGE, send="1", **marked(ref)).status_code == 422

    def test_a_service_switched_off_meanwhile_keeps_what_was_marked(
        self, cast: Cast, as_kari: Client
    ) -> None:
        ref = prescribe(cast, cast.kari, "Metoprolol")
        switch_off(cast, cast.kari)

        answer = post(as_kari, PAGE, send="1", **marked(ref, earlier="Nesespray"))

        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Metoprolol" in page and "Nesespray" in page
        assert "Du kan ikke fornye resepter hos" in page and "alltid ringe" in page


class TestLooks:
    """The log the patient reads has the looks at what was shown, and no others."""

    def test_a_list_that_is_shown_is_one(self, cast: Cast, as_anne: Client) -> None:
        prescribe(cast, cast.anne, "Metoprolol")

        as_anne.get(PAGE)

        assert kinds(patient=cast.anne.patient)[-1] == "PrescriptionsRead"

    def test_a_service_that_is_off_shows_nothing(self, cast: Cast, as_anne: Client) -> None:
        ref = prescribe(cast, cast.anne, "Metoprolol")
        switch_off(cast, cast.anne)

        pages = [as_anne.get(PAGE), post(as_anne, PAGE, **marked(ref, earlier="Nesespray"))]

        assert "PrescriptionsRead" not in kinds(patient=cast.anne.patient)
        assert all("Du kan ikke fornye resepter hos" in one.content.decode() for one in pages)
        assert "Nesespray" in pages[1].content.decode()

    def test_parents_who_may_not_ask_see_no_names(
        self, cast: Cast, as_kari_for_ola: Client
    ) -> None:
        ref = prescribe(cast, cast.kari_for_ola, "Zyrtec")
        actions.set_rules(by=cast.lund, consultation_first=[], by_parents=False)

        with rows.seeing(patient=cast.kari_for_ola.patient):
            Patient.objects.filter(id=cast.kari_for_ola.patient).update(born=in_days(-13 * 366))

        pages = [as_kari_for_ola.get(PAGE), post(as_kari_for_ola, PAGE, **marked(ref))]

        assert all("Her spør den unge selv" in one.content.decode() for one in pages)
        assert not any("Zyrtec" in one.content.decode() for one in pages)
        assert "PrescriptionsRead" not in kinds(patient=cast.kari_for_ola.patient)


class TestHowItGoes:
    def test_each_line_says_how_it_stands_and_what_to_do(self, cast: Cast, as_anne: Client) -> None:
        conversation_id = ask(
            cast.anne,
            *(prescribe(cast, cast.anne, one) for one in ("Metoprolol", "Levaxin", "Aerius")),
        )
        first, second, _ = (one.id for one in lines(cast.lund, conversation_id))
        actions.decide(
            by=cast.lund,
            conversation_id=conversation_id,
            decisions=[
                Decision(item_id=first, verb=ItemVerb.RENEW),
                Decision(
                    item_id=second,
                    verb=ItemVerb.CALL_IN,
                    reason=Reason.TESTS_DUE,
                    explanation="Ta blodprøve fastende.",
                ),
            ],
        )

        page = as_anne.get(f"/meldinger/{conversation_id}").content.decode()

        for words in (
            "Fornyet",
            "et hvilket som helst apotek",
            "Du må snakke med legen først",
            "Det må tas prøver før denne fornyes.",
            "Ta blodprøve fastende.",
            f"/time?fra={conversation_id}",
            "Mottatt",
        ):
            assert words in page, words

    def test_what_was_taken_back_is_not_said_to_wait(self, cast: Cast, as_anne: Client) -> None:
        conversation_id = ask(cast.anne, earlier="Nesespray")
        conversations.withdraw(by=cast.anne, conversation_id=conversation_id)

        assert "Ikke avgjort" in as_anne.get(f"/meldinger/{conversation_id}").content.decode()

    @pytest.mark.parametrize("who", ["per", "bjarne", "kari"])
    def test_a_stranger_does_not_find_it(self, cast: Cast, who: str) -> None:
        conversation_id = ask(cast.anne, earlier="Nesespray")

        stranger = signed_in(getattr(cast, who))

        assert stranger.get(f"/meldinger/{conversation_id}").status_code == 404


def test_the_words_of_the_pick_up_are_in_the_form(as_anne: Client) -> None:
    page = as_anne.get(PAGE).content.decode()

    assert all(f'value="{one}"' in page for one in PickUp)
