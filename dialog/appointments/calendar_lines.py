"""The lines of an .ics file: unfolded, numbered, and nested as they say they are.

Only the lines that tell when an event is are kept. What an event is called, where it is and who
comes may be about a patient, and never leaves this module.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from dialog.errors import InvalidInput

MAX_BYTES = 5 * 1024 * 1024
MAX_FAULTS = 50
MAX_DEPTH = 8
SHOWN_FAULTS = 10

WHEN = frozenset({
    "UID", "SEQUENCE", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE",
    "RECURRENCE-ID", "TRANSP", "STATUS",
})  # fmt: skip
_CALENDAR, _EVENT, _ZONE = "VCALENDAR", "VEVENT", "VTIMEZONE"
_NAME = re.compile(r"([A-Za-z0-9-]+)(?=[;:])")
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"\x00-\x1f]*"|[^";:,\x00-\x1f]*)')


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a calendar file, and in which line; line 0 is the file as a whole."""

    line: int
    reason: str

    def __str__(self) -> str:
        if not self.line:
            return self.reason
        return _("Linje %(line)d: %(reason)s") % {"line": self.line, "reason": self.reason}


class BrokenCalendar(InvalidInput):
    """A calendar file that cannot be read; nothing of it has been used."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        sentences = [str(fault) for fault in self.faults[:SHOWN_FAULTS]]
        if len(self.faults) > SHOWN_FAULTS:
            sentences.append(_("Det er flere feil enn disse."))
        super().__init__(" ".join(sentences), field="file")

    @property
    def line(self) -> int:
        """The line of the first fault."""
        return self.faults[0].line

    @property
    def reason(self) -> str:
        """What is wrong there."""
        return self.faults[0].reason


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an event: its name and value, and the zone, kind and range it says they have."""

    number: int
    name: str
    value: str
    zone: str = ""
    kind: str = ""
    range: str = ""


@dataclass(slots=True)
class Block:
    """What stands between a BEGIN and its END: an event, or the rules of a zone word for word."""

    kind: str
    number: int
    lines: list[Line] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


def read_blocks(data: bytes) -> list[Block]:
    """The events and zones of a calendar file, in the order they stand."""
    if len(data) > MAX_BYTES:
        raise BrokenCalendar(
            Fault(0, _("Filen er større enn 5 MB. Eksporter et kortere tidsrom, og prøv igjen."))
        )
    numbered = [each for each in _unfolded(_decoded(data)) if each[1].strip()]
    if not numbered or numbered[0][1].strip().upper() != f"BEGIN:{_CALENDAR}":
        raise BrokenCalendar(Fault(0, _("Dette er ikke en kalenderfil (.ics).")))
    reading = _Reading()
    for number, text in numbered:
        reading.take(number, text)
        if len(reading.faults) >= MAX_FAULTS:
            break
    reading.finish(numbered[-1][0])
    return reading.blocks


class _Reading:
    """Where we are in the file: what is open, what is done, and what was wrong on the way."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.faults: list[Fault] = []
        self._open: list[Block] = []

    def take(self, number: int, text: str) -> None:
        """The next line."""
        name = _NAME.match(text)
        if name is None or ":" not in text:
            self._complain(number, _("Linjen har ikke et navn, et kolon og et innhold."))
            return
        upper = name[1].upper()
        if self._zone and upper != "BEGIN":
            self._zone[0].text.append(text)
        if upper == "BEGIN":
            self._begin(number, text)
        elif upper == "END":
            self._end(number, text)
        elif not self._open:
            self._complain(number, _("Linjen står utenfor kalenderen."))
        elif self._open[-1].kind == _EVENT and upper in WHEN:
            self._keep(number, upper, text)

    def finish(self, last: int) -> None:
        """No more lines: everything begun must be ended, and nothing be wrong."""
        if self._open and len(self.faults) < MAX_FAULTS:
            self._complain(last, _("Filen slutter før kalenderen er ferdig. Last den ned på nytt."))
        if self.faults:
            raise BrokenCalendar(*self.faults)

    @property
    def _zone(self) -> list[Block]:
        return [block for block in self._open if block.kind == _ZONE][:1]

    def _begin(self, number: int, text: str) -> None:
        block = Block(_after_colon(text), number)
        if len(self._open) >= MAX_DEPTH:
            self._complain(number, _("Linjen kan ikke leses."))
            return
        if not self._open and block.kind != _CALENDAR:
            self._complain(number, _("Linjen står utenfor kalenderen."))
        self._open.append(block)
        if self._zone:
            self._zone[0].text.append(text)

    def _end(self, number: int, text: str) -> None:
        if not self._open or self._open[-1].kind != _after_colon(text):
            self._complain(number, _("Her avsluttes noe annet enn det som sist ble begynt."))
            return
        block = self._open.pop()
        if block.kind in (_EVENT, _ZONE):
            self.blocks.append(block)

    def _keep(self, number: int, name: str, text: str) -> None:
        at = len(name)
        found: dict[str, str] = {}
        while parameter := _PARAMETER.match(text, at):
            found[parameter[1].upper()] = parameter[2].strip('"')
            at = parameter.end()
        if not text.startswith(":", at):
            self._complain(number, _("Linjen kan ikke leses."))
            return
        kind, reach = found.get("VALUE", "").upper(), found.get("RANGE", "").upper()
        value, zone = text[at + 1 :].strip(), found.get("TZID", "")
        self._open[-1].lines.append(Line(number, name, value, zone, kind, reach))

    def _complain(self, number: int, reason: str) -> None:
        self.faults.append(Fault(number, reason))


def _after_colon(text: str) -> str:
    return text.partition(":")[2].strip().upper()


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")  # old programs; only titles can differ, and we keep none


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Each line with its number, where a line that begins with a space goes on the one before."""
    begun, parts = 1, [""]
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        if line.startswith((" ", "\t")):
            parts.append(line[1:])
            continue
        yield begun, "".join(parts)
        begun, parts = number, [line]
    yield begun, "".join(parts)
