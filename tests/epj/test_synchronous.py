"""What somebody waits for is answered at once, from the calendar."""

import time

from dialog.adapters.memory import MemoryProtection
from dialog.interop.messages import Message, Personnel
from dialog.interop.names import Process
from dialog.interop.writing import write
from epj.scripts import Deed, Rule, Script
from tests.epj.numbers import HANSEN, LUND, PORTAL, STORGATA
from tests.epj.office import Office, profile, said, tomorrow


def asks(epj: Office, **content: object) -> list[Message]:
    epj.hears(Process.BOOKING, "HentLedigeTimer", **content)
    return epj.messages()


def test_free_times_of_the_whole_office(epj: Office) -> None:
    own, others = epj.offers(many=2), epj.offers(HANSEN, many=1)

    (answer,) = asks(epj)

    times = {(one.uid, one.contact) for one in answer.calendar.events}
    assert times == {(one.uid, str(one.her_id)) for one in (*own, *others)}
    (personnel,) = answer.bodies(Personnel)
    assert [one.her_id for one in personnel.professionals] == [str(HANSEN)]
    envelope = epj.wire.sent[-1][0]
    assert envelope.to == "reply.1" and envelope.ttl == 15.0
    assert not answer.header.wants_receipt


def test_only_the_days_that_are_asked_about(epj: Office) -> None:
    epj.offers(days=2)
    wanted = epj.offers(days=5)
    epj.offers(days=6)

    (answer,) = asks(epj, start=tomorrow(5), end=tomorrow(5))

    assert {one.uid for one in answer.calendar.events} == {one.uid for one in wanted}


def test_no_free_times_is_an_answer(epj: Office) -> None:
    (answer,) = asks(epj)

    assert answer.calendar is None and answer.note is not None


def test_practitioners_and_the_test(epj: Office) -> None:
    epj.hears(Process.PRACTITIONERS, "Hent")
    epj.hears(Process.TEST, "Foresporsel", text="Hei")

    practitioners, test = epj.messages()
    numbers = [one.professional.her_id for one in practitioners.note.roles]
    assert numbers == [str(LUND), str(HANSEN)]
    assert test.header.type.value == Process.TEST.upper()


def test_an_asynchronous_message_on_that_queue_is_an_error(epj: Office) -> None:
    asked = said(Process.ENQUIRY, "Foresporsel", text="Hei")
    body = MemoryProtection().protect(write(asked), to=profile(LUND), own=profile(PORTAL))
    epj.is_delivered(body, f"{LUND}_sync", function=asked.header.type.value, receiver=LUND)
    epj.work()

    (envelope, _body) = epj.wire.sent[-1]
    assert envelope.fault.condition == "transport:unsupported-message"


def test_a_script_may_answer_late_or_not_at_all(epj: Office) -> None:
    late = Rule(key="1", process="Timereservasjon", function="HentLedigeTimer", late=0.3)
    never = Rule(key="2", process="Timereservasjon", deed=Deed(do="nothing"), times=1)
    epj.script = Script(rules=(never, late))
    epj.begin_again()

    begun = time.monotonic()
    assert asks(epj) == []
    assert time.monotonic() - begun < 0.3
    assert len(asks(epj)) == 1
    assert time.monotonic() - begun >= 0.3


def test_the_office_itself_can_be_asked(epj: Office) -> None:
    epj.offers(HANSEN)
    (answer,) = asks(epj, to=STORGATA)

    assert len(answer.calendar.events) == 3
