"""What a record system was told of is erased too, and never before it has been told."""

from datetime import timedelta
from uuid import UUID

import time_machine
from django.utils import timezone

from dialog import rows
from dialog.conversations.policy import Topic
from dialog.conversations.rights import Obstacle, in_the_way
from dialog.demo.cast import Cast
from dialog.enquiries import actions as enquiries
from dialog.interop.building import Content
from dialog.interop.forgetting import Forgetting
from dialog.interop.names import Process
from tests.content.scene import raw
from tests.conversations import rights
from tests.interop.hearing import heard
from tests.interop.record_system import RecordSystem

BODIES = """
SELECT w.body FROM interop_wire AS w JOIN interop_transmission AS t ON t.id = w.transmission_id
WHERE t.conversation_id = %s
"""


def in_the_way_of(cast: Cast, conversation_id: UUID) -> list[Obstacle]:
    with rows.seeing(practice=cast.lund.practice_id):
        return in_the_way(conversation_id)


def kept(conversation_id: UUID) -> set[bytes]:
    return {bytes(body)[:1] for (body,) in raw(BODIES, conversation_id)}


def test_what_is_owed_or_has_no_receipt_is_in_the_way(cast: Cast, epj: RecordSystem) -> None:
    one = enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")
    assert in_the_way_of(cast, one.id) == [Obstacle.ON_ITS_WAY]
    told = heard(epj)
    assert in_the_way_of(cast, one.id) == [Obstacle.ON_ITS_WAY]

    epj.receives(told.header)

    assert in_the_way_of(cast, one.id) == []


def test_what_went_and_came_is_emptied_with_the_matter(cast: Cast, epj: RecordSystem) -> None:
    one = enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")
    told = heard(epj)
    epj.receives(told.header)
    epj.answer(told.header, Process.ENQUIRY, "Svar", Content(text="Klokka åtte."))
    rights.actions.close(by=cast.siri, conversation_id=one.id)
    for message in epj.messages():
        epj.receives(message.header)
    before = kept(one.id)

    rights.erased(cast, epj.as_role, one.id)

    assert before == {b"\x01"}
    assert kept(one.id) == {b"\x04"}
    assert {one.text for one in rights.seen(cast.kari, one.id).messages} == {
        "Innholdet er slettet."
    }


def forget(epj: RecordSystem, days: int) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=days)), epj.as_role("dialog_relay"):
        Forgetting()()


def test_the_bytes_of_what_is_done_are_forgotten_in_time_and_the_words_stay(
    cast: Cast, epj: RecordSystem
) -> None:
    one = enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")
    told = heard(epj)
    epj.receives(told.header)

    forget(epj, 89)
    assert kept(one.id) == {b"\x01"}
    forget(epj, 91)

    assert kept(one.id) == {b"\x04"}
    assert [one.text for one in rights.seen(cast.kari, one.id).messages] == ["Når?"]


def test_what_still_waits_for_a_receipt_is_kept_whole(cast: Cast, epj: RecordSystem) -> None:
    one = enquiries.ask_practice(by=cast.kari, topic=Topic.OPENING_HOURS, text="Når?")
    heard(epj)

    forget(epj, 500)

    assert kept(one.id) == {b"\x01"}
