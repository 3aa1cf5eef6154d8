"""What whoever helps an office meets, from the door on."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browsing import look

pytestmark = pytest.mark.browser


def test_even_comes_in_and_sees_how_it_is(sign_in: Callable[..., Any]) -> None:
    page = sign_in("Even Lie", "practice", scripts=False)

    expect(page.get_by_role("heading", name="Teknisk hjelp")).to_be_visible()
    expect(page.get_by_role("link", name="Pasienter")).to_have_count(0)


def test_the_page_is_for_everybody(sign_in: Callable[..., Any]) -> None:
    look(sign_in("Even Lie", "practice"), "workspace-technical")
