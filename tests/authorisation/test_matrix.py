"""Every address, each way of asking, each kind of actor: what ``matrix.csv`` says is what happens.

The addresses come from the URL configuration, so a new one without rows fails. In the table:

* ``in``: the actor comes in, is asked for what is missing or told that it cannot be done now;
* ``door``: is shown where to sign in;
* ``hidden``: is told that there is no such thing;
* ``no``: is told that they may not;
* ``over``: is told that the right to act for the other has ended.

What it is about is Kari's or her office's; whoever is young, or acts for a child, is asked for what
is the child's own of the same kind (``what_is_theirs``).
"""

import csv
import re
from collections.abc import Mapping
from contextlib import ExitStack
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from dialog.demo.cast import Cast
from dialog.ui.routes import Door
from tests.authorisation.actors import (
    PARENTS_OF_OLDER_CHILDREN,
    everybody,
    the_young,
    what_is_theirs,
)
from tests.authorisation.drawing import drawn_once, not_drawn
from tests.authorisation.given_up import given_up
from tests.authorisation.own import Things
from tests.authorisation.routes import ROUTES
from tests.authorisation.world import ABSENT, everything

TABLE = Path(__file__).with_name("matrix.csv")
PAGES = {"ui/signed_out.html": "door", "identity/no_longer.html": "over"}
# What stands in an address that is not about anybody's things.
WORDS = {
    "way": "ingen",
    "day": "2026-12-24",
    "feature": "enquiry",
    "scheme": "dark",
    "choice": "pa",
    "language": "nn",
    "name": "plager",
    "delivery_id": 1,
}
NO_LINE = 2**40
THINGS = {
    "conversation_id": "",  # what the row is about
    "patient_uuid": "patient",
    "message_id": "message",
    "attachment_id": "file",
    "follow_up_id": "follow_up",
    "ref": "prescription",
    "mandate_uuid": "mandate",
    "change_uuid": "change",
    "practitioner": "practitioner",
    "practitioner_uuid": "practitioner",
    "type_uuid": "type",
    "template_uuid": "template",
    "list_uuid": "list",
    "account_uuid": "colleague",
    "pause_uuid": "pause",
    "proxy_uuid": "guardian",
    "search_uuid": "log_search",
    "unusual_look_id": "unusual_look",
    "breach_id": "breach",
    "affected_id": "affected",
    "line_id": "line",
}


class World(NamedTuple):
    """Who there is, and what: Kari's and her office's, and by actor what is theirs instead."""

    actors: dict[str, Client]
    things: Things
    theirs: Mapping[str, Things]


class Row(NamedTuple):
    """One address asked in one way about one thing, and what each kind of actor is answered."""

    name: str
    method: str
    about: str
    answers: dict[str, str]


def rows() -> list[Row]:
    with TABLE.open(newline="") as table:
        return [
            Row(one.pop("address"), one.pop("method"), one.pop("about"), one)
            for one in csv.DictReader(table)
        ]


def address(world: World, row: Row, *, who: str = "", absent: bool = False) -> str:
    """The address with the id of what the row is about in it, or of what does not exist."""
    things = world.things | world.theirs.get(who, {})

    def filled(found: re.Match[str]) -> str:
        parameter = found[1].split(":")[-1]
        if parameter in WORDS:
            return str(WORDS[parameter])
        thing = THINGS[parameter] or row.about
        if absent:
            return str(NO_LINE if parameter == "line_id" else things[ABSENT])
        return str(things[thing])

    return "/" + re.sub(r"<([^>]+)>", filled, ROUTES[row.name].here)


def ask(world: World, who: str, method: str, url: str) -> HttpResponse:
    """Ask, and leave everything as it was, the browser's cookies too."""
    client = world.actors[who]
    cookies = {name: one.value for name, one in client.cookies.items()}
    said = urlencode({"request_key": uuid4()}) if method == "POST" else ""
    answer = client.generic(method, url, said, "application/x-www-form-urlencoded")
    client.cookies = SimpleCookie(cookies)
    return answer  # type: ignore[no-any-return]


def answered(answer: HttpResponse) -> str:
    """What the actor was answered, in the words of the table."""
    shown = {one.name for one in getattr(answer, "templates", [])}
    for page, word in PAGES.items():
        if page in shown:
            return word
    led_to = answer.headers.get("Location", "")
    if led_to.startswith(settings.LOGIN_URL):
        return "door"
    known = {403: "no", 404: "hidden", 405: "no such way"}
    assert answer.status_code < 500, answer.status_code
    return known.get(answer.status_code, "in")


PATIENTS = (
    *("self", "mandate_all", "mandate_times", "guardian", "for_child", "for_youth"),
    *("youth", "youth_alone", "same_list", "stranger"),
)
WORKERS = ("doctor", "substitute", "nurse", "staff", "other_office")


def looks_for_anothers(row: Row, who: str) -> bool:
    """Whether this is somebody to whom what the row is about is hidden as of another office."""
    strange = who in ("stranger", "other_office")
    return strange and row.answers[who] == "hidden" and bool(row.about)


