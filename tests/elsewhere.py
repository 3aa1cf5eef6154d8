"""A practice that works in a record system of its own."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from dialog import rows
from dialog.actor import PLATFORM, Actor
from dialog.people import actions as people
from dialog.people.policy import Channel

AsRole = Callable[[str], AbstractContextManager[None]]


def elsewhere(at: Actor, as_role: AsRole, *, channel: Channel = Channel.MESSAGES) -> None:
    """Let the practice of somebody at work do its work there from now on."""
    with as_role("dialog_owner"), rows.seeing(scope="setup"):
        people.choose_channel(by=PLATFORM, practice_id=at.practice, channel=channel)
