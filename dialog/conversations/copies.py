"""A whole matter on paper, as one of its sides sees it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from dialog.conversations import paper, paper_copies, texts
from dialog.conversations.policy import Kind
from dialog.conversations.queries import Thread
from dialog.ui import dates
from dialog.ui.panels import Panel
from dialog.ui.parts import Bubble, FileLine, Step


def copy_of(
    thread: Thread,
    own: Panel | None,
    *,
    title: str,
    status: str,
    bubbles: Sequence[Bubble],
    steps: Sequence[Step],
    now: datetime,
    note: str = "",
    beside: Mapping[str, str] | None = None,
) -> paper_copies.Copy:
    """Both sides' words with who, when and attachments; what was decided, agreed to and charged;
    and what has happened, with its times. ``own`` is the service's account, in place of the common
    one; ``beside`` says where each file lies, by its address.
    """
    office = thread.owner.office
    return paper_copies.Copy(
        sender=paper.Sender(
            name=office.name, address=office.address, phone=dates.phone(office.phone)
        ),
        title=(own and own.title) or title,
        made_at=now,
        facts=(
            (_("Pasient"), f"{thread.patient.name}, {dates.numeric(thread.patient.born)}"),
            (_("Lege"), thread.owner.name),
            (_("Status"), (own and own.status) or status),
            *_ending(thread),
        ),
        sections=tuple(
            (one.heading, tuple((fact.name, fact.value) for fact in one.facts))
            for one in (own.record() if own else ())
            if one.facts
        )
        + _rights(thread),
        # What is to come is no receipt.
        happened=tuple((one.at, one.title) for one in (own and own.steps) or steps if one.at),
        entries=tuple((_entry(one), _files(one, beside or {})) for one in bubbles),
        note=note,
    )


def _rights(thread: Thread) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """What was asked to be corrected or erased, and what came of it; and that it is gone."""
    facts: list[tuple[str, str]] = []
    for one in reversed(thread.requests):
        facts.append((_("Krav om"), f"{texts.WISH[one.wish]}, {paper.moment_of(one.asked_at)}"))
        if one.words:
            facts.append((_("Begrunnelse for kravet"), one.words))
        if one.decision and one.decided_at:
            decided = f"{texts.DECISION[one.decision]}, {paper.moment_of(one.decided_at)}"
            facts.append((_("Avgjort"), f"{decided}, {one.decided_by}"))
            facts.append((_("Begrunnelse"), one.reason))
    if thread.erased:
        facts.append((str(texts.ERASED), paper.moment_of(thread.erased.at)))
    return ((_("Retting og sletting"), tuple(facts)),) if facts else ()


def _ending(thread: Thread) -> list[tuple[str, str]]:
    """How it ended; an appointment says that in words of its own."""
    if thread.outcome is None or thread.kind is Kind.APPOINTMENT:
        return []
    return [(_("Utfall"), str(texts.OUTCOME[thread.outcome]))]


def _entry(one: Bubble) -> paper.NoteEntry:
    author = f"{one.author}, {one.role.lower()}" if one.role else one.author
    if one.internal:
        author = _("Intern merknad av %(author)s") % {"author": author}
    if one.correction:
        author = _("Rettelse av %(author)s") % {"author": author}
    text = _("Meldingen er trukket tilbake.") if one.recalled else one.text
    return paper.NoteEntry(at=one.at, author=author, text=text)


def _files(one: Bubble, beside: Mapping[str, str]) -> tuple[str, ...]:
    if one.recalled:
        return ()
    return tuple(_file(file, beside.get(file.href, "")) for file in one.files)


def _file(file: FileLine, place: str) -> str:
    said = f"{file.name} ({filesizeformat(file.size)})"
    return f"{said}: {place}" if place else said
