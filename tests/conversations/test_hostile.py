"""The hostile corpus: nothing is kept in a form that harms, and each is told in a sentence."""

import pytest

from dialog.adapters.scanners import NoScanner
from dialog.conversations import actions
from dialog.conversations.files import clean
from dialog.conversations.models import Attachment
from dialog.conversations.ports import ScannerAway, blobs
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput
from tests import hostile
from tests.conversations.pictures import assert_bare, opened, refusal

PAYLOADS = (b"<script", b"<html", b"EICAR", b"PK\x03\x04", b"MZ<", b"Telefonmaker", b"%PDF", b"GPS")


@pytest.mark.parametrize("which", hostile.REFUSED)
def test_it_is_refused_with_a_sentence(which: str) -> None:
    name, make, sentence = hostile.REFUSED[which]

    assert sentence in refusal(name, make())


@pytest.mark.parametrize("which", hostile.DRAWN_ANEW)
def test_of_a_picture_nothing_is_left_but_its_points(which: str) -> None:
    name, make = hostile.DRAWN_ANEW[which]

    kept = clean(name, make())

    assert_bare(kept)
    assert opened(kept).size in ((64, 48), (8, 8))
    assert not [payload for payload in PAYLOADS if payload in kept.data]
    assert kept.name.isprintable()
    assert kept.name.endswith(".png" if kept.media_type == "image/png" else ".jpg")


class Knows:
    """A scanner that knows one thing, and remembers what it was shown."""

    open = True

    def __init__(self) -> None:
        self.shown: list[bytes] = []

    def harmful(self, data: bytes) -> bool:
        self.shown.append(data)
        return hostile.EICAR in data


class Away(Knows):
    """A scanner that does not answer."""

    def harmful(self, data: bytes) -> bool:
        raise ScannerAway


def with_scanner(found: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dialog.conversations.ports.port", {"SCANNER": found, "BLOBS": blobs()}.get)


class TestScanned:
    def test_it_sees_the_file_as_it_came(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        scanner, data = Knows(), hostile.png()
        with_scanner(scanner, monkeypatch)

        kept = actions.keep_file(by=cast.kari, name="a.png", data=data)

        assert scanner.shown == [data]
        assert kept.media_type == "image/png"

    @pytest.mark.parametrize(
        ("scanner", "refused", "sentence"),
        [
            (Knows(), InvalidInput, "kan være skadelig"),
            (Away(), ScannerAway, "Det du har skrevet, står som før"),
            (NoScanner(), InvalidInput, "ingen sende filer nå"),
        ],
    )
    def test_what_is_known_or_cannot_be_looked_at_is_not_kept(
        self,
        scanner: object,
        refused: type[InvalidInput],
        sentence: str,
        cast: Cast,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        with_scanner(scanner, monkeypatch)
        before = Attachment.objects.count()

        with pytest.raises(refused) as told:
            actions.keep_file(by=cast.kari, name="a.jpg", data=hostile.jpeg_with(hostile.EICAR))

        assert sentence in str(told.value.sentence)
        assert Attachment.objects.count() == before
