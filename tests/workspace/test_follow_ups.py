"""What the practice has promised itself."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dialog import rows
from dialog.conversations import actions, chores
from dialog.conversations.models import FollowUp
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast
from dialog.people import queries as people
from dialog.ui import dates
from tests.counting import queries_of
from tests.doors import post
from tests.econsultations.asked import CARD, asked, seen


def promise(cast: Cast) -> FollowUp:
    asked = actions.start(by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text="Hei")
    return actions.make_follow_up(
        by=cast.siri,
        conversation_id=asked.id,
        what="Ring om prøvesvaret",
        due_at=timezone.now() - timedelta(days=1),
        owner_id=cast.siri.account_id,
    )


@pytest.fixture
def unread(cast: Cast) -> FollowUp:
    told = actions.start(
        by=cast.siri,
        kind=Kind.ENQUIRY,
        patient_id=cast.kari.patient,
        text="Kom til kontroll.",
        important=True,
        remind_at=timezone.now(),
    )
    with rows.seeing(practice=cast.siri.practice):
        made = actions.remind_of_unread(conversation_id=told.id)
    assert made is not None
    return made


def test_the_list_says_whose_and_that_it_is_late_but_not_what(cast: Cast, as_siri: Client) -> None:
    promise(cast)

    page = as_siri.get("/kontor/oppfolging").content.decode()

    for words in ("Kari Nordmann", "Siri Dahl", "Over fristen", "Avtalt oppfølging"):
        assert words in page
    assert "Ring om prøvesvaret" not in page


def test_mine_and_nobodys_are_told_apart(cast: Cast, as_siri: Client, as_nina: Client) -> None:
    made = promise(cast)

    assert str(made.id) in as_siri.get("/kontor/oppfolging?hvem=mine").content.decode()
    assert str(made.id) not in as_nina.get("/kontor/oppfolging?hvem=mine").content.decode()
    assert str(made.id) not in as_siri.get("/kontor/oppfolging?hvem=nobody").content.decode()


def test_an_agreed_one_is_done_without_a_word(cast: Cast, as_siri: Client) -> None:
    made = promise(cast)

    answer = post(as_siri, f"/kontor/oppfolging/{made.id}", how="")

    assert answer.headers["Location"] == "/kontor/oppfolging"
    assert "Gjort" in as_siri.get(f"/kontor/oppfolging/{made.id}").content.decode()


def test_an_unread_message_is_not_let_go_without_saying_what_was_done(
    as_siri: Client, unread: FollowUp
) -> None:
    refused = post(as_siri, f"/kontor/oppfolging/{unread.id}", how="")
    taken = post(as_siri, f"/kontor/oppfolging/{unread.id}", how="Jeg ringte og leste den opp.")

    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Ikke lest" in page and "99900000" in page
    assert taken.status_code == 302
    assert "Jeg ringte" in as_siri.get(f"/kontor/oppfolging/{unread.id}").content.decode()


def test_it_is_done_once(as_siri: Client, unread: FollowUp) -> None:
    post(as_siri, f"/kontor/oppfolging/{unread.id}", how="Ringte.")

    assert post(as_siri, f"/kontor/oppfolging/{unread.id}", how="Ringte.").status_code == 409


def test_another_office_does_not_find_it(as_berg: Client, unread: FollowUp) -> None:
    assert as_berg.get(f"/kontor/oppfolging/{unread.id}").status_code == 404
    assert post(as_berg, f"/kontor/oppfolging/{unread.id}", how="Hei").status_code == 404
    assert str(unread.id) not in as_berg.get("/kontor/oppfolging").content.decode()


def test_a_longer_list_takes_no_more_queries(cast: Cast, as_siri: Client) -> None:
    promise(cast)
    few = queries_of(as_siri, "/kontor/oppfolging")
    for _number in range(10):
        promise(cast)

    assert queries_of(as_siri, "/kontor/oppfolging") == few


def test_the_message_comes_as_a_letter(as_siri: Client, as_berg: Client, unread: FollowUp) -> None:
    address = f"/kontor/oppfolging/{unread.id}/brev.pdf"

    answer = as_siri.get(address)

    assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[arg-type]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert as_berg.get(address).status_code == 404


def test_the_relay_reminds_and_makes_the_item(
    cast: Cast, as_siri: Client, as_role: Callable[[str], AbstractContextManager[None]]
) -> None:
    actions.start(
        by=cast.siri,
        kind=Kind.ENQUIRY,
        patient_id=cast.kari.patient,
        text="Kom til kontroll.",
        important=True,
        remind_at=timezone.now(),
    )

    with as_role("dialog_relay"):
        chores.remind()
        chores.remind()

    page = as_siri.get("/kontor/oppfolging").content.decode()
    assert page.count("Ikke lest") == 1


def test_what_the_patient_has_opened_is_not_followed_up(
    cast: Cast,
    as_siri: Client,
    as_kari: Client,
    as_role: Callable[[str], AbstractContextManager[None]],
) -> None:
    told = actions.start(
        by=cast.siri,
        kind=Kind.ENQUIRY,
        patient_id=cast.kari.patient,
        text="Kom til kontroll.",
        important=True,
        remind_at=timezone.now(),
    )
    as_kari.get(f"/meldinger/{told.id}")

    with as_role("dialog_relay"):
        chores.remind()

    assert "Ikke lest" not in as_siri.get("/kontor/oppfolging").content.decode()


def test_one_promised_for_a_sunday_is_refused_and_every_word_kept(
    cast: Cast, as_lund: Client
) -> None:
    question = asked(cast.kari)
    sunday = people.today() + timedelta(days=13 - people.today().weekday())
    said = {**asdict(CARD), "follow_up_on": sunday.isoformat()}

    answer = post(
        as_lund,
        f"/kontor/e-konsultasjon/{question.id}/avslutt",
        **said,
        owner=str(cast.lund.account_uuid),
        seen=1,
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"Legekontoret er stengt {dates.day(sunday)}" in page
    assert [words for words in said.values() if words not in page] == []
    assert seen(cast.kari, question).card is None
