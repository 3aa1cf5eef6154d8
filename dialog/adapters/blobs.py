"""Files as PostgreSQL rows of at most 1 MB, so that one backup holds everything."""

from collections.abc import Iterator
from uuid import UUID

from django.db import connection

from dialog.content import Owner, forget, opening, read_bytes, seal_for
from dialog.errors import NotFound

PART = 1024 * 1024
ONE = f"""
SELECT {opening("part")} FROM conversations_blobpart WHERE blob = %s AND number = %s
"""  # noqa: S608 - our own columns


class DatabaseBlobs:
    """Keeps files beside the conversations, in the same transaction."""

    def put(self, blob: UUID, data: bytes) -> None:
        """Keep these bytes, cut into parts."""
        pieces = [data[start : start + PART] for start in range(0, len(data), PART)] or [b""]
        owner = Owner.of_file(blob)
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO conversations_blobpart (blob, number, part) VALUES (%s, %s, %s)",
                [
                    (blob, number, seal_for(owner, piece, place_of(blob, number)))
                    for number, piece in enumerate(pieces)
                ],
            )

    def parts(self, blob: UUID) -> Iterator[bytes]:
        """The parts in order; NotFound when there are none."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM conversations_blobpart WHERE blob = %s", [blob])
            (count,) = cursor.fetchone()
            if not count:
                raise NotFound
            for number in range(count):
                cursor.execute(ONE, [blob, number])
                yield read_bytes(cursor.fetchone()[0], place_of(blob, number))

    def delete(self, blob: UUID) -> None:
        """Forget the bytes, and destroy their key."""
        forget(Owner.of_file(blob))
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM conversations_blobpart WHERE blob = %s", [blob])


def place_of(blob: UUID, number: int) -> str:
    """What a part is bound to: neither order nor file can be changed."""
    return f"conversations_blobpart.part {blob} {number}"
