"""Copies on paper: a whole matter, and many of them in one document with what was done and seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from dialog.conversations.paper import Document, NoteEntry, Sender, forget, moment_of, printed
from dialog.working_days import oslo_day

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A whole matter for one of its sides to keep: what was agreed, what was written, what came.

    ``sections`` are facts under a heading; ``entries`` have their attachments by name; ``note``
    says what is left out.
    """

    sender: Sender
    title: str
    made_at: datetime
    facts: Facts
    sections: tuple[tuple[str, Facts], ...] = ()
    happened: tuple[tuple[datetime, str], ...] = ()
    entries: tuple[tuple[NoteEntry, tuple[str, ...]], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLines:
    """Some lines of a log: when, who, and what they did."""

    title: str
    lines: tuple[tuple[datetime, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Many matters and lines of a log in one document."""

    sender: Sender
    title: str
    made_at: datetime
    facts: Facts = ()
    contents: Sequence[Copy | LogLines] = ()


def copy(copy: Copy) -> bytes:
    """What it was about and cost, every word with who and when, and what has happened."""
    document = Document(copy.sender, copy.title, oslo_day(copy.made_at))
    document.add("title", document.title)
    document.add_facts([*copy.facts, (_("Kopien er laget"), moment_of(copy.made_at))])
    _add_matter(document, copy)
    return printed(document)


def bundle(bundle: Bundle) -> bytes:
    """Each matter under its own title, one after the other, and the log."""
    document = Document(bundle.sender, bundle.title, oslo_day(bundle.made_at))
    document.add("title", document.title)
    document.add_facts([*bundle.facts, (_("Kopien er laget"), moment_of(bundle.made_at))])
    above = ""  # the log comes in several pieces, under one title
    for one in bundle.contents:
        if one.title != above or isinstance(one, Copy):
            document.add("title", one.title)
        above = one.title
        if isinstance(one, Copy):
            document.add_facts([(_("Legekontor"), one.sender.name), *one.facts])
            _add_matter(document, one)
        else:
            document.add_facts((moment_of(at), f"{what}\n{who}") for at, who, what in one.lines)
    data = printed(document)
    forget()
    return data


def _add_matter(document: Document, copy: Copy) -> None:
    for heading, facts in copy.sections:
        document.add("heading", heading)
        document.add_facts(facts)
    if copy.happened:
        document.add("heading", _("Dette har skjedd"))
        document.add_facts((moment_of(at), words) for at, words in copy.happened)
    for entry, names in copy.entries:
        document.add_section(f"{moment_of(entry.at)} – {entry.author}", entry.text)
        if names:
            document.add_facts([(_("Vedlegg"), "\n".join(names))])
    if copy.note:
        document.add_lines("note", copy.note)
