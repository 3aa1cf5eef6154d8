"""Walking through the product as people do: in a browser, from page to page, looking at each.

``look`` is the eye at every stop: axe finds nothing at either width, in light and in dark, and
nobody must scroll sideways. With ``SCREENS`` set to a folder it also keeps pictures of each
(``make screens``).
"""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browsing import DESK, PHONE, faults, too_wide

KEPT = os.environ.get("SCREENS", "")
HEIGHT = 844
PATIENCE = 15_000  # milliseconds; a busy machine is slow, and a page that never comes is a fault


class Walk:
    """Somebody in a browser of their own."""

    def __init__(self, page: Page, who: str) -> None:
        self.page = page
        self.page.set_default_timeout(PATIENCE)
        self.who = who

    def go(self, address: str) -> "Walk":
        """Open an address."""
        self.page.goto(address)
        return self

    def press(self, words: str) -> "Walk":
        """Press the button, or follow the link, that says this."""
        found = self.page.get_by_role("button", name=words).or_(
            self.page.get_by_role("link", name=words)
        )
        found.first.click()
        self.page.wait_for_load_state()
        return self

    def write(self, label: str, words: str) -> "Walk":
        """Fill in a field."""
        self.field(label).fill(words)
        return self

    def field(self, label: str) -> Locator:
        """A field by its label."""
        return self.page.get_by_label(re.compile(f"^{re.escape(label)}")).first

    def tick(self, label: str) -> "Walk":
        """Mark a box or a choice."""
        self.field(label).check()
        return self

    def sees(self, *words: str) -> "Walk":
        """The page says this."""
        for one in words:
            expect(self.page.locator("body")).to_contain_text(one)
        return self

    def does_not_see(self, *words: str) -> "Walk":
        """The page does not say this."""
        for one in words:
            expect(self.page.locator("body")).not_to_contain_text(one)
        return self

    def look(self, state: str) -> "Walk":
        """Look hard at the page as it is now."""
        size = self.page.viewport_size
        for width in (PHONE, DESK):
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            for light in ("light", "dark"):
                self.page.emulate_media(color_scheme=light)  # type: ignore[arg-type]
                assert faults(self.page) == [], (state, width, light)
                self._keep(f"{state}-{width}" + "-dark" * (light == "dark"))
            self.page.emulate_media(color_scheme="light")
            assert not too_wide(self.page), (state, width)
        if size:
            self.page.set_viewport_size(size)
        return self

    def _keep(self, name: str) -> None:
        if KEPT:
            Path(KEPT).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=Path(KEPT) / f"{name}.png", full_page=True)


@pytest.fixture
def walks(browse: Callable[..., Page]) -> Callable[..., Walk]:
    """Let one of the cast sign in, at work (``practice``) or as a patient, and begin to walk."""

    def begin(who: str, side: str = "patient", **how: Any) -> Walk:
        page = browse("/logg-inn", **how)
        doors = page.locator("form", has=page.locator(f"input[name=side][value={side}]"))
        doors.filter(has_text=who).locator("button").first.click()
        page.wait_for_load_state()
        return Walk(page, who)

    return begin
