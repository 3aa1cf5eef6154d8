"""Scripts: what the record system does by itself, for tests and for showing.

A file of rules in TOML (docs/counterpart.md); the first rule that fits a message counts.
"""

import hashlib
import json
import os
import signal
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from epj.refusal import Refusal
from epj.store import Store

PREFIX = "Dialog_Innbygger_"
YES, NO = "yes", "no"
DEEDS = (
    *("answer", "ask", "close", "decline", "refer", "renew"),
    *("confirm", "refuse", "give", "nothing"),
)
MOMENTS = ("kept", "handled", "sent")
NUMBERS = frozenset({"share", "times", "after", "late"})
WORDS = frozenset({"process", "function", "contains", "receipt"})
_WHOLE = 2**64


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What to do with a message: a verb, its words, a file, and a time (``first`` is the first
    that is free).
    """

    do: str = ""
    text: str = ""
    file: str = ""
    at: str = ""

    def written(self) -> str:
        """As it may lie in the database."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When it fits, and what then. ``after`` is seconds before it is done, ``late`` seconds before
    a synchronous answer; ``receipt`` is yes, no, or a code to reject with; ``share`` of messages
    and at most ``times`` (0 is always). ``again``: what comes again is done again, which is wrong.
    """

    key: str
    process: str = ""
    function: str = ""
    contains: str = ""
    share: float = 1.0
    times: int = 0
    after: float = 0.0
    late: float = 0.0
    receipt: str = YES
    again: bool = False
    deed: Deed = field(default_factory=Deed)

    def fits(self, process: str, function: str, words: str) -> bool:
        """Whether it is about such a message."""
        return (
            self.process in ("", process.removeprefix(PREFIX))
            and self.function in ("", function)
            and self.contains.casefold() in words.casefold()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Crash:
    """Where the record system dies of kill -9, in which process and how often."""

    key: str
    when: str
    process: str = ""
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """All rules; ``handling`` and ``sending`` are the shares that fail, the same each run."""

    rules: tuple[Rule, ...] = ()
    crashes: tuple[Crash, ...] = ()
    seed: int = 0
    handling: float = 0.0
    sending: float = 0.0

    def rule(
        self, store: Store, process: str, function: str, words: str, message_id: str
    ) -> Rule | None:
        """The first rule that fits, and is not used up; using it counts."""
        for one in self.rules:
            if (
                one.fits(process, function, words)
                and self._chance(one.key, message_id) < one.share
                and _use(store, one.key, one.times)
            ):
                return one
        return None

    def fails(self, where: str, message_id: str, tries: int) -> bool:
        """Whether this try fails, by the script's share of them."""
        share = self.handling if where == "handling" else self.sending
        return share > 0 and self._chance(where, message_id, str(tries)) < share

    def crash(self, store: Store, when: str, function: str) -> None:
        """Die here, if the script says so."""
        for one in self.crashes:
            wanted = one.process and (PREFIX + one.process).upper()
            here = one.when == when and wanted in ("", function.upper())
            if here and _use(store, one.key, one.times):
                os.kill(os.getpid(), signal.SIGKILL)

    def _chance(self, *words: str) -> float:
        said = "\n".join((str(self.seed), *words)).encode()
        return int.from_bytes(hashlib.sha256(said).digest()[:8]) / _WHOLE


def read(path: Path) -> Script:
    """The script in a file; Refusal says what is wrong with it."""
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        return _script(said, path)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Refusal(f"{path} cannot be read: {error}") from error
    except (TypeError, ValueError) as error:
        raise Refusal(f"{path}: {error}") from error


def deed(written: str) -> Deed:
    """What was written down to be done."""
    return Deed(**json.loads(written))


def _script(said: Mapping[str, object], path: Path) -> Script:
    unknown = said.keys() - {"seed", "fail", "rule", "crash"}
    if unknown:
        raise ValueError(f"{', '.join(sorted(unknown))}: there is no such word in a script.")
    fails = said.get("fail", {})
    if not isinstance(fails, dict):
        raise TypeError("[fail] has handling and sending, each a share from 0 to 1.")
    return Script(
        rules=tuple(_rule(at, one, path.parent) for at, one in enumerate(_tables(said, "rule"), 1)),
        crashes=tuple(_crash(at, one) for at, one in enumerate(_tables(said, "crash"), 1)),
        seed=int(str(said.get("seed", 0))),
        **fails,
    )


def _tables(said: Mapping[str, object], name: str) -> list[dict[str, object]]:
    found = said.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise TypeError(f"Write [[{name}]], once for each.")
    return found


def _rule(at: int, said: Mapping[str, object], beside: Path) -> Rule:
    plain = dict(said)
    words = {name: str(plain.pop(name, "")) for name in ("do", "text", "file", "at")}
    if words["do"] not in ("", *DEEDS):
        raise ValueError(f"[[rule]] {at}: do is one of {', '.join(DEEDS)}.")
    if words["file"]:
        words["file"] = str(beside / words["file"])
    for name in NUMBERS & plain.keys():
        if isinstance(plain[name], bool) or not isinstance(plain[name], int | float):
            raise ValueError(f"[[rule]] {at}: {name} is a number.")
    for name in WORDS & plain.keys():
        if not isinstance(plain[name], str):
            raise ValueError(f"[[rule]] {at}: {name} is words.")
    try:
        return Rule(key=f"rule {at}", deed=Deed(**words), **plain)  # type: ignore[arg-type]  # TypeError says which
    except TypeError as error:
        raise ValueError(f"[[rule]] {at}: {_unexpected(error)}") from error


def _crash(at: int, said: dict[str, object]) -> Crash:
    try:
        made = Crash(key=f"crash {at}", **said)  # type: ignore[arg-type]  # TypeError says which
    except TypeError as error:
        raise ValueError(f"[[crash]] {at}: {_unexpected(error)}") from error
    if made.when not in MOMENTS:
        raise ValueError(f"[[crash]] {at}: when is one of {', '.join(MOMENTS)}.")
    return made


def _unexpected(error: TypeError) -> str:
    return str(error).rpartition("__init__() ")[2]


def _use(store: Store, key: str, times: int) -> bool:
    """Use a rule once more; whether it was not used up. A rule for always is not counted."""
    if not times:
        return True
    with store.change() as change:
        change.execute("INSERT OR IGNORE INTO uses VALUES (?, 0)", (key,))
        used = change.execute(
            "UPDATE uses SET times = times + 1 WHERE rule = ? AND times < ?", (key, times)
        )
    return used.rowcount == 1
