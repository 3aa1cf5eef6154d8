"""A real browser, a running site and a stern reader (axe), for tests that walk through pages.

``site`` stands on a database of the test's own; ``browse`` opens a page of a width, in a light,
with or without scripts, and ``sign_in`` lets somebody in. What leads to another page is done with
``follow``, ``press_to`` or inside ``next_page``: they are over when that page is there, however
busy the machine. What is then on it is asked with ``expect``, which waits too. ``faults`` is what
axe has against a page, and must be empty. ``look`` is the eye at every stop of a journey, and keeps
pictures when ``SCREENS`` names a folder (``make screens``).
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

AXE = Path(__file__).resolve().parent.parent / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
NARROW, PHONE, DESK = 320, 390, 1280
HEIGHT = 844
PATIENCE = 30_000  # milliseconds; a busy machine is slow, and a page that never comes is a fault
LIGHTS = ("light", "dark")
LETTERS = "size => { document.documentElement.style.fontSize = size }"
KEPT = os.environ.get("SCREENS", "")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Threaded(ThreadingMixIn, WSGIServer):
    """A small server that answers several requests at once."""

    daemon_threads = True


class Silent(WSGIRequestHandler):
    """Says nothing about each request."""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser on this machine; ``make test`` sees that there is one."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps a loop in this thread, and Django would take our own queries for its.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(
            executable_path=path, args=list(QUIET), timeout=4 * PATIENCE
        )
        yield browser
        browser.close()


@contextmanager
def served() -> Iterator[str]:
    """The address of the site for as long as this lasts, on whichever database Django is at."""
    application = StaticFilesHandler(get_wsgi_application())
    with make_server("127.0.0.1", 0, application, Threaded, Silent) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def site(chromium: Browser, own_database: str) -> Iterator[str]:
    """A running site with the cast, which keeps what is done in it until the test is over."""
    with served() as address:
        yield address


@pytest.fixture
def browse(chromium: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Open an address of the site in a window of its own; faults in scripts fail the test."""
    contexts = []
    complaints: list[str] = []

    def open_page(
        address: str, *, width: int = PHONE, light: str = "light", scripts: bool = True
    ) -> Page:
        context = chromium.new_context(
            base_url=site,
            viewport={"width": width, "height": HEIGHT},
            color_scheme="dark" if light == "dark" else "light",
            java_script_enabled=scripts,
            locale="nb-NO",
            bypass_csp=False,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def sign_in(browse: Callable[..., Page]) -> Callable[..., Page]:
    """Let one of the cast in, at work (``practice``) or as a patient, in a window of their own."""

    def let_in(who: str, side: str = "", **how: Any) -> Page:
        page = browse("/logg-inn", **how)
        whose = f"input[name=side][value={side}]" if side else "input[name=side]"
        door = page.locator("form", has=page.locator(whose))
        follow(door.filter(has_text=who).get_by_role("button").first)
        return page

    return let_in


@contextmanager
def next_page(page: Page) -> Iterator[None]:
    """What is done in here leads to another page, and it is over when that page is there.

    To ask for the state of the page afterwards would be answered by the page one is leaving.
    """
    with page.expect_navigation():
        yield


def follow(there: Locator) -> None:
    """Click on what leads to another page."""
    with next_page(there.page):
        there.click()


def press_to(page: Page, key: str) -> None:
    """Press a key that leads to another page."""
    with next_page(page):
        page.keyboard.press(key)


def faults(page: Page) -> list[str]:
    """What axe finds wrong with a page; the script is run past the page's own policy."""
    settle(page)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules}).then(result => result.violations)", RULES
    )
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in found
        for node in fault["nodes"]
    ]


def settle(page: Page) -> None:
    """Wait until the page stands as it will stand: its letters are here, and nothing moves."""
    page.evaluate(
        "document.fonts.ready.then(() => Promise.allSettled(document.getAnimations()"
        ".filter(one => one.effect.getComputedTiming().endTime !== Infinity)"
        ".map(one => one.finished)))"
    )


def too_wide(page: Page) -> bool:
    """Whether one must scroll sideways."""
    settle(page)
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def keep(page: Page, state: str, width: int, light: str) -> None:
    """A picture of the whole page as it is now, if pictures are asked for."""
    if KEPT:
        settle(page)
        Path(KEPT).mkdir(parents=True, exist_ok=True)
        name = f"{state}-{width}" + "-dark" * (light == "dark")
        page.screenshot(path=Path(KEPT) / f"{name}.png", full_page=True)


def look(page: Page, state: str) -> None:
    """Look hard at the page as it is: axe finds nothing at either width, in light and in dark,
    and nobody must scroll sideways, on the narrowest screen or with letters twice as large.
    """
    size = page.viewport_size
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for light in LIGHTS:
            page.emulate_media(color_scheme=light)  # type: ignore[arg-type]
            keep(page, state, width, light)
            assert faults(page) == [], (state, width, light)
        page.emulate_media(color_scheme="light")
        assert not too_wide(page), (state, width)
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    assert not too_wide(page), (state, NARROW)
    page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    page.evaluate(LETTERS, "200%")
    assert not too_wide(page), (state, "large letters")
    page.evaluate(LETTERS, "")
    if size:
        page.set_viewport_size(size)
