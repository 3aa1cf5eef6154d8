"""Django's test client, without what it makes anew for each request and each browser.

Each request would connect four receivers of signals and disconnect them again, and each browser
load all middleware. Whoever takes ``Client`` from ``django.test`` has this one.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import local
from typing import Any

import django.test
import django.test.client
from django.conf import UserSettingsHolder, settings
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import got_request_exception, request_finished, request_started
from django.db import close_old_connections
from django.dispatch import receiver
from django.http import HttpResponseBase
from django.template import Template
from django.test.client import ClientHandler, conditional_content_removal
from django.test.signals import template_rendered


class Shown:
    """What one request has come to so far: the pages it drew, and how it broke."""

    def __init__(self) -> None:
        self.templates: list[Template] = []
        self.context: Any = None  # of the first page, as it was then
        self.exc_info: Any = None


NOW = local()  # ``shown``: of the request that this thread is making


def now() -> Shown | None:
    return getattr(NOW, "shown", None)


@contextmanager
def asking() -> Iterator[Shown]:
    """A part of a request: what is shown is remembered, and nobody closes the test's connection."""
    before = now()
    NOW.shown = shown = Shown()
    try:
        yield shown
    finally:
        NOW.shown = before


def close_between_requests(**_: Any) -> None:
    """What Django does after each request, where it is not one of a test in its own transaction."""
    if now() is None:
        close_old_connections()


for signal in (request_started, request_finished):
    signal.disconnect(close_old_connections)
    signal.connect(close_between_requests)


@receiver(template_rendered)
def remember_page(*, template: Template, context: Any, **_: Any) -> None:
    if (shown := now()) is not None:
        shown.templates.append(template)
        if shown.context is None:
            shown.context = context.flatten()


@receiver(got_request_exception)
def remember_fault(**_: Any) -> None:
    if (shown := now()) is not None:
        shown.exc_info = sys.exc_info()


class Handler(ClientHandler):
    """Has its middleware from the first browser, as long as the settings are nobody's own."""

    shared: Any = None

    def load_middleware(self, is_async: bool = False) -> None:
        if isinstance(settings._wrapped, UserSettingsHolder):
            super().load_middleware(is_async)  # a test has settings of its own
            return
        if Handler.shared is None:
            super().load_middleware(is_async)
            Handler.shared = self._middleware_chain
        self._middleware_chain = Handler.shared

    def __call__(self, environ: dict[str, Any]) -> HttpResponseBase:
        if self._middleware_chain is None:
            self.load_middleware()
        request_started.send(sender=type(self), environ=environ)
        request = WSGIRequest(environ)
        request._dont_enforce_csrf_checks = not self.enforce_csrf_checks  # type: ignore[attr-defined]
        response = self.get_response(request)
        conditional_content_removal(request, response)
        response.wsgi_request = request  # type: ignore[attr-defined]
        if response.streaming:
            content = then_closed(response.streaming_content, response.close)
            response.streaming_content = content  # type: ignore[attr-defined]
        else:
            response.close()
        return response


def then_closed(content: Any, close: Callable[[], None]) -> Iterator[bytes]:
    try:
        yield from content
    finally:
        with asking():
            close()


class Client(django.test.client.Client):
    """A browser of a test."""

    def __init__(self, enforce_csrf_checks: bool = False, **more: Any) -> None:
        super().__init__(enforce_csrf_checks, **more)
        self.handler = Handler(enforce_csrf_checks)

    def request(self, **request: Any) -> Any:
        with asking() as shown:
            response: Any = self.handler(self._base_environ(**request))
        self.exc_info = shown.exc_info
        self.check_exception(response)
        response.client, response.request = self, request
        response.templates, response.context = shown.templates, shown.context
        response.json = partial(self._parse_json, response)
        if response.cookies:
            self.cookies.update(response.cookies)
        return response


django.test.Client = Client  # type: ignore[misc]
