"""The port to the message bus: every adapter and every broker keeps the same promises."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest

from dialog.errors import PortError
from dialog.interop.ports import Delivery, Settled
from dialog.interop.properties import written
from tests.buses import soon
from tests.parties import Heard, Two, nothing_unreadable

# What a bus does not promise is not asked of it: memory and RabbitMQ make any queue they hear of,
# and RabbitMQ 3.10 neither counts failures nor lays aside what is rejected.
knowing_queues = pytest.mark.parametrize("buses", ["plain", "tls"], indirect=True)
counting = pytest.mark.parametrize("buses", ["memory", "plain", "tls"], indirect=True)


class TestSending:
    def test_what_is_sent_arrives_as_it_was_said(self, two: Two) -> None:
        body = bytes(range(256)) * 40
        sent = two.send(
            body, agreement=str(uuid4()), reply_to=two.portal.queue(), correlation_id=str(uuid4())
        )

        heard = Heard(two.office)

        assert soon(lambda: heard.deliveries)
        assert heard.deliveries[0] == Delivery(
            envelope=sent, body=body, queue=two.office.queue(), failures=0
        )

    def test_many_at_once_all_arrive_once(self, two: Two) -> None:
        heard = Heard(two.office)
        bodies = [str(number).encode() for number in range(200)]

        with ThreadPoolExecutor(8) as senders:
            list(senders.map(two.send, bodies))

        assert soon(lambda: len(heard.deliveries) >= 200)
        assert sorted(heard.bodies) == sorted(bodies)

    def test_a_patients_number_is_not_sent(self, two: Two) -> None:
        with pytest.raises(PortError) as refused:
            two.send(b"", correlation_id="15838000099")

        assert refused.value.permanent

    def test_a_message_nobody_took_in_time_is_gone(self, two: Two) -> None:
        two.send(b"too late", ttl=0.05)
        two.send(b"in time")
        time.sleep(0.1)

        heard = Heard(two.office)

        assert heard.is_all(two, b"in time")

    @knowing_queues
    def test_an_unknown_queue_is_refused_for_good(self, two: Two) -> None:

        with pytest.raises(PortError) as refused:
            two.portal.transport.send(replace(two.envelope(), to="ingen"), b"")

        assert refused.value.permanent
        two.send(b"the next one gets through")


class TestSettling:
    def test_what_failed_comes_again_and_says_so(self, two: Two) -> None:
        heard = Heard(two.office, Settled.RELEASED)
        two.send(b"again")

        assert soon(lambda: len(heard.deliveries) == 2)
        assert heard.bodies == [b"again", b"again"]
        if two.buses.counts_failures:
            assert [one.failures for one in heard.deliveries] == [0, 1]

    @counting
    def test_what_was_rejected_is_laid_aside(self, two: Two) -> None:
        heard = Heard(two.office, Settled.REJECTED)
        two.send(b"never again")

        dead = Heard(two.office, kind="async_dlq")

        assert soon(lambda: dead.deliveries)
        assert (heard.bodies, dead.bodies) == ([b"never again"], [b"never again"])

    @counting
    def test_what_failed_ten_times_is_laid_aside(self, two: Two) -> None:
        heard = Heard(two.office, *[Settled.RELEASED] * 10)
        two.send(b"poison")

        dead = Heard(two.office, kind="async_dlq")

        assert soon(lambda: dead.deliveries)
        assert [one.failures for one in heard.deliveries] == list(range(10))
        assert dead.deliveries[0].failures == 10

    def test_a_handler_that_breaks_loses_nothing(
        self, two: Two, caplog: pytest.LogCaptureFixture
    ) -> None:
        seen: list[bytes] = []

        def handle(delivery: Delivery) -> Settled:
            seen.append(delivery.body)
            if len(seen) == 1:
                raise RuntimeError("Kari Nordmann")
            return Settled.ACCEPTED

        two.office.transport.listen({two.office.queue(): 1}, handle, nothing_unreadable)
        two.send(b"still here")

        assert soon(lambda: len(seen) == 2)
        assert "RuntimeError" in caplog.text
        assert "Kari" not in caplog.text

    def test_what_cannot_be_read_goes_another_way(self, two: Two) -> None:
        heard = Heard(two.office)
        said = written(two.envelope())
        lacking = {key: said.application[key] for key in ("toHerId", "applicationTimeStamp")}

        two.portal.put(two.office.queue(), replace(said, application=lacking), b"who sent this?")

        assert soon(lambda: heard.unreadable)
        assert heard.unreadable[0].missing == ("fromHerId",)
        assert heard.unreadable[0].body == b"who sent this?"
        assert not heard.deliveries

    def test_a_her_id_in_digits_is_understood_and_said(self, two: Two) -> None:
        heard = Heard(two.office)
        said = written(two.envelope())
        digits = {**said.application, "fromHerId": str(two.portal.her_id)}

        two.portal.put(two.office.queue(), replace(said, application=digits), b"")

        assert soon(lambda: heard.deliveries)
        assert heard.deliveries[0].envelope.sender == two.portal.her_id
        assert heard.deliveries[0].tolerated == ("her-id-as-text",)
