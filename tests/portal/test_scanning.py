"""What patients read when nobody can look through their files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dialog.adapters.scanners import NoScanner
from dialog.conversations.ports import ScannerAway, blobs
from tests.doors import post
from tests.pictures import png

WORDS = "Når åpner dere på fredag, og kan jeg hente papirene da?"
UNSCANNED = "Filer sjekkes ikke for virus."


class Away(NoScanner):
    """It is there, and does not answer."""

    open = True

    def harmful(self, data: bytes) -> bool:
        raise ScannerAway


def with_scanner(scanner: object, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {"SCANNER": scanner, "BLOBS": blobs()}
    monkeypatch.setattr("dialog.conversations.ports.port", found.get)


def sent_with_a_file(by: Client) -> tuple[int, str]:
    file = SimpleUploadedFile("a.png", png(), "image/png")
    answer = post(by, "/kontakt", calm="on", topic="other", text=WORDS, files=file)
    return answer.status_code, answer.content.decode()


def test_scanner_away_keeps_the_words_and_says_so(
    as_kari: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_scanner(Away(), monkeypatch)

    status, page = sent_with_a_file(as_kari)

    assert status == 422
    assert "Vi får ikke sjekket filer for virus akkurat nå" in page
    assert WORDS in page


def test_without_a_scanner_files_are_closed_and_the_service_is_not(
    as_kari: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_scanner(NoScanner(), monkeypatch)

    shown = as_kari.get("/kontakt?gjelder=valgt").content.decode()
    status, page = sent_with_a_file(as_kari)
    without = post(as_kari, "/kontakt", calm="on", topic="other", text=WORDS)

    assert 'type="file"' not in shown
    assert status == 422
    assert WORDS in page
    assert "Send det uten filer" in page
    assert without.status_code == 302


def test_a_demonstration_says_at_the_field_that_nobody_scans(
    as_kari: Client, settings: object
) -> None:
    unscanned = as_kari.get("/kontakt?gjelder=valgt").content.decode()
    settings.FILES_ARE_UNSCANNED = False
    scanned = as_kari.get("/kontakt?gjelder=valgt").content.decode()

    assert UNSCANNED in unscanned
    assert UNSCANNED not in scanned
