"""Whoever opens a patient with whom nothing is going on says why first, and only then."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from dialog import rows
from dialog.actor import Actor
from dialog.conversations import actions
from dialog.conversations.models import Conversation
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast, find
from dialog.ledger.models import Entry
from dialog.people.policy import NEAR, Basis, Near
from dialog.ui.routes import practice
from dialog.workspace import urls
from dialog.workspace.gate import ASK_WHY, NAMES, OF_A_DUTY, OF_NOBODY, decided, gated
from tests.authorisation.routes import ROUTES
from tests.browsing import follow, look
from tests.conversations.pictures import half_and_half, written
from tests.doors import post, say_why, signed_in
from tests.econsultations.asked import asked
from tests.people.on_lists import uuid_of
from tests.portal.times import booked
from tests.renewals.prescribed import prescribe

ASKED = "Hvorfor åpner du Kari Nordmann?"
LONG_AGO = timedelta(days=40)


def page(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def about(patient: Actor) -> str:
    return f"/kontor/pasient/{uuid_of(patient)}"


def looks(by: Actor) -> list[Any]:
    """What is written with each look of one member, newest first."""
    with rows.seeing(account=by.account):
        found = Entry.objects.filter(account_id=by.account, kind="PatientLookedUp")
        return list(found.order_by("-id").values_list("details", flat=True))


def closed_long_ago(cast: Cast, **more: Any) -> Conversation:
    one = actions.start(
        by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text="Hei", **more
    )
    actions.close(by=cast.siri, conversation_id=one.id)
    ago(cast, one)
    return one


def ago(cast: Cast, one: Conversation) -> None:
    with rows.seeing(practice=cast.siri.practice_id):
        Conversation.objects.filter(id=one.id).update(closed_at=timezone.now() - LONG_AGO)


class TestBeforeThePageIsShown:
    def test_the_reason_is_one_tap_and_the_page_follows(self, cast: Cast, as_siri: Client) -> None:
        url = about(cast.kari)
        assert ASKED in page(as_siri, url) and "Tidligere" not in page(as_siri, url)
        assert looks(cast.siri) == []

        answer = post(as_siri, f"{url}/hvorfor", **{"hvorfor-reason": "call", "til": url})

        assert answer.headers["Location"] == url
        assert "Tidligere" in page(as_siri, url)
        (look,) = looks(cast.siri)
        assert (look["basis"], look["reason"]) == ("reason", "call")

    def test_the_words_of_another_reason_are_for_the_patient_and_not_the_ledger(
        self, cast: Cast, as_siri: Client, as_kari: Client
    ) -> None:
        url = about(cast.kari)
        said = {"hvorfor-reason": "other", "hvorfor-words": "Apoteket ringte."}

        post(as_siri, f"{url}/hvorfor", til=url, **said)
        page(as_siri, url)

        assert "Apoteket" not in str(looks(cast.siri))
        assert "Åpnet pasientsiden</strong>: «Apoteket ringte.»" in page(as_kari, "/innsyn")

    def test_another_reason_without_words_is_asked_for_them(
        self, cast: Cast, as_siri: Client
    ) -> None:
        url = about(cast.kari)

        answer = post(as_siri, f"{url}/hvorfor", **{"hvorfor-reason": "other", "til": url})

        assert answer.status_code == 422
        assert "Skriv kort hvorfor." in answer.content.decode()
        assert f'value="{url}"' in answer.content.decode()
        assert ASKED in page(as_siri, url)

    def test_what_leads_elsewhere_is_not_followed(self, cast: Cast, as_siri: Client) -> None:
        url = about(cast.kari)

        for to in ("https://elsewhere.example/", "//elsewhere.example", "/innsyn", "nowhere"):
            answer = post(as_siri, f"{url}/hvorfor", **{"hvorfor-reason": "call", "til": to})
            assert answer.headers["Location"] == url

    def test_it_counts_for_the_one_who_gave_it_and_that_patient_alone(
        self, cast: Cast, as_siri: Client, as_nina: Client
    ) -> None:
        say_why(cast.siri, cast.kari)

        assert ASKED not in page(as_siri, about(cast.kari))
        assert ASKED in page(as_nina, about(cast.kari))
        assert "Hvorfor åpner du" in page(as_siri, about(cast.anne))

    def test_it_is_asked_again_the_day_after(
        self, cast: Cast, as_siri: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        say_why(cast.siri, cast.kari)
        tomorrow = timezone.localdate() + timedelta(days=1)
        monkeypatch.setattr("dialog.people.queries.looks.today", lambda: tomorrow)

        assert ASKED in page(as_siri, about(cast.kari))


class TestWhatIsGoingOn:
    """Nobody is asked, and the look says what it stands on."""

    def test_an_open_matter(self, cast: Cast, as_siri: Client) -> None:
        actions.start(by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text="Hei")

        assert ASKED not in page(as_siri, about(cast.kari))
        assert looks(cast.siri) == [{"basis": "open-matter"}]

    def test_one_that_the_member_does_not_see_is_none(
        self, cast: Cast, as_siri: Client, as_lund: Client
    ) -> None:
        asked(cast.kari)

        assert ASKED in page(as_siri, about(cast.kari))
        assert ASKED not in page(as_lund, about(cast.kari))

    def test_a_promise_to_follow_up(self, cast: Cast, as_siri: Client) -> None:
        over = closed_long_ago(cast)
        actions.make_follow_up(
            by=cast.lund, conversation_id=over.id, what="Ring", due_at=timezone.now()
        )

        assert ASKED not in page(as_siri, about(cast.kari))
        assert looks(cast.siri) == [{"basis": "follow-up"}]

    def test_what_was_just_closed(self, cast: Cast, as_siri: Client) -> None:
        over = actions.start(
            by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text="Hei"
        )
        actions.close(by=cast.siri, conversation_id=over.id)

        assert ASKED not in page(as_siri, about(cast.kari))
        assert looks(cast.siri) == [{"basis": "just-closed"}]

    def test_a_time_that_is_far_away_opens_its_own_page_and_no_other(
        self, cast: Cast, as_siri: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with_time = booked(cast, -1)
        monkeypatch.setitem(NEAR, Basis.APPOINTMENT, Near())

        assert ASKED not in page(as_siri, f"/kontor/sak/{with_time}")
        assert ASKED in page(as_siri, about(cast.kari))

    def test_a_time_that_is_near(
        self, cast: Cast, as_siri: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        booked(cast)
        monkeypatch.setitem(NEAR, Basis.APPOINTMENT, Near(ahead=400))

        assert ASKED not in page(as_siri, about(cast.kari))
        assert looks(cast.siri) == [{"basis": "appointment"}]


class TestWhatWasOnItsWay:
    def test_is_sent_with_the_reason_and_nothing_is_lost(self, cast: Cast, as_siri: Client) -> None:
        url, form = f"{about(cast.kari)}/resepter/ny", {"name": "Metoprolol", "group": "c"}

        stopped = post(as_siri, url, **form)

        shown = stopped.content.decode()
        assert stopped.status_code == 403 and ASKED in shown
        assert '<input type="hidden" name="name" value="Metoprolol">' in shown

        answer = post(as_siri, url, **form, **{"hvorfor-reason": "call"})
        assert answer.status_code == 302
        assert "Metoprolol" in page(as_siri, f"{about(cast.kari)}/resepter")

    def test_an_empty_answer_to_a_closed_matter_shows_nothing_of_it(
        self, cast: Cast, as_siri: Client
    ) -> None:
        over = closed_long_ago(cast)

        shown = post(as_siri, f"/kontor/sak/{over.id}", text="").content.decode()

        assert ASKED in shown and "Hei" not in shown.split("<main")[1]


@pytest.fixture
def of_kari(cast: Cast) -> dict[str, UUID]:
    """What Kari has at the office, all of it over long ago."""
    picture = actions.keep_file(by=cast.kari, name="arm.png", data=written(half_and_half(), "PNG"))
    over = closed_long_ago(cast, files=[picture.id])
    kept = actions.make_follow_up(
        by=cast.lund, conversation_id=over.id, what="Ring", due_at=timezone.now()
    )
    actions.finish_follow_up(by=cast.lund, follow_up_id=kept.id, how="Ringt")
    with rows.seeing(practice=cast.siri.practice_id):
        message = over.messages.get().id
    return {
        "conversation_id": over.id,
        "attachment_id": picture.id,
        "follow_up_id": kept.id,
        "patient_uuid": uuid_of(cast.kari),
        "message_id": message,
        "proxy_uuid": uuid4(),  # whoever opens it is asked before it is looked for
        "ref": prescribe(cast, cast.kari, "Metoprolol", repeats_left=0),
    }


class TestThereIsNoWayAround:
    def test_every_page_of_somebodys_asks_whoever_opens_it(
        self, cast: Cast, of_kari: dict[str, UUID]
    ) -> None:
        client = signed_in(cast.lund)
        ways = [
            (name, method, _filled(one.here, of_kari))
            for name, one in ROUTES.items()
            for method in ("get", "post")
            if name.startswith("workspace:") and name.removeprefix("workspace:") not in ASK_WHY
            if any(f":{word}>" in one.here for word in NAMES)
            if not any(f":{word}>" in one.here for word in OF_A_DUTY)
        ]
        assert len(ways) > 80

        through = [
            (name, method)
            for name, method, url in ways
            for answer in [_asked(client, method, url)]
            if answer.status_code != 405 and ASKED not in answer.content.decode()
        ]

        assert through == []

    def test_nobody_elses_address_is_under_the_office(self) -> None:
        """What stands in front of the workspace's addresses stands in front of all there are."""
        offices = {name for name, one in ROUTES.items() if one.side == "practice"}

        assert {name for name in offices if not name.startswith("workspace:")} == set()

    def test_an_address_that_nobody_has_decided_about_stops_the_start(self) -> None:
        for address in ("nytt", "nytt/<uuid:somebody>", "nytt/<uuid:list_uuid>/<int:whom>"):
            with pytest.raises(ImproperlyConfigured):
                gated([practice(address, lambda _request: HttpResponse(), "new")])

    def test_every_address_is_decided_about_and_nothing_else_is_named(self) -> None:
        names = {one.name for one in urls.urlpatterns if not one.pattern.converters}

        assert names - OF_A_DUTY == OF_NOBODY
        assert {one.name for one in urls.urlpatterns if decided(one) is None} >= OF_NOBODY


def _filled(address: str, things: dict[str, UUID]) -> str:
    parts = address.split("<")
    named = [part.partition(">") for part in parts[1:]]
    return (
        "/" + parts[0] + "".join(str(things[one.split(":")[1]]) + rest for one, _end, rest in named)
    )


def _asked(client: Client, method: str, url: str) -> HttpResponse:
    sent = {"request_key": str(uuid4())} if method == "post" else {}
    return getattr(client, method)(url, sent)  # type: ignore[no-any-return]


@pytest.mark.browser
def test_in_a_browser(sign_in: Callable[..., Any], site: str) -> None:
    kari = find().kari
    page = sign_in("Siri Dahl", "practice")
    page.goto(about(kari))
    look(page, "workspace-why")
    menu = page.get_by_role("navigation", name="Meny").get_by_role("link")
    assert len({one.bounding_box()["y"] for one in menu.all()}) == 1  # on a telephone too
    follow(page.get_by_role("button", name="Gå videre"))
    look(page, "workspace-why-refused")
