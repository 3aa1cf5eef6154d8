"""What patients have been asked to do, as the office gives it, follows it and puts it off."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from dialog import rows
from dialog.conversations import actions, queries
from dialog.conversations.deadlines import TaskState
from dialog.demo.cast import Cast
from dialog.people import queries as people
from tests.conversations.tasked import WHAT, done, given, task
from tests.counting import questions
from tests.doors import post
from tests.people.on_lists import uuid_of


def text(answer: object) -> str:
    return str(answer.content.decode())  # type: ignore[attr-defined]


@pytest.mark.usefixtures("on_the_phone")
class TestGiving:
    def sent(self, cast: Cast, client: Client, where: str = "skriv", **more: object) -> object:
        said = {
            "topic": "task",
            "text": "Mål blodtrykket hver morgen.",
            "reply": "yes" if where == "skriv" else "free",
            "task": "Skriv ned blodtrykket",
            "due_on": (people.today() + timedelta(days=7)).isoformat(),
        }
        address = f"/kontor/pasient/{uuid_of(cast.kari)}/{where}"
        return post(client, address, **said | more)

    def given(self, cast: Cast) -> list[queries.Matter]:
        with rows.seeing(patient=cast.kari.patient):
            return queries.my_matters(cast.kari)

    def test_the_desk_gives_one_with_the_message(self, cast: Cast, as_siri: Client) -> None:
        self.sent(cast, as_siri)

        (matter,) = self.given(cast)
        assert matter.do_by == people.today() + timedelta(days=7)

    def test_a_doctor_gives_one_in_confidence(self, cast: Cast, as_lund: Client) -> None:
        self.sent(cast, as_lund, "e-konsultasjon")

        (matter,) = self.given(cast)
        assert matter.do_by is not None

    def test_a_task_without_a_day_is_refused_and_keeps_its_words(
        self, cast: Cast, as_siri: Client
    ) -> None:
        answer = self.sent(cast, as_siri, due_on="")

        page = text(answer)
        assert "Velg en frist for pasienten." in page and "Skriv ned blodtrykket" in page
        assert "Mål blodtrykket hver morgen." in page and self.given(cast) == []


class TestOnTheConversation:
    def test_it_says_what_by_when_and_how_it_stands(self, cast: Cast, as_siri: Client) -> None:
        asked = given(cast)

        page = text(as_siri.get(f"/kontor/sak/{asked.id}"))
        done(cast, asked)
        after = text(as_siri.get(f"/kontor/sak/{asked.id}"))

        assert WHAT in page and "Ikke gjort ennå" in page and "Gi ny frist" in page
        assert "Kari Nordmann meldte det som gjort" in after and "Gi ny frist" not in after

    def test_another_day_is_one_press(self, cast: Cast, as_siri: Client) -> None:
        asked = given(cast)
        later = people.today() + timedelta(days=20)

        post(as_siri, f"/kontor/sak/{asked.id}/frist", due_on=later.isoformat())

        assert task(cast, asked).due_on == later

    def test_a_day_that_has_been_is_refused_at_its_field(self, cast: Cast, as_siri: Client) -> None:
        asked = given(cast)

        answer = post(as_siri, f"/kontor/sak/{asked.id}/frist", due_on="2020-01-01")

        assert answer.status_code == 422 and "Velg en dag som ikke har vært." in text(answer)

    def test_a_stranger_does_not_find_it(self, cast: Cast, as_berg: Client) -> None:
        asked = given(cast)

        answer = post(as_berg, f"/kontor/sak/{asked.id}/frist", due_on=people.today().isoformat())

        assert answer.status_code == 404


class TestTheList:
    def test_late_waiting_and_done_are_each_a_press_away(self, cast: Cast, as_siri: Client) -> None:
        ready = given(cast)
        given(cast, days=30)
        done(cast, ready)

        assert "/kontor/oppgaver" in text(as_siri.get("/kontor/oppfolging"))
        assert "Ingenting her" in text(as_siri.get("/kontor/oppgaver"))
        assert "Nordmann" in text(as_siri.get("/kontor/oppgaver?vis=open"))
        assert "Gjort" in text(as_siri.get("/kontor/oppgaver?vis=done"))
        assert "Ingenting her" in text(as_siri.get("/kontor/oppgaver?vis=hva-som-helst"))

    def test_another_office_sees_none_of_them(self, cast: Cast, as_berg: Client) -> None:
        given(cast)

        assert "Nordmann" not in text(as_berg.get("/kontor/oppgaver?vis=open"))

    def test_it_asks_as_many_questions_however_long_it_is(self, cast: Cast) -> None:
        def asked() -> int:
            with rows.seeing(practice=cast.siri.practice_id):
                return questions(lambda: queries.tasks(cast.siri, TaskState.OPEN))

        given(cast)
        one = asked()
        for _more in range(5):
            given(cast)

        assert asked() == one


class TestTheItem:
    @pytest.fixture
    def item(self, cast: Cast) -> queries.FollowUpRow:
        asked = given(cast, days=1)
        with (
            time_machine.travel(timezone.now() + timedelta(days=2), tick=False),
            rows.seeing(practice=cast.siri.practice_id),
        ):
            actions.miss_task(conversation_id=asked.id)
            (found,) = queries.follow_ups(cast.siri)
        return found

    def test_it_says_what_was_not_done(
        self, item: queries.FollowUpRow, cast: Cast, as_siri: Client
    ) -> None:
        page = text(as_siri.get(f"/kontor/oppfolging/{item.id}"))

        assert "Ikke gjort" in page and WHAT in page
        assert "Ikke gjort" in text(as_siri.get("/kontor/oppfolging"))

    def test_it_is_not_let_go_without_saying_what_was_done_instead(
        self, item: queries.FollowUpRow, as_siri: Client
    ) -> None:
        assert post(as_siri, f"/kontor/oppfolging/{item.id}").status_code == 422

        post(as_siri, f"/kontor/oppfolging/{item.id}", how="Ringte, og får skjemaet i morgen.")

        assert "Alt er fulgt opp" in text(as_siri.get("/kontor/oppfolging"))
