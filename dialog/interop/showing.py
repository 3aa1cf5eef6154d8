"""A message as a person would read it: who to whom, about whom, and what; in Norwegian."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from dialog.interop.codes import Tables
from dialog.interop.messages import (
    Attachment,
    Calendar,
    Code,
    Dialog,
    Event,
    Header,
    Kept,
    Known,
    Message,
    Note,
    Organisation,
    Person,
    Personnel,
    Persons,
    Prescription,
    Question,
    Receipt,
    ReceiptParty,
    Relation,
    Role,
    Text,
)
from dialog.interop.messages.calendar import last_day
from dialog.interop.messages.elements import Stamp, oslo
from dialog.interop.messages.message import Body
from dialog.interop.messages.people import HPR
from dialog.interop.processes import functions, recognised, state_of

_STATES = {"booked": "avtalt", "pending": "venter på svar", "cancelled": "avlyst"}
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f]")
_INDENT = "  "
_WIDTH = 14


class Shown:
    """One message in words; ``full`` shows identity numbers, which are else masked."""

    def __init__(self, known: Tables, *, full: bool = False) -> None:
        self.known, self.full = known, full

    def lines(self, said: Message | Receipt) -> Iterator[str]:
        """The whole message, without what would steer a terminal."""
        for line in self._lines(said):
            yield _STEERING.sub("", line).rstrip()

    def _lines(self, said: Message | Receipt) -> Iterator[str]:
        yield from self._receipt(said) if isinstance(said, Receipt) else self._message(said)
        if said.tolerated:
            yield ""
            yield _row("Tatt likevel", ", ".join(said.tolerated))

    def _message(self, said: Message) -> Iterator[str]:
        kind = said.header.type
        named = self.known.text("8279", kind.value) or kind.text or kind.value
        title = self._title(said)
        yield f"{named}: {title}" if title else named
        yield from self._header(said.header)
        for document in said.documents:
            for body in document.bodies:
                yield ""
                yield from self._body(body, document.about)

    def _title(self, said: Message) -> str:
        """What it is; both sides may say the same, and the message does not tell which did."""
        found, asked = recognised(said, self.known), said.note or said.question
        if found is None or asked is None:
            return ""
        kind = (asked.kind.list, asked.kind.value)
        alike = (one for one in functions(self.known) if one.process is found.process)
        titles = {one.title for one in alike if one.says is found.says and kind in one.kinds}
        return found.title if len(titles) < 2 else "Svar" if said.note else "Spørsmål"

    def _header(self, said: Header) -> Iterator[str]:
        yield _row("Fra", _organisation(said.sender))
        yield _row("Til", _organisation(said.receiver))
        if said.patient is not None:
            yield _row("Gjelder", self._person(said.patient))
        yield _row("Sendt", _when(said.sent))
        yield _row("Melding", said.id)
        if said.parent:
            yield _row("Svar på", said.parent)
        if said.conversation and said.conversation != said.parent:
            yield _row("Dialog", said.conversation)
        yield _row("Kvittering", "ønskes" if said.wants_receipt else "ønskes ikke")

    def _body(self, said: Body, about: str) -> Iterator[str]:
        match said:
            case Dialog():
                yield from self._dialog(said, about)
            case Calendar():
                yield f"Timer ({len(said.events)})"
                for event in said.events:
                    yield from self._event(event)
            case Prescription():
                yield from _prescription(said)
            case _:
                yield from self._rows(said)

    def _rows(self, said: Body) -> Iterator[str]:
        match said:
            case Relation():
                right = self._code(said.kind)
                yield _row("Handler for pasienten", f"{self._person(said.person)}, {right}")
            case Personnel():
                yield from (
                    _row("Behandler", _professional(one.person)) for one in said.professionals
                )
            case Persons():
                yield from (_row("Person", self._person(one)) for one in said.people)
            case Attachment():
                yield _row("Vedlegg", _file(said))
            case Kept():
                yield _row("Annet innhold", f"{said.name} ({said.namespace})")

    def _dialog(self, said: Dialog, about: str) -> Iterator[str]:
        if about:
            yield _row("Om", about)
        for question in said.questions:
            yield from self._question(question)
        for note in said.notes:
            yield from self._note(note)

    def _question(self, said: Question) -> Iterator[str]:
        yield _row("Spørsmål", self._code(said.kind))
        if said.subject:
            yield _row("Emne", said.subject)
        if said.start or said.end:
            days = (_day(one) if one else "" for one in (said.start, said.end))
            yield _row("Periode", " – ".join(days).strip())
        if said.extra is not None:
            yield _row("Opplysning", self._code(said.extra))
        yield from _text(said.text)
        yield from self._roles(said.roles)

    def _note(self, said: Note) -> Iterator[str]:
        yield _row("Svar", self._code(said.kind))
        if said.subject:
            yield _row("Emne", said.subject)
        yield from _text(said.text)
        if said.remark:
            yield _row("Merknad", said.remark)
        yield from self._roles(said.roles)
        if said.question is not None:
            yield ""
            yield "Svarer på:"
            yield from (_INDENT + line for line in self._question(said.question))

    def _roles(self, said: tuple[Role, ...]) -> Iterator[str]:
        for role in said:
            title = self._code(role.kind or role.to_patient) or "Rolle"
            if role.professional is not None:
                yield _row(title, _professional(role.professional.person))
            elif role.person is not None:
                yield _row(title, self._person(role.person))

    def _event(self, said: Event) -> Iterator[str]:
        state = _STATES.get(state_of(said, self.known), "")
        what = ", ".join(one for one in (said.summary, *said.categories, state) if one)
        yield f"{_INDENT}{_period(said)}{f'  {what}' if what else ''}"
        if said.description:
            yield from (_INDENT * 2 + line for line in said.description.splitlines())
        related = f", gjelder {said.related_to}" if said.related_to else ""
        yield f"{_INDENT * 2}id {said.uid}, HER-id {said.contact}{related}"

    def _receipt(self, said: Receipt) -> Iterator[str]:
        status = self.known.text("8258", said.status.value) or said.status.text
        yield f"Applikasjonskvittering: {status or 'ukjent status'} ({said.status.value})"
        yield _row("Fra", _receipt_party(said.sender))
        yield _row("Til", _receipt_party(said.receiver))
        yield _row("Sendt", _when(said.sent))
        yield _row("Kvittering", said.id)
        original = said.original
        kind = self.known.text("8279", original.type.value) or original.type.value
        yield _row("Gjelder", f"{kind}, {original.id}, sendt {_when(original.sent)}")
        for error in said.errors:
            text = self.known.text("8221", error.value) or error.text or "ukjent feil"
            more = f": {error.free}" if error.free else ""
            yield _row("Feil", f"{text} ({error.value}){more}")

    def _person(self, said: Person) -> str:
        number = said.national_id
        if number and not self.full:
            number = f"{number[:6]} *****"
        born = _day(said.born) if said.born and not number else ""
        return ", ".join(one for one in (said.name, number, born) if one)

    def _code(self, said: Code | None) -> str:
        if said is None:
            return ""
        text = said.text or self.known.text(said.list, said.value)
        number = f" ({said.value})" if said.value and text else said.value
        return text + number + (f": {said.free}" if said.free else "")


def _row(label: str, text: str) -> str:
    return f"{label + ':':<{_WIDTH}}{' ' * (len(label) + 1 >= _WIDTH)}{text}".rstrip()


def _text(said: Text | None) -> Iterator[str]:
    if said is not None and said.plain:
        yield ""
        yield from (f"{_INDENT}{line.strip()}" for line in said.plain.splitlines())
        yield ""


def _organisation(said: Organisation) -> str:
    names = [_named(said.name, said.her_id)]
    if said.inside is not None and said.inside.name:
        names.append(_named(said.inside.name, said.inside.her_id))
    if said.professional is not None:
        names.append(_named(said.professional.person.name, said.professional.her_id))
    return ", ".join(names)


def _named(name: str, her_id: str) -> str:
    return f"{name} (HER-id {her_id})" if her_id else name


def _professional(said: Person) -> str:
    number = next((one.number for one in said.identities if one.kind.value == HPR), "")
    return f"{said.name} (HPR {number})" if number else said.name


def _receipt_party(said: ReceiptParty) -> str:
    first = said.enterprise or said.person or Known()
    named = (_known(one) for one in (first, *said.departments, *said.people))
    return ", ".join(one for one in named if one)


def _known(said: Known) -> str:
    is_her = said.kind is not None and said.kind.value == "HER"
    return _named(said.name, said.id if is_her else "")


def _prescription(said: Prescription) -> Iterator[str]:
    days = f" ({said.prescribed} – {said.expires})" if said.prescribed else ""
    yield _row("Resept", ", ".join(said.medicines) + days)


def _file(said: Attachment) -> str:
    named = said.description or "uten navn"
    where = said.reference or _size(len(said.content))
    return ", ".join(one for one in (named, said.mime_type, where) if one)


def _size(count: int) -> str:
    if count < 1000:
        return f"{count} byte"
    kilo = count / 1000
    return f"{kilo:.0f} kB" if kilo < 1000 else f"{kilo / 1000:.1f} MB".replace(".", ",")


def _period(said: Event) -> str:
    start, end = said.start, last_day(said)
    if isinstance(start, datetime) and isinstance(end, datetime):
        begins, ends = start.astimezone(oslo()), end.astimezone(oslo())
        same = begins.date() == ends.date()
        return f"{_when(start)}–{ends:%H:%M}" if same else f"{_when(start)} – {_when(end)}"
    return _moment(start) if start == end else f"{_moment(start)} – {_moment(end)}"


def _moment(said: Stamp) -> str:
    return _when(said) if isinstance(said, datetime) else _day(said)


def _when(said: datetime) -> str:
    return f"{said.astimezone(oslo()):%d.%m.%Y kl. %H:%M}"


def _day(said: date) -> str:
    return f"{said:%d.%m.%Y}"
