"""SMS on the terminal: for the demonstration and for development; nobody's phone is reached."""

import sys
from collections.abc import Mapping
from uuid import UUID

from dialog.errors import NotFound
from dialog.notifications.ports import Handed, Receipt

REMEMBERED = 1000


class ConsoleSms:
    """Writes each SMS on the terminal, with the number masked."""

    def __init__(self) -> None:
        self._handed: dict[UUID, None] = {}

    def send(self, *, to: str, text: str, reference: UUID) -> Handed:
        """Write it, once."""
        if reference not in self._handed:
            self._handed[reference] = None
            if len(self._handed) > REMEMBERED:
                del self._handed[next(iter(self._handed))]
            sys.stdout.write(f"SMS ({'·' * 6}{to[-2:]}): {text}\n")
            sys.stdout.flush()
        return Handed(accepted=True)

    def read_receipt(self, *, body: bytes, headers: Mapping[str, str]) -> Receipt:
        """A terminal sends none."""
        raise NotFound
