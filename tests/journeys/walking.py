"""Walking through the product as people do: in a browser, from page to page, looking at each."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browsing import look

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
        look(self.page, state)
        return self


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
