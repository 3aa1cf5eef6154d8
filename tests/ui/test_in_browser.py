"""The components in a real browser: for every eye, by keyboard, and without scripts."""

import re

import pytest

from tests.browsing import DESK, LIGHTS, PHONE, faults, keep, served, too_wide

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
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")

    page.click(".schemes a:text('Mørk')")

    after = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (before, after) == ("rgb(250, 248, 244)", "rgb(24, 24, 23)")
    assert faults(page) == []


def test_a_reader_chooses_english_by_a_plain_link(browse):
    page = browse("/galleri", scripts=False)

    page.click("text=English")

    assert page.get_attribute("html", "lang") == "en"
    assert page.url.endswith("/galleri")


def test_the_counter_counts_while_one_writes_and_says_when_it_is_too_much(browse):
    page = browse("/galleri")

    page.fill("#id_reason", "æøå\nto")
    room = page.text_content("#id_reason_count")
    page.fill("#id_reason", "x" * 503)

    assert room == "6 av 500 tegn"
    assert page.text_content("#id_reason_count") == "3 tegn for mye"


def test_the_counter_says_how_much_room_there_is_without_scripts(browse):
    page = browse("/galleri", scripts=False)

    assert page.text_content("#id_reason_count") == "Plass til 500 tegn"


def test_who_leaves_with_words_unsent_is_asked_first(browse):
    page = browse("/galleri")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    page.fill("#id_reason", "Halvferdig")
    page.click(".brand")
    page.wait_for_timeout(300)

    assert asked == ["beforeunload"]
    assert page.input_value("#id_reason") == "Halvferdig"


def test_two_quick_clicks_send_a_form_once(browse):
    page = browse("/galleri")
    sent = []
    page.route("**/galleri", lambda route: (sent.append(1), route.fulfill(status=204)))

    page.evaluate(
        "for (const n of [1, 2]) document.querySelector('main form[novalidate]').requestSubmit()"
    )
    page.wait_for_timeout(300)

    assert len(sent) == 1


class TestKeys:
    def focused(self, page):
        return page.evaluate("document.activeElement.querySelector('strong')?.textContent")

    def test_j_and_k_walk_through_the_list(self, browse):
        page = browse(OFFICE, width=DESK)

        walked = []
        for key in "jjk":
            page.keyboard.press(key)
            walked.append(self.focused(page))

        assert walked == ["Ulest: Kari Nordmann", "Per Hansen", "Ulest: Kari Nordmann"]

    def test_a_key_is_a_letter_while_one_writes(self, browse):
        page = browse(OFFICE, width=DESK)

        page.focus("#id_reason")
        page.keyboard.type("jk?")

        assert page.input_value("#id_reason") == "jk?"

    def test_a_question_mark_shows_the_keys(self, browse):
        page = browse(OFFICE, width=DESK)

        page.keyboard.press("?")

        assert page.is_visible(".keys dl")

    def test_the_keys_can_be_turned_off(self, browse):
        page = browse(OFFICE, width=DESK)

        page.keyboard.press("?")
        page.click("text=Slå av hurtigtaster")
        page.keyboard.press("j")

        assert page.evaluate("document.activeElement.hasAttribute('data-item')") is False


def test_the_first_stop_of_the_tab_key_leads_to_the_content(browse):
    page = browse("/tilgjengelighet")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "innhold"


def test_the_problems_of_a_form_lead_to_their_fields(browse):
    page = browse("/galleri", scripts=False)

    page.click(".ds-error-summary a:text('Mobilnummer')")
    page.keyboard.press("Tab")

    assert page.url.endswith("#feil_phone")
