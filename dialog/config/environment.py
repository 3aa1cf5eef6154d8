"""Small readers of the environment; a missing or senseless value stops the start."""

import os

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str | None = None) -> str:
    """A setting as text; without a default it must be given."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set {name}: see .env.example for what it is and a safe value.")
    return value


def flag(name: str, default: bool = False) -> bool:
    """A setting that is on or off."""
    value = os.environ.get(name, str(default)).strip().lower()
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} is {value!r}: say 1 or 0.")
    return value in TRUE


def number(name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
    """A whole number within bounds."""
    value = os.environ.get(name, str(default)).strip()
    if not value.isdecimal() or int(value) < least or (most is not None and int(value) > most):
        bounds = f"from {least}" + ("" if most is None else f" to {most}")
        raise ImproperlyConfigured(f"{name} is {value!r}: give a whole number {bounds}.")
    return int(value)


def secret(name: str, *, shortest: int = 32) -> str:
    """A secret long enough to be one."""
    value = text(name)
    if len(value) < shortest:
        raise ImproperlyConfigured(f"{name} is too short: at least {shortest} characters.")
    return value


def one_of(name: str, default: str, known: tuple[str, ...]) -> str:
    """A setting that is one of few words."""
    value = os.environ.get(name, default).strip().lower()
    if value not in known:
        raise ImproperlyConfigured(f"{name} is {value!r}: say {' or '.join(known)}.")
    return value


def words(name: str, default: str) -> frozenset[str]:
    """Several words with commas between, in small letters."""
    return frozenset(one.strip().lower() for one in text(name, default).split(",") if one.strip())


def pairs(name: str, default: str) -> dict[str, str]:
    """Names and values: ``to={to},text={text}``."""
    given = [one.partition("=") for one in text(name, default).split(",")]
    if not all(key.strip() and sign for key, sign, _ in given):
        raise ImproperlyConfigured(f"{name}: write name=value pairs with commas between.")
    return {key.strip(): value.strip() for key, _, value in given}
