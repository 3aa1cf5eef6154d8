"""Language, light and keys: chosen by a plain link, remembered, and back to where one was."""

import pytest

from dialog import errors
from dialog.ui import views
from dialog.ui.context import here, page


@pytest.mark.parametrize(
    ("view", "choice", "cookie"),
    [
        (views.choose_scheme, "dark", "lys"),
        (views.choose_language, "nn", "django_language"),
        (views.choose_keys, "av", "hurtigtaster"),
    ],
)
def test_a_choice_is_remembered_and_one_is_back_where_one_was(rf, view, choice, cookie):
    answer = view(rf.get("/", {"neste": "/timer?uke=3"}), choice)

    assert answer.headers["Location"] == "/timer?uke=3"
    assert answer.cookies[cookie].value == choice
    assert answer.cookies[cookie]["httponly"] and answer.cookies[cookie]["samesite"] == "Lax"


@pytest.mark.parametrize("view", [views.choose_scheme, views.choose_language, views.choose_keys])
def test_a_choice_there_is_not_is_not_found(rf, view):
    with pytest.raises(errors.NotFound):
        view(rf.get("/"), "lilla")


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "timer", ""]
)
def test_nobody_is_led_astray_by_a_link_of_ours(rf, elsewhere):
    answer = views.choose_scheme(rf.get("/", {"neste": elsewhere}), "dark")

    assert answer.headers["Location"] == "/"


def test_an_unknown_light_in_a_cookie_is_as_none(rf):
    request = rf.get("/")
    request.COOKIES["lys"] = '"><script>'

    assert page(request)["scheme"] == "auto"


def test_after_a_form_one_comes_back_to_the_page_it_was_sent_from(rf):
    sent = rf.post("/send", headers={"Referer": "http://testserver/skriv?til=1"})
    elsewhere = rf.post("/send", headers={"Referer": "http://evil.example/skriv"})

    assert (here(sent), here(elsewhere)) == ("/skriv?til=1", "/send")
