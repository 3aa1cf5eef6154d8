"""What a value outside the encryption may look like; a wider door would let a patient through."""

import re

FUNCTION = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,79}")
ADDRESS = re.compile(r"[A-Za-z0-9._/:#@?=-]{1,200}")
CONTENT_TYPE = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+(; ?[a-z-]+=[A-Za-z0-9.-]+)*")
FAULT_WORDS = re.compile(r"[A-Za-z0-9 .,;:/_()'-]{0,200}")
REFERENCE = re.compile(r"[A-Za-z0-9._:{}/-]{0,200}")

_IDENTITY_NUMBER = re.compile(r"(?<![0-9A-Fa-f-])\d{6} ?\d{5}(?![0-9A-Fa-f-])")


def fits(value: str, shape: re.Pattern[str]) -> bool:
    """Whether a value has its shape and nothing in it looks like an identity number."""
    return bool(shape.fullmatch(value)) and not _IDENTITY_NUMBER.search(value)


def is_her_id(said: str) -> bool:
    """Whether somebody's words are a number of the address registry: other signs are digits too
    (²), and a number can be longer than any is.
    """
    return said.isascii() and said.isdigit() and len(said) <= 10 and 0 < int(said) < 2**31
