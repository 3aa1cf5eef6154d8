"""No address that a page leads to, or a form makes, has anybody's name, number or words in it."""

import re
from collections import deque
from html import unescape
from urllib.parse import unquote

import pytest
from django.test import Client

from dialog.conversations import actions as conversations
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast
from dialog.demo.who import BORN, NAMES, number
from tests.doors import post
from tests.econsultations.asked import asked as asked_the_doctor
from tests.portal.times import booked
from tests.renewals.prescribed import prescribe

WORDS = "Utslettet under foten klør hver natt."
PEOPLE = [name for names in NAMES.values() for name in names]
NAMED = re.compile(r"\b(" + "|".join([*PEOPLE, "Utslettet", "foten", "Metoprolol"]) + r")\b", re.I)
DIGITS = re.compile("|".join([*(number(who) for who in BORN), "9990000"]))
LEADS = re.compile(r'\s(?:href|action|src|hx-get|hx-post)="([^"]*)"')
ASKING = re.compile(r"<form[^>]*method=\"get\".*?</form>", re.S | re.I)
WRITTEN_IN = re.compile(r"<textarea|<input(?![^>]*type=\"(?:hidden|radio|checkbox|date|submit)\")")
# The same page in other light or another language.
THE_SAME = ("/static/", "/hurtigtaster/", "/lys/", "/sprak/")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\d")
MOST = 80  # pages; the rest is more of the same


def kind(address: str) -> str:
    """What sort of page it is, whatever it is about."""
    return ID.sub("*", address.partition("?")[0])


def walked(browser: Client, start: str) -> dict[str, str]:
    """The pages one comes to from here by following links, by their address."""
    pages: dict[str, str] = {}
    waiting = deque([start])
    while waiting and len(pages) < MOST:
        address = waiting.popleft()
        if kind(address) in map(kind, pages):
            continue
        answer = browser.get(address)
        html = answer.headers.get("Content-Type", "").startswith("text/html")
        pages[address] = answer.content.decode() if html and not answer.streaming else ""
        links = re.findall(r'<a[^>]*\shref="(/[^"]*)"', pages[address])
        waiting.extend(one for one in map(unescape, links) if not one.startswith(THE_SAME))
        if moved := answer.headers.get("Location"):
            waiting.append(moved)
    return pages


@pytest.fixture
def something(cast: Cast) -> None:
    """There is something to come to: words, a time, a prescription and a task."""
    asked = conversations.start(
        by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text=WORDS
    )
    conversations.reply(by=cast.siri, conversation_id=asked.id, text=WORDS)
    asked_the_doctor(cast.kari)
    booked(cast)
    prescribe(cast, cast.kari, "Metoprolol", repeats_left=0)


@pytest.mark.parametrize(
    ("who", "start", "met"), [("as_kari", "/", WORDS), ("as_lund", "/kontor/", "Kari Nordmann")]
)
def test_addresses_hold_ids_and_nobody(
    something: None, request: pytest.FixtureRequest, who: str, start: str, met: str
) -> None:
    pages = walked(request.getfixturevalue(who), start)

    everything = "".join(pages.values())
    addresses = {unquote(unescape(one)) for one in LEADS.findall(everything)} | set(pages)
    assert len(addresses) > 60 and met in everything
    ours = {one for one in addresses if not one.startswith(("tel:", "data:"))}
    assert sorted(one for one in ours if NAMED.search(one) or DIGITS.search(one)) == []
    assert [one for one in ASKING.findall(everything) if WRITTEN_IN.search(one)] == []


def test_looking_for_somebody_leaves_them_out_of_the_address(as_siri: Client) -> None:
    answer = post(as_siri, "/kontor/pasienter", q="Nordmann", search="Nordmann")

    assert "Nordmann" not in answer.headers.get("Location", "")
