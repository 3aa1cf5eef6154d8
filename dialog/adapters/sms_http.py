"""SMS through any gateway that takes an HTTP request: address, token and fields are settings."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import parse_qsl
from uuid import UUID

import httpx
from django.conf import settings

from dialog.errors import InvalidInput, NotAllowed, NotFound, PortError
from dialog.notifications.ports import Handed, Receipt

PATIENCE = httpx.Timeout(10.0)
AGAIN = {
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.LOCKED,
    HTTPStatus.TOO_EARLY,
    HTTPStatus.TOO_MANY_REQUESTS,
}
ABOUT_THE_NUMBER = {
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.GONE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
}


class HttpSms:
    """A gateway that takes JSON or a form, and knows a repeat by our reference."""

    def __init__(self) -> None:
        self._client = httpx.Client(timeout=PATIENCE, follow_redirects=False, trust_env=False)

    def send(self, *, to: str, text: str, reference: UUID) -> Handed:
        """Hand it over; what the gateway answers decides whether it is done, refused or to be
        tried again.
        """
        said = {"to": to, "text": text, "reference": str(reference), "sender": settings.SMS_SENDER}
        fields = {name: _filled(words, said) for name, words in settings.SMS_FIELDS.items()}
        headers = {"Idempotency-Key": str(reference)}
        if settings.SMS_TOKEN:
            headers["Authorization"] = f"{settings.SMS_SCHEME} {settings.SMS_TOKEN}".strip()
        form = settings.SMS_FORMAT == "form"
        try:
            answer = self._client.post(
                settings.SMS_URL,
                headers=headers,
                data=fields if form else None,
                json=None if form else fields,
            )
        except httpx.TransportError as error:
            raise PortError from error
        return _judged(answer.status_code)

    def read_receipt(self, *, body: bytes, headers: Mapping[str, str]) -> Receipt:
        """A receipt signed with our shared secret (HMAC-SHA-256 of the body, in hexadecimal)."""
        if not settings.SMS_RECEIPT_SECRET:
            raise NotFound
        _must_be_signed(body, headers.get(settings.SMS_RECEIPT_HEADER, ""))
        fields = _fields(body)
        try:
            reference = UUID(fields[settings.SMS_RECEIPT_REFERENCE])
        except (KeyError, ValueError) as error:
            raise InvalidInput from error
        status = fields.get(settings.SMS_RECEIPT_STATUS, "").lower()
        if status in settings.SMS_RECEIPT_DELIVERED:
            return Receipt(reference=reference, delivered=True)
        failed = status in settings.SMS_RECEIPT_FAILED
        return Receipt(reference=reference, delivered=False if failed else None)


def _filled(words: str, said: Mapping[str, str]) -> str:
    """A field's value: our own words with the marks replaced, once; the text is never a pattern."""
    for mark, value in said.items():
        if words == "{" + mark + "}":
            return value
    return words


def _judged(status: int) -> Handed:
    if status < HTTPStatus.MULTIPLE_CHOICES or status == HTTPStatus.CONFLICT:
        return Handed(accepted=True)
    if status in ABOUT_THE_NUMBER:
        return Handed(accepted=False)
    raise PortError(permanent=status < HTTPStatus.INTERNAL_SERVER_ERROR and status not in AGAIN)


def _must_be_signed(body: bytes, signature: str) -> None:
    secret = settings.SMS_RECEIPT_SECRET.encode()
    expected = hmac.new(secret, body, hashlib.sha256).hexdigest()
    given = signature.lower().removeprefix("sha256=")
    if not hmac.compare_digest(expected.encode(), given.encode()):
        raise NotAllowed


def _fields(body: bytes) -> dict[str, str]:
    try:
        text = body.decode()
        read = json.loads(text) if text.lstrip().startswith("{") else dict(parse_qsl(text))
    except ValueError as error:
        raise InvalidInput from error
    return {name: str(value) for name, value in read.items()}
