"""Telling those affected, each as they can be reached."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from dialog import rows
from dialog.breaches import actions, queries
from dialog.breaches.policy import Risk, Told
from dialog.conversations import queries as conversations
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotFound, WrongState
from tests.breaches.scene import assess, letters, registered, view
from tests.people.on_lists import kinds, mother_of, uuid_of, young_patient


def offline(cast: Cast) -> Any:
    """Somebody on the list who has never signed in, and nobody acts for."""
    from dialog.people.actions import take_on
    from dialog.people.identity_number import synthetic
    from tests.people.on_lists import list_of

    born = timezone.localdate().replace(year=1940, month=3, day=4)
    take_on(
        by=cast.lund,
        list_id=list_of(cast.lund),
        identity_number=synthetic(born, 9),
        given_name="Aslaug",
        family_name="Eldre",
    )
    with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
        from dialog.people import queries as people

        return people.patients_found(cast.lund, "Aslaug Eldre")[0]


class TestSendLetters:
    def test_in_the_portal_to_whoever_reads_there_and_on_paper_to_the_others(
        self, cast: Cast
    ) -> None:
        aslaug = offline(cast)
        id = registered(cast, patients=[uuid_of(cast.kari), aslaug.uuid])
        assess(cast, id, Risk.HIGH)

        sent = letters(cast, id)

        told = {one.patient.id: one for one in view(cast.lund, id).affected}
        assert sent == actions.Sent(portal=1, letters=1, left=0)
        assert told[cast.kari.patient].told_how is Told.PORTAL
        assert told[aslaug.id].told_how is Told.LETTER
        with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient_id):
            thread = conversations.thread(cast.kari, told[cast.kari.patient].told_in)
        assert thread.messages[0].text == told[cast.kari.patient].letter
        assert "AffectedTold" in kinds(patient=cast.kari.patient_id)

    def test_a_letter_may_be_longer_than_what_an_office_else_writes(self, cast: Cast) -> None:
        id = registered(cast)
        assess(cast, id, Risk.HIGH)
        sent = actions.send_letters(by=cast.lund, breach_id=id, words={"nb": "a" * 4000})
        with pytest.raises(WrongState):
            actions.send_letters(by=cast.lund, breach_id=id, words={"nb": "a"})

        assert sent.portal == 1

    @pytest.mark.parametrize("words", [{}, {"nb": " "}, {"en": "Hello"}, {"nb": "a" * 4001}])
    def test_no_words_in_their_language_stops_it_all(
        self, cast: Cast, words: dict[str, str]
    ) -> None:
        id = registered(cast)
        assess(cast, id, Risk.HIGH)
        with pytest.raises(InvalidInput) as refused:
            actions.send_letters(by=cast.lund, breach_id=id, words=words)

        assert refused.value.field == "words_nb"
        assert len(view(cast.lund, id).untold) == 1

    @pytest.mark.parametrize("hidden", [True, False])
    def test_somebody_young_gets_it_alone_when_the_office_says_so(
        self, cast: Cast, hidden: bool
    ) -> None:
        young = young_patient(cast)
        id = registered(cast, patients=[uuid_of(young)])
        assess(cast, id, Risk.HIGH)

        letters(cast, id, keep_from_parents=hidden)

        (one,) = view(cast.lund, id).affected
        mother = mother_of(cast, young)
        with rows.seeing(account=mother.account_id, patient=mother.patient_id):
            if hidden:
                with pytest.raises(NotFound):
                    conversations.thread(mother, one.told_in)
            else:
                assert conversations.thread(mother, one.told_in).messages

    def test_a_child_is_reached_by_the_parent(self, cast: Cast) -> None:
        with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
            from dialog.people import queries as people

            ola = people.patient_by_id(cast.kari_for_ola.patient)
            assert queries.reachable(cast.lund, ola)


class TestNoteTold:
    def test_how_and_when_is_written_down_once(self, cast: Cast) -> None:
        id = registered(cast)
        one = view(cast.lund, id).affected[0]
        when = timezone.now() - timedelta(minutes=5)
        for_her: dict[str, Any] = {"breach_id": id, "affected_id": one.id, "told_at": when}
        actions.note_told(by=cast.lund, how=Told.PHONE, text="Hun tok det fint.", **for_her)
        with pytest.raises(WrongState):
            actions.note_told(by=cast.lund, how=Told.IN_PERSON, **for_her)

        (told,) = view(cast.lund, id).affected
        assert (told.told_how, told.told_at, told.letter) == (Told.PHONE, when, "Hun tok det fint.")

    @pytest.mark.parametrize(
        ("how", "hours", "field"),
        [(Told.EXEMPT, 0, "text"), (Told.PORTAL, 0, "how"), (Told.PHONE, 2, "told_on")],
    )
    def test_what_cannot_be_is_said_at_its_field(
        self, cast: Cast, how: Told, hours: int, field: str
    ) -> None:
        id = registered(cast)
        one = view(cast.lund, id).affected[0]
        with pytest.raises(InvalidInput) as refused:
            actions.note_told(
                by=cast.lund,
                breach_id=id,
                affected_id=one.id,
                how=how,
                told_at=timezone.now() + timedelta(hours=hours),
            )

        assert refused.value.field == field


class TestAddAffected:
    def test_twice_is_once(self, cast: Cast) -> None:
        id = registered(cast)
        for _ in range(2):
            actions.add_affected(by=cast.lund, breach_id=id, patient=uuid_of(cast.per))

        assert len(view(cast.lund, id).affected) == 2

    def test_not_to_what_is_over(self, cast: Cast) -> None:
        id = registered(cast)
        assess(cast, id, Risk.UNLIKELY)
        actions.close(by=cast.lund, breach_id=id, text="Ferdig.")
        with pytest.raises(WrongState):
            actions.add_affected(by=cast.lund, breach_id=id, patient=uuid_of(cast.per))


class TestTakeOutAffected:
    def test_who_was_not_affected_after_all_may_come_again(self, cast: Cast) -> None:
        id = registered(cast)
        one = view(cast.lund, id).affected[0]
        actions.take_out_affected(by=cast.lund, breach_id=id, affected_id=one.id)
        with pytest.raises(NotFound):
            actions.take_out_affected(by=cast.lund, breach_id=id, affected_id=one.id)
        actions.add_affected(by=cast.lund, breach_id=id, patient=uuid_of(cast.kari))

        assert [two.id != one.id for two in view(cast.lund, id).affected] == [True]

    def test_who_has_been_told_stays(self, cast: Cast) -> None:
        id = registered(cast)
        assess(cast, id, Risk.HIGH)
        letters(cast, id)
        one = view(cast.lund, id).affected[0]
        with pytest.raises(WrongState):
            actions.take_out_affected(by=cast.lund, breach_id=id, affected_id=one.id)
