"""The port to the message bus: stopping in good order, and asking while somebody waits."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest

from dialog.errors import PortError
from dialog.interop.exchange import answer_to
from dialog.interop.ports import Delivery, Envelope, Settled
from tests.buses import soon
from tests.parties import Heard, Two, nothing_unreadable


class TestStopping:
    def test_what_has_begun_is_finished_and_the_rest_waits(self, two: Two) -> None:
        begun, go_on = threading.Event(), threading.Event()
        first: list[bytes] = []

        def slow(delivery: Delivery) -> Settled:
            first.append(delivery.body)
            begun.set()
            go_on.wait(10)
            return Settled.ACCEPTED

        listening = two.office.transport.listen({two.office.queue(): 1}, slow, nothing_unreadable)
        for number in range(5):
            two.send(str(number).encode())
        assert begun.wait(10)
        threading.Timer(0.1, go_on.set).start()

        finished = listening.stop()

        assert finished
        assert len(first) == 1
        rest = Heard(two.office)
        left = {b"0", b"1", b"2", b"3", b"4"} - set(first)
        assert rest.is_all(two, *left)
        assert {one.failures for one in rest.deliveries} == {0}

    def test_a_worker_that_does_not_finish_in_time_is_told_of(self, two: Two) -> None:
        begun, go_on = threading.Event(), threading.Event()

        def stuck(_delivery: Delivery) -> Settled:
            begun.set()
            go_on.wait(10)
            return Settled.ACCEPTED

        listening = two.office.transport.listen({two.office.queue(): 1}, stuck, nothing_unreadable)
        two.send(b"slow")
        assert begun.wait(10)

        assert not listening.stop(0.1)

        go_on.set()


class TestAsking:
    def test_a_question_gets_its_answer(self, two: Two) -> None:
        asked: list[Envelope] = []

        def answer(question: Delivery) -> None:
            asked.append(question.envelope)
            two.office.transport.send(answer_to(question.envelope, 15.0), b"yes, " + question.body)

        two.office_answers(answer)

        heard = two.portal.transport.ask(two.envelope("sync"), b"any time?", 10.0)

        assert heard.body == b"yes, any time?"
        assert heard.envelope.sender == two.office.her_id
        assert asked[0].ttl is not None and 0 < asked[0].ttl <= 15.0

    def test_many_questions_at_once_each_get_their_own(self, two: Two) -> None:
        two.office_answers(
            lambda question: two.office.transport.send(
                answer_to(question.envelope, 15.0), question.body[::-1]
            )
        )

        def ask(number: int) -> bytes:
            body = f"question {number}".encode()
            return two.portal.transport.ask(two.envelope("sync"), body, 10.0).body

        with ThreadPoolExecutor(6) as asking:
            answers = list(asking.map(ask, range(40)))

        assert answers == [f"question {number}".encode()[::-1] for number in range(40)]

    def test_no_answer_in_time_is_said_and_a_late_one_thrown_away(
        self, two: Two, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.WARNING)
        waiting: list[Delivery] = []

        def answer(question: Delivery) -> None:
            if question.body == b"awake?":
                two.office.transport.send(answer_to(question.envelope, 15.0), b"yes")
            else:
                waiting.append(question)

        two.office_answers(answer)
        two.portal.transport.ask(two.envelope("sync"), b"awake?", 10.0)

        def asked_in_vain() -> list[Delivery]:
            with pytest.raises(PortError) as gave_up:
                two.portal.transport.ask(two.envelope("sync"), b"anybody?", 0.15)
            assert not gave_up.value.permanent
            return waiting  # nothing, where the question itself came too late

        def found_late() -> bool:
            # The first may come before the portal's own thread has heard that nobody waits.
            two.office.transport.send(answer_to(waiting[0].envelope, 15.0), b"late")
            return "late answer" in caplog.text

        assert soon(asked_in_vain)
        assert soon(found_late)

    def test_an_answer_from_somebody_else_is_refused(
        self, two: Two, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.WARNING)

        def answer(question: Delivery) -> None:
            right = answer_to(question.envelope, 15.0)
            two.office.transport.send(replace(right, sender=999, message_id=uuid4()), b"false")
            two.office.transport.send(right, b"true")

        two.office_answers(answer)

        heard = two.portal.transport.ask(two.envelope("sync"), b"who?", 10.0)

        assert heard.body == b"true"
        assert [one.levelname for one in caplog.records if "another" in one.message] == ["CRITICAL"]
