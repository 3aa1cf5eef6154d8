"""Who may come in, and to which queues: a file of users with hashed passwords."""

import hashlib
import hmac
import json
import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

# What somebody has thought of can be guessed, so each guess must cost; what was drawn by chance
# cannot, whatever a guess costs.
COST, COST_OF_DRAWN = 2**14, 2
BLOCK, PARALLEL = 8, 1
MEMORY = 64 * 1024 * 1024
LEAST_LETTERS, LEAST_DRAWN = 10, 22  # 22 of ``token_urlsafe`` are 128 bits
DEAD_LETTERS = "_dlq"
_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")
_QUEUE = re.compile(r"(\d{1,10})_(async|sync|error|syncreply(_[A-Za-z0-9-]{1,40})?)(_dlq)?")


class BadUser(ValueError):
    """A user that cannot be, with a sentence why."""


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who has come in; ``her_ids`` are theirs, None means all (loopback, no password)."""

    name: str
    her_ids: frozenset[int] | None

    def may_receive(self, queue: str) -> bool:
        """Only from the queues of one's own HER-ids."""
        return self.her_ids is None or owner_of(queue) in self.her_ids


ANYBODY = User("anonymous", None)


class Users:
    """The users in a file, read again when it changes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_at = -1.0
        self._known: dict[str, dict[str, object]] = {}

    def add(self, name: str, password: str, her_ids: Iterable[int], *, drawn: bool = False) -> None:
        """A new user, or an old one with a new password and new HER-ids; ``drawn`` when nobody
        thought of the password, but a machine drew it.
        """
        least = LEAST_DRAWN if drawn else LEAST_LETTERS
        if not _NAME.fullmatch(name):
            raise BadUser("A user's name has letters, digits, dot, dash and underscore only.")
        if len(password) < least:
            raise BadUser(f"A password has at least {least} letters.")
        kept = hashed(password, COST_OF_DRAWN if drawn else COST)
        known = {**self._users(), name: {"her_ids": sorted(her_ids), "password": kept}}
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = self._path.with_suffix(".new")
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(known, file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)

    def checked(self, name: str, password: str) -> User | None:
        """Who this is, if the password is theirs; when there is no such user it takes as long as
        for whoever has a password that could be guessed.
        """
        users = self._users()
        known = users.get(name)
        kept = (str(one["password"]) for one in ([known] if known else users.values()))
        if not matches(password, max(kept, key=_cost, default="")) or known is None:
            return None
        return User(name, _her_ids(known))

    def has_owner(self, queue: str) -> bool:
        """Whether a queue is some user's."""
        owner = owner_of(queue)
        return any(owner in _her_ids(known) for known in self._users().values())

    def __len__(self) -> int:
        return len(self._users())

    def _users(self) -> dict[str, dict[str, object]]:
        try:
            changed = self._path.stat().st_mtime_ns
        except FileNotFoundError:
            return {}
        if changed != self._read_at:
            self._known, self._read_at = json.loads(self._path.read_text()), changed
        return self._known


def owner_of(queue: str) -> int | None:
    """Whose queue this is by its name, if it is a queue of the profile at all."""
    named = _QUEUE.fullmatch(queue)
    return int(named[1]) if named else None


def hashed(password: str, cost: int = COST) -> str:
    """A password as it may lie in a file (scrypt)."""
    salt = secrets.token_bytes(16)
    key = _key(password, salt, cost, BLOCK, PARALLEL)
    return f"scrypt:{cost}:{BLOCK}:{PARALLEL}:{salt.hex()}:{key.hex()}"


def matches(password: str, stored: str) -> bool:
    """Whether this is the password."""
    try:
        _kind, cost, block, parallel, salt, key = stored.split(":")
        made = _key(password, bytes.fromhex(salt), int(cost), int(block), int(parallel))
    except ValueError:
        return False
    return hmac.compare_digest(made, bytes.fromhex(key))


def _cost(stored: str) -> int:
    cost = stored.split(":")[1:2]
    return int(cost[0]) if cost and cost[0].isdecimal() else 0


def _key(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    return hashlib.scrypt(
        password.encode(), salt=salt, n=cost, r=block, p=parallel, maxmem=MEMORY, dklen=32
    )


def _her_ids(known: dict[str, object]) -> frozenset[int]:
    listed = known.get("her_ids")
    return (
        frozenset(one for one in listed if isinstance(one, int))
        if isinstance(listed, list)
        else frozenset()
    )
