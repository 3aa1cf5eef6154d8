"""What protects nothing stops the start of anything but a demonstration."""

import os
import subprocess
import sys

import pytest

REAL = {
    "DIALOG_DEMONSTRATION": "0",
    "IDENTITY_ADAPTER": "example.Provider",
    "SMS_ADAPTER": "dialog.adapters.sms_http.HttpSms",
    "SMS_URL": "https://sms.example.org/",
}
START = [sys.executable, "-c", "from dialog.config import settings"]


def start(**settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        START, env={**os.environ, **settings}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    "settings",
    [
        {"MESSAGE_REVOCATION": "none"},
        {"MESSAGE_PROTECTION_ADAPTER": "dialog.adapters.memory.MemoryProtection"},
        {"SCANNER_ADAPTER": "dialog.adapters.scanners.OwnChecksOnly"},
    ],
)
def test_unprotected_messages(settings: dict[str, str]) -> None:
    stopped = start(**REAL, **settings)
    allowed = start(**settings)

    assert stopped.returncode != 0 and "only for a demonstration" in " ".join(
        stopped.stderr.split()
    )
    assert allowed.returncode == 0, allowed.stderr
    assert start(**REAL).returncode == 0
