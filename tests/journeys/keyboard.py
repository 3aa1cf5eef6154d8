"""Walking with nothing but a keyboard."""

from tests.browsing import press_to
from tests.journeys.walking import Walk

ENOUGH = 120  # presses of the Tab key; no page of ours is that long
NAME = """() => {
    const at = document.activeElement;
    return ((at.labels && at.labels[0]) || at).innerText.trim();
}"""


def to(walk: Walk, words: str) -> Walk:
    """Tab until one stands on what begins with these words."""
    for _press in range(ENOUGH):
        walk.page.keyboard.press("Tab")
        if walk.page.evaluate(NAME).startswith(words):
            return walk
    raise AssertionError(f"no way by keyboard to «{words}»")


def mark(walk: Walk, words: str) -> Walk:
    """Tab to a box or a choice, and mark it."""
    to(walk, words).page.keyboard.press("Space")
    return walk


def follow(walk: Walk, words: str) -> Walk:
    """Tab to a link or a button, and follow it to the next page."""
    return press(to(walk, words), "Enter")


def write(walk: Walk, label: str, words: str) -> Walk:
    """Tab to a field and write in it; in a list that chooses what begins so."""
    to(walk, label).page.keyboard.type(words)
    return walk


def press(walk: Walk, key: str) -> Walk:
    """Press one key that leads to another page."""
    press_to(walk.page, key)
    return walk
