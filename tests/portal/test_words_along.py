"""Words that go on to another service come along whole, however little that service takes."""

import re

import pytest
from django.test import Client

from dialog.appointments import actions as appointments
from dialog.conversations import actions as conversations
from dialog.conversations.models import Conversation
from dialog.conversations.policy import A_WORD_MORE, Kind
from dialog.demo.cast import Cast
from dialog.econsultations import actions
from dialog.errors import InvalidInput
from tests.appointments.people_and_times import free
from tests.doors import post
from tests.econsultations.asked import asked

IN_PERSON = "in-person"
LONG = "\n".join(f"{number}. Det klør på armen." for number in range(170))


@pytest.fixture
def declined(cast: Cast) -> Conversation:
    conversation = asked(cast.kari, text=LONG)
    actions.decline(by=cast.lund, conversation_id=conversation.id, reason="Jeg må se på den.")
    return conversation


def offered(client: Client, address: str) -> str:
    found = re.search(r"<textarea[^>]*>\n([^<]*)<", client.get(address).content.decode())
    return found[1].replace("\n", "\r\n") if found else ""


def at_the_office(client: Client, address: str) -> str:
    return client.get(address.replace("/meldinger/", "/kontor/sak/")).content.decode()


def all_of_it(page: str) -> bool:
    return all(line in page for line in LONG.splitlines())


def test_into_a_wish_for_a_time(as_kari: Client, as_siri: Client, declined: Conversation) -> None:
    way = f"/time/onske?fra={declined.id}"

    sent = post(as_kari, way, fra=str(declined.id), text=offered(as_kari, way))

    assert all_of_it(at_the_office(as_siri, sent.headers["Location"]))


def test_into_a_time_that_is_taken(
    cast: Cast, as_kari: Client, as_siri: Client, declined: Conversation
) -> None:
    slot = str(free(cast.kari)[0].id)
    text = offered(as_kari, f"/time/bestill?time={slot}&fra={declined.id}")

    sent = post(
        as_kari, "/time/bestill", time=slot, fra=str(declined.id), text=text, meeting=IN_PERSON
    )

    assert all_of_it(at_the_office(as_siri, sent.headers["Location"]))


@pytest.mark.parametrize("to", [Kind.ENQUIRY, Kind.APPOINTMENT])
def test_from_where_the_doctor_shows_the_way(
    cast: Cast, as_kari: Client, as_siri: Client, to: Kind
) -> None:
    conversation = asked(cast.kari, text=LONG)
    if to is Kind.ENQUIRY:
        actions.point_to_free_service(by=cast.lund, conversation_id=conversation.id, to=to)
    else:
        actions.refer_to_appointment(by=cast.lund, conversation_id=conversation.id, text="Kom.")
    way = f"/meldinger/{conversation.id}/ta-med"

    sent = post(as_kari, way, text=offered(as_kari, way), topic="other")

    assert all_of_it(at_the_office(as_siri, sent.headers["Location"]))


def test_into_a_time_chosen_instead_of_a_wish(cast: Cast, as_kari: Client) -> None:
    conversation = asked(cast.kari, text=LONG)
    actions.refer_to_appointment(by=cast.lund, conversation_id=conversation.id, text="Kom.")

    page = as_kari.get(f"/meldinger/{conversation.id}/ta-med").content.decode()

    assert f'href="/time?fra={conversation.id}"' in page


def test_from_a_time_that_is_lost_to_a_wish_in_words_and_never_in_the_address(
    cast: Cast, as_kari: Client
) -> None:
    slot = str(free(cast.kari)[0].id)
    appointments.book_slot(by=cast.per, slot_id=free(cast.per)[0].id)
    lost = post(as_kari, "/time/bestill", time=slot, text="Vond skulder", meeting=IN_PERSON)
    way = re.search(r"<button[^>]*/time/onske[^>]*>", lost.content.decode())

    page = post(as_kari, "/time/onske", videre="1", text="Vond skulder").content.decode()

    assert way is not None and "get" not in way[0] and 'name="videre"' in way[0]
    assert "Vond skulder" in page and "Fyll ut" not in page and "ds-validation" not in page


def test_who_reads_it_now_is_said(as_kari: Client, declined: Conversation) -> None:
    page = as_kari.get(f"/time/onske?fra={declined.id}").content.decode()

    assert "alle som jobber på legekontoret" in page
    assert "alle som jobber på legekontoret" not in as_kari.get("/time/onske").content.decode()


def test_there_is_room_for_a_word_more_and_not_for_another_letter(
    cast: Cast, declined: Conversation
) -> None:
    more = LONG + "x" * A_WORD_MORE

    with pytest.raises(InvalidInput):
        appointments.request_appointment(by=cast.kari, text=more + "x", continues_id=declined.id)
    wished = appointments.request_appointment(by=cast.kari, text=more, continues_id=declined.id)

    assert wished.conversation_id


def test_what_goes_on_from_nothing_has_room_for_as_much_as_before(cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        appointments.request_appointment(by=cast.kari, text=LONG)


def test_nobody_goes_on_from_what_is_anothers(
    cast: Cast, as_per: Client, declined: Conversation
) -> None:
    way = f"/time/onske?fra={declined.id}"

    assert as_per.get(way).status_code == 404
    assert post(as_per, way, fra=str(declined.id), text=LONG).status_code == 404


def test_several_messages_to_the_office_are_one_text(cast: Cast, as_kari: Client) -> None:
    asked_first = conversations.start(
        by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text="a" * 900
    )
    conversations.reply(by=cast.kari, conversation_id=asked_first.id, text="b" * 900)
    conversations.redirect(by=cast.siri, conversation_id=asked_first.id, to=Kind.APPOINTMENT)
    way = f"/meldinger/{asked_first.id}/ta-med"

    sent = post(as_kari, way, text=offered(as_kari, way))

    assert "b" * 900 in as_kari.get(sent.headers["Location"]).content.decode()
