"""Who looks through files: clamd where it is, nobody where it is not, and never far away."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from dialog.cli import run
from dialog.config import scanning


@pytest.mark.parametrize(
    ("address", "demonstration", "found"),
    [
        ("", True, scanning.OWN_CHECKS_ONLY),
        ("", False, scanning.NO_SCANNER),
        ("/run/clamav/clamd.ctl", True, scanning.CLAMD),
        ("127.0.0.1:3310", False, scanning.CLAMD),
    ],
)
def test_files_are_scanned_where_they_can_be(
    address: str, demonstration: bool, found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAMD_ADDRESS", address)

    assert scanning.scanner_adapter(demonstration=demonstration) == found


def test_clamd_must_be_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCANNER_ADAPTER", scanning.CLAMD)

    with pytest.raises(ImproperlyConfigured, match="CLAMD_ADDRESS"):
        scanning.scanner_adapter(demonstration=False)


@pytest.mark.parametrize("address", ["scanner.example.org:3310", "3310", "localhost:", "clamd"])
def test_files_go_nowhere_unencrypted(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAMD_ADDRESS", address)

    with pytest.raises(ImproperlyConfigured, match="on this machine"):
        scanning.clamd_address()


@pytest.mark.parametrize(
    ("demonstration", "said"), [("1", "not scanned for viruses"), ("0", "Nobody can send files")]
)
def test_whoever_starts_it_is_told(
    demonstration: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIALOG_DEMONSTRATION", demonstration)
    unscanned = run.about_files()
    monkeypatch.setenv("CLAMD_ADDRESS", "127.0.0.1:3310")

    assert said in unscanned
    assert run.about_files() == ""
