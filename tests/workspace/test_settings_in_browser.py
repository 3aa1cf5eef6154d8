"""The settings pages as people see them: for everybody, on a phone and at a desk."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from dialog import rows
from dialog.appointments import actions as appointments
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Feature
from dialog.demo.cast import find
from dialog.people import queries as people
from dialog.working_days import local
from tests.appointments.people_and_times import booked, free
from tests.browsing import DESK, follow, look
from tests.people.on_lists import asked

pytestmark = pytest.mark.browser


def addresses(cast):
    """Every settings page, with something on it."""
    with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
        lists = people.lists_of_practice(cast.lund)
        mine = next(one for one in lists if one.practitioner_id)
        lab = people.clinicians_of_practice(cast.lund)[-1]
        patient = people.patients_found(cast.lund, "Nordmann")[0]
    day = people.today() + timedelta(days=20)
    conversations.plan_pause(
        by=cast.lund,
        list_id=mine.list_id,
        feature=Feature.ECONSULTATION,
        starts=local(day, time(8)),
        ends=None,
        reason="Jeg har ferie.",
    )
    conversations.switch_service(
        by=cast.lund, list_id=mine.list_id, feature=Feature.ENQUIRY_FILES, on=False
    )
    booked(cast.kari, free(cast.kari, doctor="Nina Vik")[-1])
    last = people.today() + timedelta(days=5)
    appointments.change_days(by=cast.lund, account_id=cast.nina.account, last=last)
    one, here = [mine.list_uuid], "workspace:"
    return {
        "settings": reverse(f"{here}settings"),
        "facts": reverse(f"{here}office_facts"),
        "staff": reverse(f"{here}staff"),
        "remove": reverse(f"{here}remove_colleague", args=[cast.siri.account_uuid]),
        "days": reverse(f"{here}colleague_days", args=[cast.nina.account_uuid]),
        "timebooks": reverse(f"{here}timebooks"),
        "timebook": reverse(f"{here}timebook", args=[lab.uuid]),
        "lists": reverse(f"{here}lists"),
        "change-list": reverse(f"{here}change_list", args=one),
        "patients": reverse(f"{here}list_patients", args=one),
        "file": reverse(f"{here}list_file", args=one),
        "substitutes": reverse(f"{here}substitutes", args=one),
        "closing-days": reverse(f"{here}closing_days"),
        "duties": reverse(f"{here}duties"),
        "which-list": reverse(f"{here}services"),
        "services": reverse(f"{here}list_services", args=one),
        "words": reverse(f"{here}service_words", args=[*one, "econsultation"]),
        "off": reverse(f"{here}switch_off", args=[*one, "enquiry"]),
        "off-part": reverse(f"{here}switch_off", args=[*one, "econsultation-files"]),
        "pause": reverse(f"{here}plan_pause", args=one),
        "patient": reverse(f"{here}patients_list", args=[patient.uuid]),
    }


def test_every_settings_page_is_for_everybody(sign_in, own_database):
    page = sign_in("Ingrid Lund", width=DESK)
    for name, address in addresses(find()).items():
        page.goto(address)
        look(page, f"settings-{name}")


def test_a_refused_form_is_too(sign_in):
    page = sign_in("Ingrid Lund", width=DESK)
    for name in ("staff", "closing_days", "lists"):
        page.goto(reverse(f"workspace:{name}"))
        follow(page.locator("main form button[type=submit]").last)
        look(page, f"settings-{name}-refused")


def test_and_the_patients_page_about_the_gp(sign_in, own_database):
    wish = asked(find())
    page = sign_in("Kari Nordmann")
    for name, address in (
        ("gp", reverse("portal:gp")),
        ("gp-change", reverse("portal:gp_change", args=[wish.uuid])),
    ):
        page.goto(address)
        look(page, f"portal-{name}")


def test_a_service_is_switched_off_and_on_without_scripts(sign_in):
    page = sign_in("Ingrid Lund", width=DESK, scripts=False)
    page.goto(reverse("workspace:services"))
    follow(page.get_by_role("link", name="Ingrid Lund"))

    follow(page.get_by_role("link", name="Slå av Kontakt legekontoret"))
    follow(page.get_by_role("button", name="Ja, slå av nå"))
    expect(page.get_by_role("status")).to_have_text("Kontakt legekontoret er av.")

    follow(page.get_by_role("button", name="Slå på Kontakt legekontoret"))
    expect(page.get_by_role("status")).to_have_text("Kontakt legekontoret er på.")
