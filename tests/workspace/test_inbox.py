"""The practice's inbox: lanes, whose, in which order, and what nobody may see."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from dialog import rows
from dialog.conversations import actions, queries
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Kind
from dialog.conversations.queries import Lane, Whose
from dialog.demo.cast import Cast
from tests.counting import queries_of
from tests.doors import post, signed_in


def ask(cast: Cast, kind: Kind = Kind.ENQUIRY, who: str = "kari") -> Conversation:
    by = getattr(cast, who)
    return actions.start(by=by, kind=kind, patient_id=by.patient, text="Vondt i kneet")


def address(conversation: Conversation) -> str:
    return f"/kontor/sak/{conversation.id}"


def test_an_item_says_who_what_whose_and_by_when_but_never_the_words(
    cast: Cast, as_siri: Client
) -> None:
    asked = ask(cast)

    page = as_siri.get("/kontor/").content.decode()

    assert address(asked) in page
    for words in ("Kari Nordmann", "14.03.1985", "Henvendelse", "Helsesekretær", "Frist"):
        assert words in page
    assert "Vondt i kneet" not in page


def test_another_office_sees_nothing(cast: Cast, as_berg: Client) -> None:
    asked = ask(cast)

    assert address(asked) not in as_berg.get("/kontor/").content.decode()


def test_an_e_consultation_is_in_no_list_and_no_count_of_the_secretary(
    cast: Cast, as_siri: Client, as_lund: Client
) -> None:
    asked = ask(cast, Kind.ECONSULTATION)

    hidden = as_siri.get("/kontor/").content.decode()
    seen = as_lund.get("/kontor/").content.decode()

    assert address(asked) in seen and "E-konsultasjoner" in seen
    assert address(asked) not in hidden and "E-konsultasjoner" not in hidden
    assert '<span class="count" data-color="neutral">1</span>' not in hidden


def test_a_lane_one_may_not_see_shows_what_one_may(cast: Cast, as_siri: Client) -> None:
    consultation, enquiry = ask(cast, Kind.ECONSULTATION), ask(cast)

    page = as_siri.get("/kontor/?liste=econsultation").content.decode()

    assert address(consultation) not in page and address(enquiry) in page


def test_a_lane_shows_one_service(cast: Cast, as_siri: Client) -> None:
    enquiry, appointment = ask(cast), ask(cast, Kind.APPOINTMENT)

    page = as_siri.get("/kontor/?liste=appointment").content.decode()

    assert address(appointment) in page and address(enquiry) not in page


def test_mine_are_those_handed_to_me_and_nobodys_are_the_rest(cast: Cast, as_siri: Client) -> None:
    handed, left = ask(cast), ask(cast, who="per")
    actions.assign(by=cast.nina, conversation_id=handed.id, to_account=cast.siri.account_uuid)

    mine = as_siri.get("/kontor/?hvem=mine").content.decode()
    nobodys = as_siri.get("/kontor/?hvem=nobody").content.decode()

    assert address(handed) in mine and address(left) not in mine
    assert address(left) in nobodys and address(handed) not in nobodys


def test_a_doctors_own_lists_are_hers_without_being_handed_over(
    cast: Cast, as_lund: Client
) -> None:
    asked = ask(cast, Kind.ECONSULTATION)

    assert address(asked) in as_lund.get("/kontor/?hvem=mine").content.decode()


def test_a_doctor_begins_with_her_own_and_sees_how_much_there_is_of_both(
    cast: Cast, as_lund: Client
) -> None:
    own, others = ask(cast, Kind.ECONSULTATION), ask(cast)

    mine = as_lund.get("/kontor/").content.decode()
    everybodys = as_lund.get("/kontor/?hvem=everybody").content.decode()

    assert address(own) in mine and address(others) not in mine
    assert address(own) in everybodys and address(others) in everybodys
    for page in (mine, everybodys):
        assert "Mine (1)" in page and "Alles (2)" in page


def test_what_a_doctor_chose_instead_is_remembered(cast: Cast, as_lund: Client) -> None:
    others = ask(cast)
    as_lund.get("/kontor/?hvem=everybody")

    assert address(others) in as_lund.get("/kontor/").content.decode()
    assert address(others) in as_lund.get("/kontor/?liste=enquiry").content.decode()


def test_where_nothing_is_hers_everybodys_are_one_click_away(cast: Cast, as_lund: Client) -> None:
    others = ask(cast)

    empty = as_lund.get("/kontor/?liste=enquiry").content.decode()

    assert "Ingen av sakene her er dine." in empty and "Alles (1)" in empty
    assert address(others) in as_lund.get(href_of(empty, "Se alles saker")).content.decode()


def href_of(page: str, words: str) -> str:
    found = re.search(r'href="([^"]*)"[^>]*>' + words, page)
    assert found is not None
    return f"/kontor/{unescape(found[1])}"


def test_others_begin_with_everybodys(cast: Cast, as_siri: Client) -> None:
    asked = ask(cast)

    page = as_siri.get("/kontor/").content.decode()

    assert address(asked) in page
    assert "Mine (" not in page


def test_after_her_own_a_doctor_comes_to_the_next_of_her_own(cast: Cast, as_lund: Client) -> None:
    first, others, second = ask(cast, Kind.RENEWAL), ask(cast), ask(cast, Kind.RENEWAL)
    as_lund.get("/kontor/")

    answer = as_lund.get(f"{address(first)}/neste")

    assert answer.headers["Location"] == address(second)
    assert answer.headers["Location"] != address(others)


def test_what_is_counted_as_hers_is_what_is_listed(cast: Cast) -> None:
    for kind in (Kind.ECONSULTATION, Kind.RENEWAL, Kind.ENQUIRY):
        ask(cast, kind)
    handed = ask(cast, who="per")
    actions.assign(by=cast.nina, conversation_id=handed.id, to_account=cast.lund.account_uuid)

    for by in (cast.lund, cast.siri, cast.nina, cast.berg):
        with rows.seeing(practice=by.practice, account=by.account):
            for lane in Lane:
                listed, _more = queries.inbox(by, lane=lane, whose=Whose.MINE)
                assert queries.mine_count(by, lane) == len(listed)


@pytest.mark.parametrize(("order", "first"), [("age", "per"), ("patient", "per"), ("due", "kari")])
def test_the_order_is_the_readers_choice(
    cast: Cast, as_siri: Client, order: str, first: str
) -> None:
    found = {who: ask(cast, who=who) for who in ("per", "kari")}
    overdue = timezone.now() - timedelta(days=1)
    make_due(cast, found["kari"], overdue)

    page = as_siri.get(f"/kontor/?sorter={order}").content.decode()

    places = sorted(found, key=lambda who: page.index(address(found[who])))
    assert places[0] == first
    assert "Over fristen" in page


def make_due(cast: Cast, conversation: Conversation, at: object) -> None:
    with rows.seeing(practice=cast.siri.practice):
        Conversation.objects.filter(id=conversation.id).update(due_at=at)


def test_what_has_been_answered_is_under_its_own_status(cast: Cast, as_siri: Client) -> None:
    asked = ask(cast)
    actions.reply(by=cast.siri, conversation_id=asked.id, text="Ja.")

    assert address(asked) not in as_siri.get("/kontor/").content.decode()
    assert address(asked) in as_siri.get("/kontor/?status=with-patient").content.decode()


@pytest.mark.parametrize("page", ["/kontor/", "/kontor/?liste=enquiry&sorter=patient"])
def test_thirty_items_take_no_more_queries_than_one(cast: Cast, page: str) -> None:
    client = signed_in(cast.siri)
    ask(cast)
    client.get(page)
    few = queries_of(client, page)
    for _number in range(29):
        ask(cast)

    assert queries_of(client, page) == few


def test_whose_one_looks_at_is_remembered_from_lane_to_lane(cast: Cast, as_siri: Client) -> None:
    handed, left = ask(cast), ask(cast, who="per")
    actions.assign(by=cast.nina, conversation_id=handed.id, to_account=cast.siri.account_uuid)
    as_siri.get("/kontor/?hvem=mine")

    lane = as_siri.get("/kontor/?liste=enquiry").content.decode()
    everybodys = as_siri.get("/kontor/?hvem=everybody").content.decode()

    assert address(handed) in lane and address(left) not in lane
    assert address(left) in everybodys


def test_what_is_marked_as_urgent_says_so_in_the_list_and_in_the_thread(
    cast: Cast, as_siri: Client
) -> None:
    asked = ask(cast)
    thread = as_siri.get(address(asked)).content.decode()

    marked = post(as_siri, f"{address(asked)}/haster", urgent="1")

    assert marked.headers["Location"] == address(asked)
    assert "Marker som haster" in thread
    assert "Haster ikke lenger" in as_siri.get(address(asked)).content.decode()
    assert (
        '<span class="late">Haster</span>' in as_siri.get("/kontor/?sorter=urgent").content.decode()
    )
    post(as_siri, f"{address(asked)}/haster", urgent="")
    assert '<span class="late">Haster</span>' not in as_siri.get("/kontor/").content.decode()


def test_what_is_over_cannot_be_marked_as_urgent(cast: Cast, as_siri: Client) -> None:
    asked = ask(cast)
    actions.close(by=cast.siri, conversation_id=asked.id)

    refused = post(as_siri, f"{address(asked)}/haster", urgent="1")

    assert refused.status_code == 409
    assert "Marker som haster" not in refused.content.decode()
