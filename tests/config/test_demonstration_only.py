"""What protects nothing stops the start of anything but a demonstration."""

import re
import runpy
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from dialog.config import settings as read_already

REAL = {
    "DIALOG_DEMONSTRATION": "0",
    "IDENTITY_ADAPTER": "example.Provider",
    "SMS_ADAPTER": "dialog.adapters.sms_http.HttpSms",
    "SMS_URL": "https://sms.example.org/",
}


Read = Callable[..., dict[str, Any]]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Read:
    """Reads the settings as a process does that starts with these in its environment."""

    def read(**settings: str) -> dict[str, Any]:
        with monkeypatch.context() as environment:
            for name, value in settings.items():
                environment.setenv(name, value)
            return runpy.run_path(read_already.__file__)

    return read


@pytest.mark.parametrize(
    "settings",
    [
        {"MESSAGE_REVOCATION": "none"},
        {"MESSAGE_PROTECTION_ADAPTER": "dialog.adapters.memory.MemoryProtection"},
        {"SCANNER_ADAPTER": "dialog.adapters.scanners.OwnChecksOnly"},
    ],
)
def test_unprotected_messages(read: Read, settings: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured, match=re.compile(r"only for\s+a demonstration")):
        read(**REAL, **settings)

    assert read(**settings)["DEMONSTRATION"] is True


def test_what_protects_is_for_anything(read: Read) -> None:
    assert read(**REAL)["DEMONSTRATION"] is False
