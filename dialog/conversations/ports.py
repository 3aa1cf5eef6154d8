"""What the conversations need from outside: a place for files, and who looks through them."""

from collections.abc import Iterator
from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dialog.errors import PortError
from dialog.ports import port


class BlobStore(Protocol):
    """Keeps the bytes of files under an id; what it has been given it gives back unchanged."""

    def put(self, blob: UUID, data: bytes) -> None:
        """Keep these bytes, in the caller's transaction where the store has transactions."""

    def parts(self, blob: UUID) -> Iterator[bytes]:
        """The bytes again, in order, in pieces of at most 1 MB; NotFound when there are none."""

    def delete(self, blob: UUID) -> None:
        """Forget the bytes; nothing happens when there are none."""


def blobs() -> BlobStore:
    """The store the settings name."""
    store: BlobStore = port("BLOBS")
    return store


class ScannerAway(PortError):
    """Nobody can look through files now, so none are taken now; what was written is kept."""

    sentence = _(
        "Vi får ikke sjekket filer for virus akkurat nå, så filen er ikke sendt. Det du har "
        "skrevet, står som før. Send det uten filer, eller velg filen på nytt om litt."
    )


class Scanner(Protocol):
    """Looks through files for what harms; ``open``: whether files may be taken here at all."""

    open: bool

    def harmful(self, data: bytes) -> bool:
        """Whether something harmful is known to be in these bytes; ScannerAway when nobody can
        say.
        """


def scanner() -> Scanner:
    """The scanner the settings name."""
    found: Scanner = port("SCANNER")
    return found
