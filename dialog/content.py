"""The one field type for what people write: stored as bytes with a key id in front.

Key id 0 is plain text in UTF-8. Every free text, name of a file and note goes through this field,
so that encryption at rest changes keys and not tables.
"""

from typing import TYPE_CHECKING, Any

from django.db import models

PLAIN = b"\x00"


def seal(text: str) -> bytes:
    """Text to stored bytes."""
    return PLAIN + text.encode()


def unseal(stored: bytes) -> str:
    """Stored bytes to text; an unknown key id is a fault in the installation, not in the text."""
    return unseal_bytes(stored).decode()


def seal_bytes(data: bytes) -> bytes:
    """Bytes that say something to stored bytes."""
    return PLAIN + data


def unseal_bytes(stored: bytes) -> bytes:
    """Stored bytes to what they were."""
    data = bytes(stored)
    if data[:1] != PLAIN:
        raise ValueError(f"unknown content key id {data[:1].hex()}")
    return data[1:]


if TYPE_CHECKING:
    TextColumn = models.Field[str, str]
    BytesColumn = models.Field[bytes, bytes]
else:
    TextColumn = BytesColumn = models.Field


class ContentField(TextColumn):
    """Free text written by a person. An empty text is stored like any other."""

    description = "Free text written by a person"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def db_type(self, connection: Any) -> str:
        """Bytes, whatever the key."""
        return "bytea"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        """Stored bytes as text."""
        return None if value is None else unseal(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Text as stored bytes."""
        return seal(value) if isinstance(value, str) else value


class ContentBytes(BytesColumn):
    """What somebody wrote, as a message that is kept byte for byte."""

    description = "A message kept byte for byte"

    def db_type(self, connection: Any) -> str:
        """Bytes, whatever the key."""
        return "bytea"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        """Stored bytes as they were."""
        return None if value is None else unseal_bytes(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Bytes as stored bytes."""
        return seal_bytes(bytes(value)) if isinstance(value, bytes | memoryview) else value
