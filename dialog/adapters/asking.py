"""Asking a national register over HTTP: where it is, and with what we are let in."""

import logging
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from typing import Any

from django.conf import settings

from dialog.adapters import maskinporten
from dialog.adapters.access import Access
from dialog.adapters.maskinporten import Maskinporten, Wanted
from dialog.adapters.oidc.refusals import Away
from dialog.adapters.oidc.wire import Answer, Wire
from dialog.errors import PortError

log = logging.getLogger(__name__)

SHUT = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}


@cache
def wire() -> Wire:
    """One client for the process."""
    return Wire()


@cache
def tokens() -> Maskinporten:
    """What lets us in, for the process."""
    return Maskinporten(settings.MASKINPORTEN, maskinporten.keys(), wire())


def ask(register: str, words: Mapping[str, Any]) -> Answer:
    """What a register answers; PortError when it does not, or when there is no token for it."""
    access: Access = settings.REGISTERS[register]
    headers = {"Authorization": access.authorization} if access.authorization else {}
    try:
        if not access.scope:
            return wire().ask(access.url, words, headers)
        answer = _with_a_token(access, words)
    except Away as away:
        raise PortError from away
    if answer.status in SHUT:
        log.warning("The %s register does not take our token: %s.", register, answer.status)
    return answer


def wanted(access: Access) -> Wanted:
    """The token that lets us in at a register."""
    client_id = access.client_id or settings.MASKINPORTEN.client_id
    return Wanted(client_id, access.scope, access.resource)


def _with_a_token(access: Access, words: Mapping[str, Any]) -> Answer:
    """Once more with another, when the register does not take the one we had."""
    token = tokens().token(wanted(access))
    answer = _with(token, access, words)
    if answer.status != HTTPStatus.UNAUTHORIZED:
        return answer
    another = tokens().another(wanted(access), token)
    return answer if another == token else _with(another, access, words)


def _with(token: str, access: Access, words: Mapping[str, Any]) -> Answer:
    return wire().ask(access.url, words, {"Authorization": f"Bearer {token}"})
