"""What is printed: a letter, the card after an e-consultation, and the note for the journal; and
the page that copies of whole matters are printed on too (``paper_copies``).

All are tagged PDF that a screen reader can read aloud (PDF/UA-1) and an archive can keep
(PDF/A-2a), with fonts of their own. Words people wrote go in as data and are never read as markup.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib.resources import files

import typst
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from dialog.conversations.printable import Printable, fonts, only_well_known
from dialog.working_days import OSLO, oslo_day

_DAY = "j. F Y"
REMEMBERED, NOTHING = 10, b"-"  # documents


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The practice a document is from."""

    name: str
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter to somebody who does not read here."""

    sender: Sender
    recipient: str
    address: str
    day: date
    subject: str
    text: str
    signed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """The four short fields an e-consultation ends with."""

    what_we_think: str
    what_you_do: str
    when_and_where_to_contact: str
    who_follows_up_by_when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CareCard:
    """What the patient takes away."""

    sender: Sender
    patient: str
    day: date
    practitioner: str
    conclusion: Conclusion


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteEntry:
    """Something somebody wrote, and when."""

    at: datetime
    author: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalNote:
    """A whole matter as it goes into the patient's journal."""

    sender: Sender
    patient: str
    identity_number: str
    service: str
    practitioner: str
    begun_at: datetime
    ended_at: datetime | None = None
    journaled_at: datetime | None = None
    facts: tuple[tuple[str, str], ...] = ()
    entries: tuple[NoteEntry, ...] = ()
    attachments: tuple[str, ...] = ()
    conclusion: Conclusion | None = None


@dataclass(slots=True)
class Document:
    """The parts of a page, in the order they are read."""

    sender: Sender
    title: str
    day: date
    texts: Printable = field(default_factory=Printable)
    parts: list[dict[str, object]] = field(default_factory=list)

    def add(self, kind: str, text: str) -> None:
        self.parts.append({"kind": kind, "text": self.texts.line(text)})

    def add_lines(self, kind: str, text: str) -> None:
        self.parts.append({"kind": kind, "lines": self.texts.lines(text)})

    def add_body(self, text: str) -> None:
        self.parts.append({"kind": "body", "paragraphs": self.texts.paragraphs(text)})

    def add_section(self, heading: str, text: str) -> None:
        self.add("heading", heading)
        self.add_body(text)

    def add_facts(self, facts: Iterable[tuple[str, str]]) -> None:
        for label, text in facts:
            words = {"label": self.texts.line(label), "lines": self.texts.lines(text)}
            self.parts.append({"kind": "fact", **words})


def letter(letter: Letter) -> bytes:
    """A letter that fits an envelope with a window."""
    subject = Printable().line(letter.subject) or _("Brev")
    document = Document(letter.sender, subject, letter.day)
    document.add_lines("address", f"{letter.recipient}\n{letter.address}")
    document.add("right", date_format(letter.day, _DAY))
    document.add("title", subject)
    document.add_body(letter.text)
    document.add_body(_("Vennlig hilsen") + f"\n\n{letter.signed_by}\n{letter.sender.name}")
    return printed(document)


def care_card(card: CareCard) -> bytes:
    """The four fields on one page, and where to call when it cannot wait."""
    document = Document(card.sender, _("Etter e-konsultasjonen"), card.day)
    document.add("title", document.title)
    document.add_facts([
        (pgettext("på papir", "Til"), card.patient),
        (pgettext("på papir", "Fra"), card.practitioner),
        (pgettext("på papir", "Dato"), date_format(card.day, _DAY)),
    ])  # fmt: skip
    _add_conclusion(document, card.conclusion)
    document.add_lines(
        "note",
        _("Blir det verre, og kan det ikke vente til legekontoret åpner? Ring legevakten: 116 117.")
        + "\n"
        + _("Står det om liv? Ring 113."),
    )
    return printed(document)


def journal_note(note: JournalNote) -> bytes:
    """Everything that was written, by whom and when, and how it ended."""
    title = _("Journalnotat: %(service)s") % {"service": note.service}
    document = Document(note.sender, title, oslo_day(note.begun_at))
    document.add("title", document.title)
    document.add_facts([
        (_("Pasient"), note.patient),
        (_("Fødselsnummer"), note.identity_number),
        (_("Behandler"), note.practitioner),
        (_("Startet"), moment_of(note.begun_at)),
        *([(_("Avsluttet"), moment_of(note.ended_at))] if note.ended_at else []),
        *note.facts,
    ])  # fmt: skip
    if note.conclusion:
        _add_conclusion(document, note.conclusion)
    for entry in note.entries:
        document.add_section(f"{moment_of(entry.at)} – {entry.author}", entry.text)
    if note.attachments:
        document.add_section(_("Vedlegg"), "\n".join(note.attachments))
    if note.journaled_at:
        document.add_lines(
            "note", _("Ført i journal %(when)s") % {"when": moment_of(note.journaled_at)}
        )
    return printed(document)


def _add_conclusion(document: Document, conclusion: Conclusion) -> None:
    document.add_section(_("Dette tror vi"), conclusion.what_we_think)
    document.add_section(_("Dette gjør du"), conclusion.what_you_do)
    document.add_section(
        _("Når du skal ta kontakt igjen, og hvor"), conclusion.when_and_where_to_contact
    )
    document.add_section(_("Hvem som følger opp, og innen når"), conclusion.who_follows_up_by_when)


def moment_of(moment: datetime) -> str:
    """A day with its year and a clock: paper is read for years."""
    shown = moment.astimezone(OSLO)
    return _("%(day)s kl. %(time)s") % {
        "day": date_format(shown, _DAY),
        "time": f"{shown:%H:%M}",
    }


def printed(document: Document) -> bytes:
    """The document as a PDF; what cannot be drawn is replaced, and that is said."""
    texts, sender = document.texts, document.sender
    phone = _("Telefon %(phone)s") % {"phone": sender.phone} if sender.phone else ""
    data = {
        "lang": (get_language() or "nb").partition("-")[0],
        "title": texts.line(document.title),
        "day": [document.day.year, document.day.month, document.day.day],
        "footer": texts.line(sender.name),
        "sender": texts.lines(f"{sender.name}\n{sender.address}\n{phone}") or [""],
        "parts": document.parts,
    }
    if texts.lost:
        _say_that_signs_are_lost(document)
    try:
        return _compiled(json.dumps(data))
    except typst.TypstError:  # each can be drawn, but not beside the others
        if not texts.lost:
            _say_that_signs_are_lost(document)
        return _compiled(only_well_known(json.dumps(data, ensure_ascii=False)))


def _say_that_signs_are_lost(document: Document) -> None:
    document.add_lines(
        "note", _("Noen tegn kan ikke skrives på papir, og står som □. Logg inn for å se dem.")
    )


def _compiled(data: str) -> bytes:
    return typst.compile(
        _template(),
        format="pdf",
        font_paths=fonts(),
        sys_inputs={"document": data},
        pdf_standards=["ua-1", "a-2a"],
    )


def forget() -> None:
    """Let go of the last documents, of which typst keeps what it has worked out: after a large one
    that is much (measured: 20 MB for thirty matters, and ten such are kept).
    """
    for _one in range(REMEMBERED):
        typst.compile(NOTHING, format="pdf", font_paths=fonts())


@cache
def _template() -> bytes:
    return (files(__package__) / "paper.typ").read_bytes()
