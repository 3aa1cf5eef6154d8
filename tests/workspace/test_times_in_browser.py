"""The calendar, the answers and the timebooks in a real browser."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from dialog.appointments import actions
from dialog.appointments.policy import AppointmentStatus
from dialog.demo import cast as people_in_it
from dialog.demo.cast import Cast
from dialog.people.policy import Profession
from tests.appointments.people_and_times import (
    booked,
    clinician,
    day_of,
    free,
    patient_uuid,
    view,
    wished,
    workday,
)
from tests.browsing import DESK, follow, look, press_to
from tests.doors import say_why

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(own_database: str, site: str) -> Cast:
    """The cast in a database where transactions commit."""
    return people_in_it.find()


@pytest.fixture
def office(sign_in: Any, cast: Cast) -> Any:
    """Open a page of the office as somebody who works there, and is signed in from then on."""
    at_work: dict[tuple[Any, ...], Any] = {}

    def open_page(who: str, name: str, *args: Any, query: str = "", **how: Any) -> Any:
        page = at_work.get((who, *how.items()))
        if page is None:
            page = at_work[(who, *how.items())] = sign_in(NAMES[who], **how)
        page.goto(reverse(f"workspace:{name}", args=args) + query)
        return page

    return open_page


NAMES = {"lund": "Ingrid Lund", "siri": "Siri Dahl"}


def states(cast: Cast) -> dict[str, tuple[Any, ...]]:
    slots = free(cast.kari)
    made = booked(cast.kari, slots[0])
    wish = actions.request_appointment(
        by=cast.per, text="Jeg trenger en kontroll av blodtrykket.", weekdays=[1, 3]
    )
    offer = actions.propose_time(
        by=cast.siri, patient=patient_uuid(cast.anne), slot_id=slots[3].id, text="Passer dette?"
    )
    actions.give_time(
        by=cast.siri,
        patient=patient_uuid(cast.anne),
        practitioner=clinician(cast.lund),
        starts=slots[0].starts,
        minutes=10,
        overbook_because="Haster",
    )
    actions.withdraw_slot(by=cast.siri, slot_id=slots[5].id)
    actions.add_absence(by=cast.lund, practitioner=clinician(cast.lund), first=workday(4))
    lund, day = clinician(cast.lund), f"?dag={workday().isoformat()}"
    nina, after = clinician(cast.siri, Profession.NURSE), free(cast.per, doctor="Nina Vik")[-1]
    booked(cast.per, after)
    actions.change_days(by=cast.lund, account_id=cast.nina.account, last=workday(6))
    when = f"?dag={day_of(after).isoformat()}"
    return {
        "kalender-dag": ("siri", "calendar", lund, day),
        "kalender-uke": ("siri", "calendar", lund, day + "&vis=uke"),
        "kalender-etter-siste-dag": ("siri", "calendar", nina, when),
        "timebok-med-siste-dag": ("siri", "own_timebook", nina, ""),
        "onske": ("siri", "conversation", wish.conversation_id, ""),
        "foreslatt": ("siri", "conversation", offer.conversation_id, ""),
        "bestilt": ("siri", "conversation", made.conversation_id, ""),
        "velg-time": ("siri", "choose_time", wish.conversation_id, day.replace("dag", "dag")),
        "gi-time": ("siri", "give_time", patient_uuid(cast.kari), day),
        "flytt": ("siri", "move", made.conversation_id, day),
        "avlys": ("siri", "cancel", made.conversation_id, ""),
        "timebok": ("lund", "own_timebook", lund, ""),
        "regler": ("lund", "rules", lund, ""),
        "faste-timer": ("lund", "add_hours", lund, ""),
        "borte": ("lund", "add_absence", lund, ""),
        "kalenderfil": ("lund", "import_calendar", lund, ""),
        "type": ("lund", "new_type", lund, ""),
    }


def test_every_page_can_be_used_by_everybody(office: Any, cast: Cast) -> None:
    for title, (who, name, one, query) in states(cast).items():
        page = office(who, name, one, query=query, width=DESK)
        look(page, f"workspace-{title}")


def test_a_wish_is_answered_by_keyboard_in_three_clicks_without_scripts(
    office: Any, cast: Cast
) -> None:
    wish = wished(cast.kari)
    page = office("siri", "inbox", width=DESK, scripts=False)

    follow(page.locator("a", has_text="Kari Nordmann"))
    page.locator("button[name=give]").first.focus()
    press_to(page, "Enter")

    expect(page.get_by_text("Pasienten har fått timen.")).to_be_visible()
    assert view(cast.kari, wish.conversation_id).status == AppointmentStatus.BOOKED


def test_one_leafs_through_the_calendar_by_keyboard(office: Any, cast: Cast) -> None:
    page = office(
        "siri", "calendar", clinician(cast.lund), query=f"?dag={workday().isoformat()}", width=DESK
    )
    here = page.url

    press_to(page, "l")
    expect(page).not_to_have_url(here)
    press_to(page, "h")
    expect(page).to_have_url(here)


def test_return_in_a_field_gives_nobody_a_time_by_accident(office: Any, cast: Cast) -> None:
    say_why(cast.siri, cast.kari)
    page = office("siri", "give_time", patient_uuid(cast.kari), width=DESK, scripts=False)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))

    page.focus("[name=minutes]")
    page.keyboard.press("Enter")
    follow(page.get_by_role("link", name="Avbryt"))

    assert "POST" not in sent
    assert page.url.endswith(reverse("workspace:patient", args=[patient_uuid(cast.kari)]))
