"""A form somebody else made for our people to send is refused, whatever it asks for."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver

from dialog.ui.middleware import HEADERS

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
# Who sends to these has no form of ours, and is known otherwise.
EXEMPT = {
    "over": "the provider's back-channel: a token it has signed, for us, once",
    "receipt": "the SMS gateway: HMAC of what it sends",
}


class Route(NamedTuple):
    name: str
    view: Any


def routes(patterns: Any = None) -> Iterator[Route]:
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLPattern):
            yield Route(str(one.name), one.callback)
        else:
            yield from routes(one.url_patterns)


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Instead of the page that says so, which need not be made for each."""
    return HttpResponse(status=403)


def taken(route: Route, method: str, **headers: str) -> bool:
    """Whether a request comes past the guard to the page."""
    request = RequestFactory().generic(method, "/", headers=headers)
    guard = CsrfViewMiddleware(refused)
    guard.process_request(request)
    answer = guard.process_view(request, route.view, (), {})
    assert answer is None or answer.status_code == 403
    return answer is None


@pytest.fixture
def quick(settings: Any) -> None:
    settings.CSRF_FAILURE_VIEW = f"{__name__}.refused"


def test_every_address_refuses_what_brings_no_token(quick: None) -> None:
    everything = list(routes())

    past = {(one.name, method) for one in everything for method in UNSAFE if taken(one, method)}

    assert len(everything) > 100
    assert past == {(name, method) for name in EXEMPT for method in UNSAFE}


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "csrftoken=" + "a" * 32},
        {"Cookie": "csrftoken=" + "a" * 32, "X-CSRFToken": "b" * 32},
        {"Cookie": "csrftoken=" + "a" * 32, "X-CSRFToken": "a" * 32, "Origin": "http://evil.test"},
    ],
    ids=["the cookie alone", "another's token", "another's page"],
)
def test_what_brings_half_of_it_is_refused_too(quick: None, headers: dict[str, str]) -> None:
    past = {one.name for one in routes() if taken(one, "POST", **headers)}

    assert past == set(EXEMPT)


def test_ours_is_taken(quick: None) -> None:
    token = {"Cookie": "csrftoken=" + "a" * 32, "X-CSRFToken": "a" * 32}

    assert all(taken(one, "POST", **token) for one in routes())


@pytest.mark.parametrize(
    ("who", "address"),
    [("anybody", "/logg-inn"), ("as_kari", "/kontakt"), ("as_siri", "/kontor/pasienter")],
)
def test_the_guard_stands_in_front_of_the_pages(
    request: pytest.FixtureRequest, address: str, who: str, cast: object
) -> None:
    browser: Client = request.getfixturevalue(who)
    browser.handler.enforce_csrf_checks = True

    answer = browser.post(address, {"text": "Hei", "request_key": str(uuid4())})

    page = answer.content.decode()
    assert answer.status_code == 403 and "Siden har stått åpen lenge" in page
    assert [name for name in HEADERS if name not in answer.headers] == []
