"""What the conversations need from outside: a place to keep files."""

from collections.abc import Iterator
from typing import Protocol
from uuid import UUID

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
