"""The outermost keys, in a file: one a line, its name and itself, and the one that wraps first.

A line that begins with ``next`` is known and wraps nothing yet: it is on its way to every machine.
"""

import base64
import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from dialog.adapters.content_cipher import AesGcm
from dialog.adapters.lasting import replace_file
from dialog.content.ports import ContentFault

NAME = 8  # bytes of a key's name, before what it wrapped
FOR_OTHERS = 0o077
NEXT = "next"
UNNAMED = (
    "Set CONTENT_KEYS_FILE: the file with the key that all content is encrypted under. Make it "
    "once with digital-dialog content-key make, and keep a copy (docs/running.md)."
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A line of the file. Printed, it shows no key."""

    name: str
    key: bytes = field(repr=False)
    next: bool = False

    def line(self) -> str:
        """As it stands in the file."""
        word = base64.urlsafe_b64encode(self.key).decode()
        return " ".join([*([NEXT] if self.next else []), self.name, word])


class KeyFile:
    """Reads the file again when it has changed, so that a new key needs no restart."""

    def __init__(self, path: Path | None = None) -> None:
        if path is None and not settings.CONTENT_KEYS_FILE:
            raise ImproperlyConfigured(UNNAMED)
        self.path = path or Path(settings.CONTENT_KEYS_FILE)
        self._cipher = AesGcm()
        self._seen: tuple[int, int] | None = None
        self._kept: tuple[Kept, ...] = ()

    def kept(self) -> tuple[Kept, ...]:
        """What is there now."""
        try:
            found = self.path.stat()
            if (found.st_ino, found.st_mtime_ns) != self._seen:
                self._kept = read(self.path)
                self._seen = found.st_ino, found.st_mtime_ns
        except OSError as error:
            raise ContentFault(
                f"CONTENT_KEYS_FILE names {self.path}, which cannot be read: {error.strerror}. Put "
                "the copy back, or make the first one with digital-dialog content-key make."
            ) from error
        return self._kept

    def current(self) -> str:
        """The name of the first in the file."""
        return self._current().name

    def wrap(self, key: bytes, bound: bytes) -> bytes:
        """The name of the key that wraps, and what it made."""
        ours = self._current()
        return bytes.fromhex(ours.name) + self._cipher.seal(ours.key, key, bound)

    def unwrap(self, wrapped: bytes, bound: bytes) -> bytes:
        """What it was."""
        name = self.wrapped_by(wrapped)
        ours = next((one for one in self.kept() if one.name == name), None)
        if ours is None:
            raise ContentFault(
                f"The key {name}, which wraps keys in the database, is not in {self.path}. Put its "
                "line back from the copy."
            )
        return self._cipher.open(ours.key, wrapped[NAME:], bound)

    def wrapped_by(self, wrapped: bytes) -> str:
        """The name in front."""
        return wrapped[:NAME].hex()

    def _current(self) -> Kept:
        ours = next((one for one in self.kept() if not one.next), None)
        if ours is None:
            raise ContentFault(f"{self.path} has no key that wraps.")
        return ours


def read(path: Path) -> tuple[Kept, ...]:
    """The keys in a file."""
    found = tuple(
        _kept(line, place, path)
        for place, line in enumerate(path.read_text("ascii", "replace").splitlines(), start=1)
        if line.strip() and not line.startswith("#")
    )
    if not found:
        raise ContentFault(f"{path} has no key in it.")
    if path.stat().st_mode & FOR_OTHERS:
        raise ContentFault(f"{path} can be read by others: chmod 600 {path}")
    return found


def _kept(line: str, place: int, path: Path) -> Kept:
    words = line.split()
    coming = words[0] == NEXT
    try:
        name, word = words[1:] if coming else words
        key = base64.b64decode(word, altchars=b"-_", validate=True)
    except ValueError as error:
        raise ContentFault(f"{path}, line {place}: not a key we can read.") from error
    if len(key) * 8 != 256 or name != name_of(key):
        raise ContentFault(f"{path}, line {place}: the key is not the one its name says.")
    return Kept(name, key, coming)


def name_of(key: bytes) -> str:
    """What a key is called: the beginning of its hash, which tells nothing of it."""
    return hashlib.sha256(b"content key " + key).hexdigest()[: 2 * NAME]


def make(path: Path) -> str:
    """Make the first key, in a file for its owner alone; its name. FileExistsError: it is there."""
    key = _new()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    replace_file(path, _file([key]), anew=True)
    return key.name


def prepare(path: Path) -> str:
    """Put the next key in the file; it wraps nothing before ``turn``. Its name."""
    kept = read(path)
    if any(one.next for one in kept):
        raise ContentFault(f"{path} has a next key already.")
    key = _new(coming=True)
    replace_file(path, _file([*kept, key]))
    return key.name


def turn(path: Path) -> str:
    """Let the next key wrap from now on; those before it can still unwrap. Its name."""
    kept = read(path)
    coming = [one for one in kept if one.next]
    if not coming:
        raise ContentFault(f"{path} has no next key: digital-dialog content-key prepare.")
    first = Kept(coming[0].name, coming[0].key)
    replace_file(path, _file([first, *(one for one in kept if not one.next)]))
    return first.name


def drop(path: Path, names: set[str]) -> None:
    """Take keys out of the file."""
    replace_file(path, _file([one for one in read(path) if one.name not in names]))


def _new(*, coming: bool = False) -> Kept:
    key = os.urandom(32)
    return Kept(name_of(key), key, coming)


def _file(kept: list[Kept]) -> bytes:
    return "".join(f"{one.line()}\n" for one in kept).encode()
