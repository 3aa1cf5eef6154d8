"""Every address there is, asked by everybody: what each answer must carry, and may not."""

import re
from collections.abc import Iterator, Mapping
from uuid import UUID

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from dialog.ui.middleware import HEADERS

NOBODY = {"uuid": str(UUID(int=7)), "int": "7", "slug": "a", "str": "a"}
INLINE = re.compile(r"<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=|javascript:", re.I)
ELSEWHERE = re.compile(
    r"<(?:script|link|img|iframe|form)[^>]+(?:src|href|action)=\"(?:https?:)?//", re.I
)


def addresses(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    for one in patterns:
        route = before + re.sub(r"<(\w+):\w+>", lambda found: NOBODY[found[1]], str(one.pattern))
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, route)
        else:
            yield route


EVERY = sorted(set(addresses(get_resolver().url_patterns)))


def page_of(answer: HttpResponseBase) -> str:
    html = answer.headers.get("Content-Type", "").startswith("text/html")
    return answer.content.decode() if html and not answer.streaming else ""


@pytest.fixture(params=["client", "as_kari", "as_lund"])
def answers(
    request: pytest.FixtureRequest, settings: object, db: None
) -> Mapping[str, HttpResponseBase]:
    """What whoever is signed out, a patient and a doctor get at each address, over TLS."""
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client: Client = request.getfixturevalue(request.param)
    return {route: client.get(route, secure=True) for route in EVERY}


def test_every_answer_is_boxed_in(answers: Mapping[str, HttpResponseBase]) -> None:
    pages = {route: page_of(one) for route, one in answers.items()}
    cookies = [one for answer in answers.values() for one in answer.cookies.values()]

    assert len(answers) > 100
    assert [route for route, one in answers.items() if one.status_code >= 500] == []
    for name in (*HEADERS, "Strict-Transport-Security"):
        assert [route for route, one in answers.items() if name not in one.headers] == [], name
    policies = {one.headers["Content-Security-Policy"] for one in answers.values()}
    assert [one for one in policies if "unsafe" in one or "http" in one] == []
    assert sum(map(bool, pages.values())) > 10
    assert [route for route, page in pages.items() if INLINE.search(page)] == []
    assert [route for route, page in pages.items() if ELSEWHERE.search(page)] == []
    assert [one.key for one in cookies if one["samesite"] not in ("Lax", "Strict")] == []
    assert [one.key for one in cookies if one["domain"]] == []
    assert [one.key for one in cookies if not (one["secure"] and one["httponly"])] == []


@pytest.mark.parametrize(
    "markup",
    ["<script>a()</script>", '<p style="a">', "<a onclick=b>", '<a href="javascript:a()">'],
)
def test_what_is_inline_would_be_found(markup: str) -> None:
    assert INLINE.search(markup)
    assert ELSEWHERE.search('<img alt="" src="//a.example/b">')