def turned_away(row: Row, who: str) -> bool:
    """Whether the route's own side shuts this actor out before the page is asked, which is seen on
    the route and need not be asked over HTTP at each; the signed out are asked everywhere.
    """
    side = ROUTES[row.name].side
    if who == "signed_out" or side not in (Door.PATIENT, Door.PRACTICE):
        return who == "mandate_none"
    return who not in (PATIENTS if side is Door.PATIENT else WORKERS)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, people_of_the_cast: Cast) -> Any:
    """Everybody and everything, made once for the whole table and undone after it."""
    cast = people_of_the_cast
    narrowed = override_settings(PARENTS_OF_OLDER_CHILDREN=PARENTS_OF_OLDER_CHILDREN)
    with django_db_blocker.unblock(), transaction.atomic(), narrowed, ExitStack() as asking:
        young, things = the_young(cast), everything(cast)
        theirs = what_is_theirs(cast, young)
        actors = everybody(cast, young)
        for who, client in actors.items():
            if who != "mandate_none":  # who is told so once
                client.get(reverse("identity:left"))  # or their sessions would begin at each ask
        asking.enter_context(given_up())
        yield World(actors, things, theirs)
        transaction.set_rollback(True)


LESS = {("no", "in"), ("hidden", "in")}


class TestTheTable:
    def test_has_every_address_in_each_way_it_can_be_asked(self) -> None:
        wanted = {(name, method) for name, route in ROUTES.items() for method in route.methods}

        assert {(row.name, row.method) for row in rows()} == wanted

    def test_has_an_answer_for_every_kind_of_actor(self, world: World) -> None:
        for row in rows():
            assert row.answers.keys() == world.actors.keys()

    def test_whose_days_are_over_is_answered_as_one_who_never_worked_there(self) -> None:
        for row in rows():
            assert row.answers["substitute_over"] == row.answers["not_employed"], named(row)

    def test_a_substitute_comes_to_nothing_that_a_doctor_does_not(self) -> None:
        """And not to all: the log, and another's timebook and templates, are for others."""
        for row in rows():
            substitutes, doctors = row.answers["substitute"], row.answers["doctor"]
            assert substitutes == doctors or (substitutes, doctors) in LESS, named(row)


def named(row: Row) -> str:
    return f"{row.method} {row.name} {row.about}"


@pytest.mark.parametrize(("nth", "row"), [*enumerate(rows())], ids=[*map(named, rows())])
def test_each_actor_is_answered_as_the_table_says(world: World, nth: int, row: Row) -> None:
    away = {who: word for who, word in row.answers.items() if turned_away(row, who)}
    asked_below = {who: row.answers[who] for who in row.answers if looks_for_anothers(row, who)}
    asked = [who for who in world.actors if who not in away | asked_below]
    first = nth % len(asked)  # another each time, so that pages are drawn for them all

    with drawn_once():
        answers = {
            who: answered(ask(world, who, row.method, address(world, row, who=who)))
            for who in asked[first:] + asked[:first]
        }

    assert answers | away | asked_below == row.answers
    assert set(away.values()) <= {"door", "over"}


@pytest.mark.parametrize("name", ["portal:thread", "workspace:conversation"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_those_of_the_other_side_are_turned_away_at_the_door(
    world: World, name: str, method: str
) -> None:
    """What ``turned_away`` leaves out everywhere is asked over HTTP here, at one of each door."""
    away = Row(name, method, "enquiry", {})
    url = address(world, away)

    for who in world.actors:
        if turned_away(away, who):
            word = "over" if who == "mandate_none" else "door"
            assert answered(ask(world, who, method, url)) == word


VALUE = re.compile(r"""'(?:[^']|'')*'(?:::\w+)?|(?<="id" < )\d+""")
SAVEPOINT = re.compile(r'"s\d+_x\d+"')


def questions(world: World, who: str, method: str, url: str) -> tuple[str, list[str]]:
    """The answer, and what the database was asked, without the words, ids and times in it."""
    with not_drawn(), CaptureQueriesContext(connection) as asked:
        answer = ask(world, who, method, url)
    asked_for = (one["sql"] for one in asked.captured_queries)
    return answered(answer), [SAVEPOINT.sub("?", VALUE.sub("?", one)) for one in asked_for]


HIDDEN = [(row, who) for row in rows() for who in row.answers if looks_for_anothers(row, who)]


@pytest.mark.parametrize(("row", "who"), HIDDEN, ids=[f"{named(row)} {who}" for row, who in HIDDEN])
def test_what_is_somebody_elses_is_looked_for_as_what_is_not_there(
    world: World, row: Row, who: str
) -> None:
    somebody_elses = questions(world, who, row.method, address(world, row))

    absent = address(world, row, absent=True)
    assert somebody_elses[0] == "hidden"
    assert somebody_elses == questions(world, who, row.method, absent)


OWN = [
    row
    for row in rows()
    if row.about and row.answers["self"] == "in" and ROUTES[row.name].side is Door.PATIENT
]


@pytest.mark.parametrize("row", OWN, ids=named)
def test_whoever_acts_for_another_does_not_come_to_their_own(world: World, row: Row) -> None:
    """Kari, for Ola, to what is hers."""
    assert answered(ask(world, "for_child", row.method, address(world, row))) == "hidden"
