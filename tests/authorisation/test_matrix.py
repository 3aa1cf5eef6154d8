"""Every address, each way of asking, each kind of actor: what ``matrix.csv`` says is what happens.

The addresses come from the URL configuration, so a new one without rows fails. In the table:

* ``in``: the actor comes in, is asked for what is missing or told that it cannot be done now;
* ``door``: is shown where to sign in;
* ``hidden``: is told that there is no such thing;
* ``no``: is told that they may not;
* ``over``: is told that the right to act for the other has ended.
"""

import csv
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver

from dialog.demo.cast import Cast
from dialog.ui.routes import Door
from tests.authorisation.world import ABSENT, everybody, everything

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
    """Who there is, and what."""

    actors: dict[str, Client]
    things: dict[str, Any]


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


def routes(
    patterns: Any = None, before: str = "", room: str = ""
) -> Iterator[tuple[str, str, Door]]:
    """The name, the address and the side of every route there is."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield f"{room}{one.name}", here, one.callback.side
        else:
            app = f"{one.app_name}:" if one.app_name else ""
            yield from routes(one.url_patterns, here, app)


ROUTES = {name: here for name, here, _side in routes()}
SIDES = {name: side for name, _here, side in routes()}


def address(world: World, name: str, about: str, *, absent: bool = False) -> str:
    """The address with the id of what the row is about in it, or of what does not exist."""

    def filled(found: re.Match[str]) -> str:
        parameter = found[1].split(":")[-1]
        if parameter in WORDS:
            return str(WORDS[parameter])
        thing = THINGS[parameter] or about
        if absent:
            return str(NO_LINE if parameter == "line_id" else world.things[ABSENT])
        return str(world.things[thing])

    return "/" + re.sub(r"<([^>]+)>", filled, ROUTES[name])


def ask(client: Client, method: str, url: str) -> HttpResponse:
    """Ask, and leave everything as it was, the browser's cookies too."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        data = {"request_key": str(uuid4())} if method == "POST" else {}
        answer = getattr(client, method.lower())(url, data)
        transaction.set_rollback(True)
    client.cookies = cookies
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


PATIENTS = ("self", "mandate_all", "mandate_times", "for_child", "same_list", "stranger")
WORKERS = ("doctor", "nurse", "staff", "other_office")


def turned_away(row: Row, who: str) -> bool:
    """Whether the route's own side shuts this actor out before the page is asked, which is seen on
    the route and need not be asked over HTTP at each; the signed out are asked everywhere.
    """
    side = SIDES[row.name]
    if who == "signed_out" or side not in (Door.PATIENT, Door.PRACTICE):
        return who == "mandate_none"
    return who not in (PATIENTS if side is Door.PATIENT else WORKERS)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, people_of_the_cast: Cast) -> Any:
    """Everybody and everything, made once for the whole table and undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        things = everything(people_of_the_cast)
        yield World(everybody(people_of_the_cast), things)
        transaction.set_rollback(True)


class TestTheTable:
    def test_has_every_address_in_each_way_it_can_be_asked(self, world: World) -> None:
        wanted = {
            (name, method)
            for name in ROUTES
            for method in ("GET", "POST")
            if ask(Client(), method, address(world, name, ABSENT, absent=True)).status_code != 405
        }

        assert {(row.name, row.method) for row in rows()} == wanted

    def test_has_an_answer_for_every_kind_of_actor(self, world: World) -> None:
        for row in rows():
            assert row.answers.keys() == world.actors.keys()


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.method} {row.name} {row.about}")
def test_each_actor_is_answered_as_the_table_says(world: World, row: Row) -> None:
    url = address(world, row.name, row.about)

    answers = {
        who: answered(ask(client, row.method, url))
        for who, client in world.actors.items()
        if not turned_away(row, who)
    }

    away = {who: word for who, word in row.answers.items() if turned_away(row, who)}
    assert answers | away == row.answers
    assert set(away.values()) <= {"door", "over"}


@pytest.mark.parametrize("name", ["portal:thread", "workspace:conversation"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_those_of_the_other_side_are_turned_away_at_the_door(
    world: World, name: str, method: str
) -> None:
    """What ``turned_away`` leaves out everywhere is asked over HTTP here, at one of each door."""
    url = address(world, name, "enquiry")
    away = Row(name, method, "enquiry", {})

    for who, client in world.actors.items():
        if turned_away(away, who):
            word = "over" if who == "mandate_none" else "door"
            assert answered(ask(client, method, url)) == word


VALUE = re.compile(r"""'(?:[^']|'')*'(?:::\w+)?|(?<="id" < )\d+""")
SAVEPOINT = re.compile(r'"s\d+_x\d+"')


def questions(client: Client, method: str, url: str) -> list[str]:
    """What the database was asked, without the words, ids and times in it."""
    with CaptureQueriesContext(connection) as asked:
        ask(client, method, url)
    asked_for = (one["sql"] for one in asked.captured_queries)
    return [SAVEPOINT.sub("?", VALUE.sub("?", one)) for one in asked_for]


HIDDEN = [
    (row, who)
    for row in rows()
    for who, word in row.answers.items()
    if word == "hidden" and row.about and who in ("stranger", "other_office")
]


@pytest.mark.parametrize(
    ("row", "who"),
    HIDDEN,
    ids=[f"{row.method} {row.name} {row.about} {who}" for row, who in HIDDEN],
)
def test_what_is_somebody_elses_is_looked_for_as_what_is_not_there(
    world: World, row: Row, who: str
) -> None:
    client = world.actors[who]

    somebody_elses = questions(client, row.method, address(world, row.name, row.about))

    absent = address(world, row.name, row.about, absent=True)
    assert somebody_elses == questions(client, row.method, absent)
