"""What people write, as the database keeps it: encrypted, each conversation with its own key.

A data key for each conversation, file and practice is kept wrapped by the practice's wrapping key,
which is kept wrapped by a key that is not in the database (ADR 14). Rooms name a column
``ContentField`` and read and write text; which key it is follows from what the row hangs on.
"""

from dialog.content.fields import ContentBytes, ContentField, owner_of
from dialog.content.keys import (
    THE_PLATFORM,
    Owner,
    begin,
    destroy_all_of_practice,
    forget,
    is_destroyed,
    seal_for,
)
from dialog.content.many import keys_of
from dialog.content.statements import opening, read, read_bytes
from dialog.content.stored import ERASED

__all__ = [
    "ERASED",
    "THE_PLATFORM",
    "ContentBytes",
    "ContentField",
    "Owner",
    "begin",
    "destroy_all_of_practice",
    "forget",
    "is_destroyed",
    "keys_of",
    "opening",
    "owner_of",
    "read",
    "read_bytes",
    "seal_for",
]
