"""How much there is at an office, for whoever helps it and sees none of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialog.actor import Actor
from dialog.conversations.policy import Kind
from dialog.statements import ask


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """How many patients are on the lists, and how many matters wait for the office."""

    patients: int
    waiting: Mapping[Kind, int]


def numbers(by: Actor) -> Numbers:
    """The numbers of the office this actor helps; to all others there is nothing to count."""
    found = dict(ask("SELECT what, many FROM dialog_numbers(%s)", by.practice))
    return Numbers(
        patients=found.get("patients", 0), waiting={kind: found.get(kind, 0) for kind in Kind}
    )
