"""A registry in a folder: agreements, profiles, parties and certificates as files.

``*.xml`` are agreements (CPA) and profiles (CPP), ``*.json`` communication parties,
``<HER-id>*.cer``, ``.crt``, ``.der`` and ``.pem`` certificates of a party; in any folders below.
What changes is read again. A file that cannot be used is named in the log and in ``faults``, and
what was read from it before goes on; all other files go on as if it were not there.
"""

import logging
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Lock

from django.conf import settings

from dialog.adapters.cms.certificates import NotACertificate, certificates_in, right_now
from dialog.adapters.registries import agreement_files, party_files
from dialog.adapters.registries.faults import BrokenFile
from dialog.adapters.registries.memory import MemoryRegistry
from dialog.interop.parties import Party
from dialog.interop.profiles import Agreement, Profile

log = logging.getLogger(__name__)

_SUFFIXES = (".xml", ".json", ".cer", ".crt", ".der", ".pem")
_MOST_BYTES = 5 * 1024 * 1024
_OWNER = re.compile(r"(\d{1,9})(?!\d)")
_Content = Agreement | Profile | Party | tuple[int, tuple[bytes, ...]]
_Seen = tuple[int, int, int]


def from_settings() -> "FolderRegistry":
    """The folder the settings name."""
    return FolderRegistry(Path(settings.ADDRESS_REGISTRY_DIR))


class FolderRegistry:
    """Looks for changes at most every ``every`` seconds, when it is asked something."""

    def __init__(
        self, folder: Path, *, every: float = 5.0, now: Callable[[], datetime] = right_now
    ) -> None:
        self._folder, self._every, self._now = folder, every, now
        self._looked = float("-inf")
        self._lock = Lock()
        self._seen: dict[Path, _Seen] = {}
        self._read: dict[Path, _Content] = {}
        self._known = MemoryRegistry(now=now)
        self._faults: dict[str, str] = {}

    @property
    def faults(self) -> Mapping[str, str]:
        """Which files cannot be used, and why, by their name in the folder."""
        self._current()
        return dict(self._faults)

    def party(self, her_id: int) -> Party | None:
        """A party with all it inherits from the parties that have files here."""
        return self._current().party(her_id)

    def agreement(self, own: int, other: int) -> Agreement | None:
        """The one in force; of several the one that began last."""
        return self._current().agreement(own, other)

    def agreement_by_id(self, cpa_id: str) -> Agreement | None:
        """Any whose file is here, ended or not."""
        return self._current().agreement_by_id(cpa_id)

    def profile(self, her_id: int) -> Profile | None:
        """The profile; without one, the certificates that lie here for the party."""
        return self._current().profile(her_id)

    def _current(self) -> MemoryRegistry:
        with self._lock:
            if time.monotonic() - self._looked >= self._every:
                self._look()
                self._looked = time.monotonic()
            return self._known

    def _look(self) -> None:
        found = dict(self._files())
        if found == self._seen:
            return
        for path in self._seen.keys() - found.keys():
            self._read.pop(path, None)
            self._faults.pop(self._name(path), None)
        for path, seen in sorted(found.items()):
            if self._seen.get(path) != seen:
                self._take(path)
        self._seen = found
        self._known = self._gathered()

    def _files(self) -> Iterator[tuple[Path, _Seen]]:
        for path in self._folder.rglob("*"):
            if path.suffix.lower() not in _SUFFIXES:
                continue
            try:
                about = path.stat()
            except OSError:  # gone since it was listed
                continue
            if path.is_file():
                yield path, (about.st_mtime_ns, about.st_size, about.st_ino)

    def _take(self, path: Path) -> None:
        try:
            self._read[path] = _content(path)
            self._faults.pop(self._name(path), None)
        except (BrokenFile, OSError) as error:
            why = error.sentence if isinstance(error, BrokenFile) else "It cannot be opened."
            self._faults[self._name(path)] = why
            log.warning("registry file cannot be used: %s: %s", self._name(path), why)

    def _name(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()

    def _gathered(self) -> MemoryRegistry:
        """All that is known; of two files about the same the one that sorts last counts."""
        read = [self._read[path] for path in sorted(self._read)]
        parties = {one.her_id: one for one in read if isinstance(one, Party)}
        for one in read:
            if isinstance(one, tuple):
                her_id, certificates = one
                party = parties.get(her_id) or Party(her_id=her_id, name="")
                parties[her_id] = replace(party, certificates=party.certificates + certificates)
        return MemoryRegistry(
            parties=parties.values(),
            profiles=[one for one in read if isinstance(one, Profile)],
            agreements=[one for one in read if isinstance(one, Agreement)],
            now=self._now,
        )


def _content(path: Path) -> _Content:
    if path.stat().st_size > _MOST_BYTES:
        raise BrokenFile(f"It is larger than {_MOST_BYTES // 1024 // 1024} MB.")
    data = path.read_bytes()
    match path.suffix.lower():
        case ".xml":
            return agreement_files.read(data)
        case ".json":
            return party_files.read(data)
        case _:
            return _certificates(path, data)


def _certificates(path: Path, data: bytes) -> tuple[int, tuple[bytes, ...]]:
    owner = _OWNER.match(path.name)
    if owner is None:
        raise BrokenFile("The name of a certificate's file begins with a HER-id.")
    try:
        return int(owner[1]), certificates_in(data)
    except NotACertificate as error:
        raise BrokenFile("It is not a certificate.") from error
