"""The components in a real browser: for every eye, by keyboard, and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browsing import (
    DESK,
    LIGHTS,
    PHONE,
    faults,
    follow,
    keep,
    next_page,
    served,
    too_wide,
)

pytestmark = pytest.mark.browser

OFFICE = "/galleri?side=kontor"
GALLERY = ["/galleri", OFFICE, "/galleri?side=bekreft"]


@pytest.fixture(scope="module")
def site(chromium, django_db_setup, django_db_blocker):
    """One site for all of these tests: none of them changes anything."""
    with django_db_blocker.unblock(), served() as address:
        yield address


@pytest.mark.parametrize("light", LIGHTS)
@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("address", [*GALLERY, "/tilgjengelighet", "/finnes-ikke"])
def test_nobody_is_shut_out_of_any_component(browse, address, width, light):
    page = browse(address, width=width, light=light)

    keep(page, "ui-" + "-".join(re.findall("[a-zæøå]+", address)), width, light)
    assert faults(page) == []
    assert not too_wide(page)


@pytest.mark.parametrize(("width", "text"), [(320, "100%"), (PHONE, "200%")])
@pytest.mark.parametrize("address", GALLERY)
def test_large_text_and_small_screens_need_no_scrolling_sideways(browse, address, width, text):
    page = browse(address, width=width)

    page.evaluate("size => { document.documentElement.style.fontSize = size }", text)

    assert not too_wide(page)


def test_a_reader_who_chose_dark_gets_it_on_a_light_machine(browse):
    page = browse("/galleri")
    expect(page.locator("body")).to_have_css("background-color", "rgb(250, 248, 244)")

    follow(page.locator(".schemes a", has_text="Mørk"))

    expect(page.locator("body")).to_have_css("background-color", "rgb(24, 24, 23)")
    assert faults(page) == []


def test_a_reader_chooses_english_by_a_plain_link(browse):
    page = browse("/galleri", scripts=False)

    follow(page.get_by_text("English"))

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_url(re.compile("/galleri$"))


def test_the_counter_counts_while_one_writes_and_says_when_it_is_too_much(browse):
    page = browse("/galleri")

    page.fill("#id_reason", "æøå\nto")
    expect(page.locator("#id_reason_count")).to_have_text("6 av 500 tegn")

    page.fill("#id_reason", "x" * 503)
    expect(page.locator("#id_reason_count")).to_have_text("3 tegn for mye")


def test_the_counter_says_how_much_room_there_is_without_scripts(browse):
    page = browse("/galleri", scripts=False)

    expect(page.locator("#id_reason_count")).to_have_text("Plass til 500 tegn")


def test_who_leaves_with_words_unsent_is_asked_first(browse):
    page = browse("/galleri")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    page.fill("#id_reason", "Halvferdig")
    with page.expect_event("dialog"):
        page.click(".brand")

    assert asked == ["beforeunload"]
    expect(page.locator("#id_reason")).to_have_value("Halvferdig")


def test_two_quick_clicks_send_a_form_once(browse):
    page = browse("/galleri")

    with next_page(page):
        stopped = page.evaluate(TWO_CLICKS)

    assert stopped == [False, True]


# Whether each of two clicks was stopped; the page hears of them before the window does.
TWO_CLICKS = """
() => {
  const stopped = [];
  addEventListener("submit", (event) => stopped.push(event.defaultPrevented));
  for (const n of [1, 2]) document.querySelector("main form[novalidate]").requestSubmit();
  return stopped;
}
"""


class TestKeys:
    def test_j_and_k_walk_through_the_list(self, browse):
        page = browse(OFFICE, width=DESK)

        kari, per = "Ulest: Kari Nordmann", "Per Hansen"
        for key, there in (("j", kari), ("j", per), ("k", kari)):
            page.keyboard.press(key)
            expect(page.locator(":focus strong")).to_have_text(there)

    def test_a_key_is_a_letter_while_one_writes(self, browse):
        page = browse(OFFICE, width=DESK)

        page.focus("#id_reason")
        page.keyboard.type("jk?")

        expect(page.locator("#id_reason")).to_have_value("jk?")

    def test_a_question_mark_shows_the_keys(self, browse):
        page = browse(OFFICE, width=DESK)

        page.keyboard.press("?")

        expect(page.locator(".keys dl")).to_be_visible()

    def test_the_keys_can_be_turned_off(self, browse):
        page = browse(OFFICE, width=DESK)

        page.keyboard.press("?")
        follow(page.get_by_role("link", name="Slå av hurtigtaster"))
        page.keyboard.press("j")

        assert page.evaluate("document.activeElement.hasAttribute('data-item')") is False


def test_the_first_stop_of_the_tab_key_leads_to_the_content(browse):
    page = browse("/tilgjengelighet")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("#innhold")).to_be_focused()


def test_the_problems_of_a_form_lead_to_their_fields(browse):
    page = browse("/galleri", scripts=False)

    page.click(".ds-error-summary a:text('Mobilnummer')")
    page.keyboard.press("Tab")

    expect(page).to_have_url(re.compile("#feil_phone$"))
