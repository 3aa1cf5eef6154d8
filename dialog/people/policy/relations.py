"""How somebody who works at an office is related to a patient, as far as it is known here."""

from enum import StrEnum


class Relation(StrEnum):
    """What the patient is to them. Brothers, sisters and partners are known to no register that is
    asked; nor is who lives together, but for children with their parents.
    """

    SELF = "self"
    CHILD = "child"
    PARENT = "parent"
    ACTS_FOR = "acts-for"
    COLLEAGUE = "colleague"
    SAME_NAME = "same-name"


def same_family_name(name: str, family_name: str) -> bool:
    """Whether a whole name ends as a family name does; of double names the last one counts."""
    ours, theirs = _last(name), _last(family_name)
    return bool(ours) and ours == theirs


def _last(name: str) -> str:
    words = name.replace("-", " ").split()
    return words[-1].casefold() if words else ""
