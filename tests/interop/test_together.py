"""Several messages that have come together: one transaction while all goes well, each alone when
anything does not, and the same end as if they had come one by one.
"""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from dialog import rows
from dialog.conversations import actions as conversations
from dialog.conversations.models import Message as Words
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast, number
from dialog.errors import PortError
from dialog.interop import handling, inbound, turns
from dialog.interop.acting.heard import Heard
from dialog.interop.building import Content, compose
from dialog.interop.building import Envelope as Heading
from dialog.interop.conditions import TryLater
from dialog.interop.messages import Message, Person, Receipt
from dialog.interop.messages.people import national
from dialog.interop.models import Transmission, Wire
from dialog.interop.names import APPREC, Process
from dialog.interop.plainly import WAITS
from dialog.interop.policy import State
from dialog.interop.ports import SEVERAL
from dialog.interop.processes import Side, function
from dialog.interop.writing import write
from tests.interop.hearing import KARI
from tests.interop.record_system import KNOWN, RecordSystem, us

BJARNE = Person(given="Bjarne", family="Aas", identities=(national(number("bjarne")),))
H, R, W = State.HANDLED, State.REFUSED, State.STORED


def says(epj: RecordSystem, text: str, patient: Any = KARI) -> Message:
    content = Content(text=text)
    return epj.begin(Process.ENQUIRY, "Foresporsel", content, patient, datetime.now(UTC))


def goes_on(epj: RecordSystem, begun: Message, text: str) -> None:
    """The record system says more in a matter that it began."""
    heading = Heading(
        id=str(uuid4()),
        sent=datetime.now(UTC),
        sender=epj.ours(),
        receiver=us(),
        patient=KARI,
        conversation=begun.header.id,
        parent=begun.header.id,
    )
    what = function(KNOWN, Process.ENQUIRY, Side.PRACTICE, "Foresporsel")
    epj.say(compose(what, heading, Content(text=text), KNOWN))


def became(epj: RecordSystem) -> list[tuple[str, str]]:
    with epj.as_role("dialog_relay"), rows.seeing(scope="relay"):
        came = Transmission.objects.filter(direction="in").order_by("id")
        return list(came.values_list("state", "code"))


def words(epj: RecordSystem) -> list[str]:
    """What has reached patients, in the order it did."""
    with epj.as_role("postgres"):
        return [one.text for one in Words.objects.filter(side="practice").order_by("sent_at")]


