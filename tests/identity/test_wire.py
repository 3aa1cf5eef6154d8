"""No call to a provider is without an end."""

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from dialog.adapters.oidc import wire as module
from dialog.adapters.oidc.refusals import Away
from dialog.adapters.oidc.wire import Wire
from tests.providers import listening

NOBODY = "http://127.0.0.1:9/"


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    monkeypatch.setattr(module, "PATIENCE", httpx.Timeout(0.1))
    made = Wire()
    yield made
    made.close()


def test_an_answer_that_does_not_come_is_not_waited_for(wire: Wire) -> None:
    def sleeps(*_asked: Any) -> Any:
        time.sleep(0.3)
        return 200, {}, b"{}"

    with listening(sleeps) as address, pytest.raises(Away, match="no answer"):
        wire.get(address)


def test_nor_is_one_that_drips(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WHOLE", -1.0)

    with listening(lambda *_asked: (200, {}, b"{}")) as address, pytest.raises(Away, match="slow"):
        wire.get(address)


def test_whoever_is_silent_twice_is_left_alone_for_a_moment(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    whys = []
    for _time in range(3):
        with pytest.raises(Away) as stopped:
            wire.get(NOBODY)
        whys.append(stopped.value.why)

    assert whys == ["no answer", "no answer", "left alone for a moment"]
    monkeypatch.setattr(module, "LEFT_ALONE", 0.0)
    with pytest.raises(Away, match="no answer"):
        wire.get(NOBODY)


def test_others_are_asked_meanwhile(wire: Wire) -> None:
    for _time in range(3):
        with pytest.raises(Away):
            wire.get(NOBODY)

    with listening(lambda *_asked: (200, {}, b'{"a": 1}')) as address:
        assert wire.get(address).words() == {"a": 1}


def test_nobody_is_followed_to_somewhere_else(wire: Wire) -> None:
    elsewhere = {"Location": NOBODY}

    with listening(lambda *_asked: (302, elsewhere, b"")) as address:
        assert wire.get(address).status == 302


def test_tls_is_checked() -> None:
    """The client is made without a word about certificates: httpx then checks them."""
    made = Wire()
    context = made._client._transport._pool._ssl_context  # type: ignore[attr-defined]
    made.close()

    assert context.check_hostname
    assert context.verify_mode.name == "CERT_REQUIRED"
