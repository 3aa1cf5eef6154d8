"""Asking a national register over HTTP: where it is, and with what we are let in."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.conf import settings

from dialog.adapters.oidc.refusals import Away
from dialog.adapters.oidc.wire import Answer, Wire
from dialog.errors import PortError


@cache
def wire() -> Wire:
    """One client for the process."""
    return Wire()


def ask(register: str, words: Mapping[str, Any]) -> Answer:
    """What a register answers; PortError when it does not."""
    access = settings.REGISTERS[register]
    headers = {"Authorization": access.authorization} if access.authorization else {}
    try:
        return wire().ask(access.url, words, headers)
    except Away as away:
        raise PortError from away
