"""The SMS port: what every sender promises, and what the HTTP one does with a gateway's moods."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from dialog.adapters.memory import MemorySms, Phone
from dialog.adapters.sms_console import ConsoleSms
from dialog.adapters.sms_http import HttpSms
from dialog.errors import InvalidInput, NotAllowed, NotFound, PortError
from dialog.notifications.ports import Handed, Receipt, SmsSender

from .gateway import Gateway, open_gateway

KARI, PER = "+4799900000", "+4799900002"
SECRET = "between-us-and-the-gateway"


@dataclass
class Carrier:
    """A sender, and a look at what has come to the phones."""

    sender: SmsSender
    phones: Callable[[], list[Phone]]


@pytest.fixture
def gateway(settings: Any) -> Iterator[Gateway]:
    with open_gateway() as gateway:
        settings.SMS_URL = gateway.url
        settings.SMS_TOKEN = "a-token"
        yield gateway


@pytest.fixture(params=["memory", "console", "http-json", "http-form"])
def carrier(
    request: pytest.FixtureRequest, settings: Any, capsys: pytest.CaptureFixture[str]
) -> Carrier:
    if request.param == "memory":
        memory = MemorySms()
        return Carrier(memory, lambda: memory.phones)
    if request.param == "console":
        return Carrier(ConsoleSms(), lambda: on_the_terminal(capsys))
    gateway: Gateway = request.getfixturevalue("gateway")
    settings.SMS_FORMAT = request.param.removeprefix("http-")
    return Carrier(HttpSms(), lambda: gateway.phones)


def on_the_terminal(capsys: pytest.CaptureFixture[str]) -> list[Phone]:
    """The terminal masks the number: only its last two digits are there to compare."""
    full = {one[-2:]: one for one in (KARI, PER)}
    lines = capsys.readouterr().out.splitlines()
    parts = [line.removeprefix("SMS (······").partition("): ") for line in lines]
    return [Phone(full[number], text) for number, _, text in parts]


class TestSend:
    """What every sender promises."""

    def test_the_text_comes_to_the_number_whole(self, carrier: Carrier) -> None:
        text = 'Du har en avtale. Æ, ø & å = 100 % {to} "sitat" + €'

        handed = carrier.sender.send(to=KARI, text=text, reference=uuid4())

        assert handed == Handed(accepted=True)
        assert carrier.phones() == [Phone(KARI, text)]

    def test_the_same_reference_twice_is_one_sms(self, carrier: Carrier) -> None:
        reference = uuid4()

        for _ in range(2):
            assert carrier.sender.send(to=KARI, text="Hei", reference=reference).accepted

        assert carrier.phones() == [Phone(KARI, "Hei")]

    def test_two_references_are_two_sms(self, carrier: Carrier) -> None:
        for to in (KARI, PER):
            carrier.sender.send(to=to, text="Hei", reference=uuid4())

        assert carrier.phones() == [Phone(KARI, "Hei"), Phone(PER, "Hei")]

    def test_a_receipt_from_nobody_we_know_is_not_taken(self, carrier: Carrier) -> None:
        with pytest.raises((NotFound, NotAllowed)):
            carrier.sender.read_receipt(body=b"{}", headers={})


class TestTheGatewaysMoods:
    @pytest.mark.parametrize("status", [200, 201, 202, 409])
    def test_taken_or_taken_before_is_taken(self, gateway: Gateway, status: int) -> None:
        gateway.status = status

        assert HttpSms().send(to=KARI, text="Hei", reference=uuid4()).accepted

    @pytest.mark.parametrize("status", [400, 410, 422])
    def test_a_message_it_will_not_take_is_an_answer(self, gateway: Gateway, status: int) -> None:
        gateway.status = status

        assert not HttpSms().send(to=KARI, text="Hei", reference=uuid4()).accepted

    @pytest.mark.parametrize("status", [408, 423, 425, 429, 500, 502, 503, 504])
    def test_what_may_go_better_later_is_tried_again(self, gateway: Gateway, status: int) -> None:
        gateway.status = status

        with pytest.raises(PortError) as refusal:
            HttpSms().send(to=KARI, text="Hei", reference=uuid4())

        assert not refusal.value.permanent

    @pytest.mark.parametrize("status", [301, 302, 401, 403, 404, 405])
    def test_what_is_set_up_wrongly_waits_for_a_person(self, gateway: Gateway, status: int) -> None:
        gateway.status = status

        with pytest.raises(PortError) as refusal:
            HttpSms().send(to=KARI, text="Hei", reference=uuid4())

        assert refusal.value.permanent
        assert len(gateway.asked) == 1

    def test_nobody_at_home_is_tried_again(self, settings: Any) -> None:
        with open_gateway() as gateway:
            settings.SMS_URL = gateway.url

        with pytest.raises(PortError) as refusal:
            HttpSms().send(to=KARI, text="Hei", reference=uuid4())

        assert not refusal.value.permanent

    def test_the_fields_are_named_as_the_gateway_wants(
        self, gateway: Gateway, settings: Any
    ) -> None:
        settings.SMS_FIELDS = {
            "to": "{to}",
            "text": "{text}",
            "reference": "{reference}",
            "originator": "{sender}",
            "type": "text",
        }
        settings.SMS_SENDER = "Legekontor"
        reference = uuid4()

        HttpSms().send(to=KARI, text="Hei", reference=reference)

        assert gateway.asked == [
            {
                "to": KARI,
                "text": "Hei",
                "reference": str(reference),
                "originator": "Legekontor",
                "type": "text",
            }
        ]
        assert gateway.headers[0]["Authorization"] == "Bearer a-token"
        assert gateway.headers[0]["Idempotency-Key"] == str(reference)


def signed(body: bytes, secret: str = SECRET) -> dict[str, str]:
    return {"X-Signature": "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}


class TestReadReceipt:
    @pytest.fixture(autouse=True)
    def secret(self, settings: Any) -> None:
        settings.SMS_RECEIPT_SECRET = SECRET

    @pytest.mark.parametrize("write", [json.dumps, urlencode], ids=["json", "form"])
    @pytest.mark.parametrize(
        ("status", "delivered"),
        [("delivered", True), ("DELIVRD", True), ("Undelivered", False), ("buffered", None)],
    )
    def test_a_signed_receipt_is_read(
        self, write: Callable[[dict[str, str]], str], status: str, delivered: bool | None
    ) -> None:
        reference = uuid4()
        body = write({"reference": str(reference), "status": status}).encode()

        receipt = HttpSms().read_receipt(body=body, headers=signed(body))

        assert receipt == Receipt(reference=reference, delivered=delivered)

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"X-Signature": ""},
            {"X-Signature": "sha256="},
            {"X-Signature": "ææ"},
            signed(b"{}", "another"),
        ],
    )
    def test_an_unsigned_one_is_not(self, headers: dict[str, str]) -> None:
        with pytest.raises(NotAllowed):
            HttpSms().read_receipt(body=b"{}", headers=headers)

    def test_a_changed_body_is_not_what_was_signed(self) -> None:
        body = json.dumps({"reference": str(uuid4()), "status": "failed"}).encode()

        with pytest.raises(NotAllowed):
            HttpSms().read_receipt(body=body.replace(b"failed", b"delivered"), headers=signed(body))

    @pytest.mark.parametrize(
        "body", [b"", b"{", b"[1]", b"\xff\xfe", b'{"status": "delivered"}', b"reference=7"]
    )
    def test_nonsense_is_refused_though_it_is_signed(self, body: bytes) -> None:
        with pytest.raises(InvalidInput):
            HttpSms().read_receipt(body=body, headers=signed(body))

    def test_without_a_shared_secret_there_is_no_such_address(self, settings: Any) -> None:
        settings.SMS_RECEIPT_SECRET = ""

        with pytest.raises(NotFound):
            HttpSms().read_receipt(body=b"{}", headers=signed(b"{}", ""))
