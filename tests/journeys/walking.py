"""Walking through the product as people do: in a browser, from page to page, looking at each."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browsing import PHONE, follow, keep, look


class Walk:
    """Somebody in a browser of their own."""

    def __init__(self, page: Page, who: str) -> None:
        self.page = page
        self.who = who

    def go(self, address: str) -> "Walk":
        """Open an address."""
        self.page.goto(address)
        return self

    def press(self, words: str) -> "Walk":
        """Press the button, or follow the link, that says this; the next page is there."""
        found = self.page.get_by_role("button", name=words).or_(
            self.page.get_by_role("link", name=words)
        )
        return self.follow(found)

    def follow(self, there: Locator) -> "Walk":
        """Click on what leads to another page, the first if there are several."""
        follow(there.first)
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

    def holds(self, label: str, words: str) -> "Walk":
        """A field has kept these words."""
        expect(self.field(label)).to_have_value(words)
        return self

    def keep(self, state: str) -> "Walk":
        """A picture of the page, if pictures are asked for; nothing is asked of the page."""
        keep(self.page, state, PHONE, "light")
        return self

    def look(self, state: str) -> "Walk":
        """Look hard at the page as it is now."""
        look(self.page, state)
        return self


@pytest.fixture
def walks(sign_in: Callable[..., Page]) -> Callable[..., Walk]:
    """Let one of the cast sign in, at work (``practice``) or as a patient, and begin to walk."""

    def begin(who: str, side: str = "patient", **how: Any) -> Walk:
        return Walk(sign_in(who, side, **how), who)

    return begin