def receipts(epj: RecordSystem) -> list[tuple[str, bool]]:
    """Which messages have been answered, and whether they were taken."""
    return [(one.original.id, one.taken) for one in epj.heard() if isinstance(one, Receipt)]


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many were handled in each transaction."""
    sizes: list[int] = []
    real = inbound.handle

    def handle(waiting: Any) -> None:
        sizes.append(len(waiting))
        real(waiting)

    monkeypatch.setattr(inbound, "handle", handle)
    return sizes


def breaks_at(text: str, error: Exception) -> Callable[[Heard], UUID]:
    real = handling.act_on

    def act_on(heard: Heard) -> UUID:
        if heard.text == text:
            raise error
        return real(heard)

    return act_on


def test_all_are_done_in_one_transaction_in_their_order(
    cast: Cast, epj: RecordSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = counted(monkeypatch)
    with epj.together():
        said = [says(epj, f"Nummer {number}") for number in range(5)]

    assert sizes == [5]
    assert became(epj) == [(H, "")] * 5
    assert words(epj) == [f"Nummer {number}" for number in range(5)]
    assert receipts(epj) == [(one.header.id, True) for one in said]


def test_more_than_fit_are_done_in_several(
    cast: Cast, epj: RecordSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = counted(monkeypatch)
    with epj.together():
        for number in range(SEVERAL + 3):
            says(epj, f"Nummer {number}")

    assert sizes == [SEVERAL, 3]
    assert words(epj) == [f"Nummer {number}" for number in range(SEVERAL + 3)]


def test_bytes_are_bounded_too(
    cast: Cast, epj: RecordSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    smaller = turns.DUE.replace(str(turns.MOST_BYTES), "1")
    monkeypatch.setattr(turns, "DUE", smaller)
    sizes = counted(monkeypatch)
    with epj.together():
        for number in range(3):
            says(epj, f"Nummer {number}")

    assert sizes == [1, 1, 1]
    assert became(epj) == [(H, "")] * 3


def test_one_that_is_not_for_us_is_refused_among_the_others(
    cast: Cast, epj: RecordSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = counted(monkeypatch)
    with epj.together():
        says(epj, "Den første")
        says(epj, "Om en annen", BJARNE)
        says(epj, "Den tredje")

    assert sizes == [3]
    assert became(epj) == [(H, ""), (R, "E35"), (H, "")]
    assert [taken for _id, taken in receipts(epj)] == [True, False, True]


def test_bytes_that_are_no_message_are_refused_among_the_others(
    cast: Cast, epj: RecordSystem
) -> None:
    with epj.together():
        says(epj, "Den første")
        epj.send(b"<not a message>", "DIALOG_FORESPORSEL")
        says(epj, "Den tredje")

    assert [state for state, _code in became(epj)] == [H, R, H]
    assert words(epj) == ["Den første", "Den tredje"]


def test_what_is_refused_by_the_domain_takes_nothing_with_it(
    cast: Cast, epj: RecordSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = says(epj, "Dette er alt.")
    with epj.as_role("dialog_relay"), rows.seeing(scope="relay"):
        matter = Transmission.objects.get(message_id=begun.header.id.lower()).conversation_id
    conversations.close(by=cast.lund, conversation_id=matter)
    sizes = counted(monkeypatch)

    with epj.together():
        says(epj, "Den første")
        goes_on(epj, begun, "Enda en ting.")
        says(epj, "Den tredje")

    assert sizes == [3, 1, 1, 1]
    states = became(epj)[1:]
    assert [state for state, _code in states] == [H, R, H]
    assert words(epj) == ["Dette er alt.", "Den første", "Den tredje"]
    assert Counter(taken for _id, taken in receipts(epj)) == {True: 3, False: 1}


@pytest.mark.parametrize("error", [TryLater("The registry is away."), PortError()])
def test_one_that_waits_holds_up_those_after_it(
    cast: Cast, epj: RecordSystem, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr(handling, "act_on", breaks_at("Den andre", error))
    with epj.together():
        for text in ("Den første", "Den andre", "Den tredje"):
            says(epj, text)

    assert became(epj) == [(H, ""), (W, WAITS), (W, "")]
    assert words(epj) == ["Den første"]


def test_a_fault_of_ours_is_passed_by(
    cast: Cast, epj: RecordSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handling, "act_on", breaks_at("Den andre", ZeroDivisionError()))
    with epj.together():
        for text in ("Den første", "Den andre", "Den tredje"):
            says(epj, text)

    assert became(epj) == [(H, ""), (W, "ZeroDivisionError"), (H, "")]
    assert words(epj) == ["Den første", "Den tredje"]


def test_the_same_message_twice_is_done_once(cast: Cast, epj: RecordSystem) -> None:
    with epj.together():
        said = says(epj, "Den første")
        epj.say(said)

    assert [state for state, _code in became(epj)] == [H, State.REPEATED]
    assert words(epj) == ["Den første"]
    assert receipts(epj) == [(said.header.id, True)] * 2


def test_another_message_with_the_same_id_is_refused(cast: Cast, epj: RecordSystem) -> None:
    with epj.together():
        said = says(epj, "Den første")
        xml = write(said).replace("Den første".encode(), b"Den andre!")
        epj.send(xml, said.header.type.value)

    assert became(epj) == [(H, ""), (R, "E10")]
    assert words(epj) == ["Den første"]


def test_what_the_bus_gives_twice_is_kept_once_and_another_body_beside_it(
    cast: Cast, epj: RecordSystem
) -> None:
    bus_id = uuid4()
    with epj.together():
        one = says(epj, "Den første")
        assert epj.gathered is not None
        first = epj.gathered.pop()
        epj.deliver(first.body, one.header.type.value, message_id=bus_id)
        epj.deliver(first.body, one.header.type.value, message_id=bus_id)
        epj.deliver(b"other bytes", one.header.type.value, message_id=bus_id)

    with epj.as_role("dialog_relay"), rows.seeing(scope="relay"):
        kept = [bytes(wire.body) for wire in Wire.objects.filter(transmission__direction="in")]
    assert sorted(kept) == sorted([first.body, b"other bytes"])
    assert [state for state, _code in became(epj)] == [H, R]


def test_an_answer_to_what_came_just_before_it(cast: Cast, epj: RecordSystem) -> None:
    with epj.together():
        said = says(epj, "Den første")
        goes_on(epj, said, "Og en ting til.")

    assert became(epj) == [(H, "")] * 2
    with epj.as_role("dialog_relay"), rows.seeing(scope="relay"):
        came = Transmission.objects.filter(direction="in").exclude(function=APPREC)
        assert len(set(came.values_list("conversation_id", flat=True))) == 1
    assert words(epj) == ["Den første", "Og en ting til."]


def test_a_receipt_in_between_is_heard(cast: Cast, epj: RecordSystem) -> None:
    conversations.start(
        by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient_id, text="Er det åpent?"
    )
    (question,) = epj.messages()
    with epj.together():
        says(epj, "Den første")
        epj.receives(question.header)
        epj.answer(question.header, Process.ENQUIRY, "Svar", Content(text="Ja."))

    assert [state for state, _code in became(epj)] == [H, H, H]
    with epj.as_role("dialog_relay"), rows.seeing(scope="relay"):
        ours = Transmission.objects.get(message_id=question.header.id.lower())
        assert ours.state == State.RECEIVED
    assert words(epj) == ["Den første", "Ja."]


def test_acts_see_what_the_office_sees_and_no_more(
    cast: Cast, epj: RecordSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    real = handling.act_on

    def act_on(heard: Heard) -> UUID:
        seen.append(rows._now.get())
        return real(heard)

    monkeypatch.setattr(handling, "act_on", act_on)
    with epj.together():
        says(epj, "Den første")
        epj.send(b"<no>", "DIALOG_FORESPORSEL")
        says(epj, "Den tredje")

    assert {(one.practice, one.scope) for one in seen} == {(cast.lund.practice_id, "")}
    assert len(seen) == 2
