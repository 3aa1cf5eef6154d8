"""Addresses: each says whose it is, and the wrong side is shown to the door."""

import pytest
from django.http import HttpResponse
from django.urls import get_resolver, include, path

from dialog.actor import Actor, Role
from dialog.ui import routes


def page(request):
    return HttpResponse("inne")


def asked(rf, route, role=None, method="get", **extra):
    request = getattr(rf, method)("/side?a=1", **extra)
    request.actor = None if role is None else Actor(role=role)
    return route.callback(request)


PATIENT = routes.patient("side", page, "side")
PRACTICE = routes.practice("side", page, "side")
SIGNED_IN = routes.signed_in("side", page, "side")
PUBLIC = routes.public("side", page, "side")


@pytest.mark.parametrize(
    ("route", "roles"),
    [
        (PATIENT, {Role.PATIENT, Role.PROXY}),
        (PRACTICE, {Role.PRACTITIONER, Role.NURSE, Role.STAFF}),
        (SIGNED_IN, set(Role)),
        (PUBLIC, {*Role, None}),
    ],
    ids=lambda value: getattr(getattr(value, "callback", None), "side", ""),
)
def test_each_address_opens_for_its_own_side_and_sends_every_other_to_the_door(rf, route, roles):
    opened = {role for role in (*Role, None) if asked(rf, route, role).status_code == 200}

    assert opened == roles


def test_the_door_knows_where_one_was_going(rf):
    answer = asked(rf, PATIENT)

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/logg-inn?neste=%2Fside%3Fa%3D1"


def test_htmx_is_sent_as_a_whole_page(rf):
    answer = asked(rf, PATIENT, headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"].startswith("/logg-inn?neste=")


def test_who_was_signed_out_while_writing_gets_the_words_back(rf):
    route = routes.patient("side", page, "side", methods=("GET", "POST"))
    words = "Jeg har hatt vondt i kneet i tre uker. <script>"

    answer = asked(rf, route, method="post", data={"text": words, "request_key": "k" * 36})

    shown = answer.content.decode()
    assert answer.status_code == 403
    assert "Jeg har hatt vondt i kneet i tre uker. &lt;script&gt;" in shown
    assert "k" * 36 not in shown
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_page_takes_only_the_methods_it_says(rf):
    assert asked(rf, PATIENT, Role.PATIENT, method="post").status_code == 405
    assert asked(rf, PATIENT, Role.PATIENT, method="head").status_code == 200


def test_pages_behind_the_door_are_never_stored(rf):
    assert asked(rf, PATIENT, Role.PATIENT).headers["Cache-Control"] == "no-store"
    assert "Cache-Control" not in asked(rf, PUBLIC).headers


def test_an_address_that_does_not_say_whose_it_is_is_found_however_deep():
    patterns = [PUBLIC, path("a/", include([PATIENT, path("b", page)]))]

    assert routes.undeclared(patterns) == ["a/b"]


def test_every_address_of_the_product_says_whose_it_is():
    assert routes.undeclared(get_resolver().url_patterns) == []
