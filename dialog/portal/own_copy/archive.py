"""Everything in one ZIP, made while it is sent: a matter at a time, a file at a time.

Each is read in a short transaction of its own, after the request's, with the rows and the words of
who asked. What is no longer theirs to see when its turn comes is not there.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dialog import rows
from dialog.actor import Actor, Role
from dialog.conversations import paper, queries
from dialog.conversations.files import EXTENSIONS
from dialog.conversations.paper_copies import Bundle, Copy, LogLines, bundle
from dialog.conversations.ports import blobs
from dialog.conversations.queries import FileView
from dialog.errors import NotFound
from dialog.oversight.queries import access_log
from dialog.people import queries as people
from dialog.portal.own_copy import exact, on_paper
from dialog.portal.own_copy.read_me import read_me
from dialog.portal.own_copy.turns import Turn
from dialog.portal.talk import file_line
from dialog.portal.views.access_log import shown
from dialog.ui import dates
from dialog.ui.zipped import Member, zipped
from dialog.working_days import OSLO

MOST_SIGNS = 120_000  # in one PDF; drawing it then takes a moment, and little memory
LINES = 300  # of the log at a time


class What(NamedTuple):
    """What is in it: these matters, in this order, and the log or not."""

    matters: Sequence[UUID]
    log: bool


class Archive:
    """The pieces of the ZIP, in order; ``close`` when nobody wants more of them."""

    def __init__(self, by: Actor, what: What, turn: Turn) -> None:
        self._by, self._what, self._turn = by, what, turn
        self._language = translation.get_language()
        self._made_at = timezone.now()
        self._contents: list[Copy | LogLines] = []
        self._signs = self._parts = 0
        self._pieces = zipped(self._members(), at=self._made_at.astimezone(OSLO))

    def __iter__(self) -> Iterator[bytes]:
        """The pieces."""
        return self._pieces

    def close(self) -> None:
        """Let another in."""
        self._pieces.close()  # type: ignore[attr-defined]  # a generator
        self._turn.over()

    @contextmanager
    def _as_asked(self) -> Iterator[None]:
        view = rows.view_of(self._by)
        with (
            rows.seeing(account=view.account, patient=view.patient),
            translation.override(self._language),
        ):
            yield

    def _members(self) -> Iterator[Member]:
        with self._as_asked():
            self._patient = people.the_patient(self._by)
            words = read_me(self._patient.name, self._made_at)
            self._exact = exact.Document(self._head())
            name, self._folder = _("les-meg") + ".txt", _("vedlegg")
        yield Member(name, [words.encode()])
        number = 0
        for conversation_id in self._what.matters:
            files = self._matter(conversation_id, number + 1)
            if files is None:
                continue
            number += 1
            yield from (Member(place, self._parts_of(file)) for file, place in files)
            if self._signs > MOST_SIGNS:
                yield self._on_paper(more=True)
        for lines in self._log() if self._what.log else ():
            self._add(lines, sum(len(who) + len(what) for _at, who, what in lines.lines))
            if self._signs > MOST_SIGNS:
                yield self._on_paper(more=True)
        if self._contents or not self._parts:
            yield self._on_paper(more=self._parts > 0)
        yield Member("data.json", self._exact.pieces())

    def _head(self) -> exact.Words:
        return {
            "made_at": self._made_at,
            "language": self._language,
            "taken_by": {"name": self._by.name, "role": self._by.role},
            "patient": exact.person(self._patient),
        }

    def _matter(self, id: UUID, number: int) -> list[tuple[FileView, str]] | None:
        """Take a matter in, and say which files come with it and where they are to lie."""
        with self._as_asked():
            try:
                thread = queries.thread(self._by, id)
            except NotFound:
                return None
            files = [file for message in thread.messages for file in message.files]
            # Numbers, for a name may say what ails somebody, and a folder is seen by many.
            places = {
                file.id: f"{self._folder}/{number:03}-{at}{EXTENSIONS.get(file.media_type, '')}"
                for at, file in enumerate(files, 1)
            }
            beside = {file_line(one).href: places[one.id] for one in files}
            self._add(
                on_paper.matter(self._by, thread, now=self._made_at, beside=beside),
                sum(len(one.text) for one in thread.messages),
            )
            self._exact.add("conversations", exact.matter(self._by, thread, places))
        return [(one, places[one.id]) for one in files]

    def _parts_of(self, file: FileView) -> Iterator[bytes]:
        with self._as_asked():
            try:
                parts = blobs().parts(queries.attachment_for(self._by, file.id).blob)
                piece = next(parts, b"")
            except NotFound:  # erased, or taken back, since its matter was read
                return
        while piece:
            yield piece
            with self._as_asked():
                piece = next(parts, b"")

    def _log(self) -> Iterator[LogLines]:
        before: int | None = None
        while True:
            with self._as_asked():
                found = access_log(self._by, before=before, most=LINES)
                lines = shown(self._by, found)
                for one in lines:
                    self._exact.add("log", exact.log_line(one))
                printed = on_paper.log(lines)
            if lines:
                yield printed
            if len(found) < LINES:
                return
            before = found[-1].id

    def _add(self, one: Copy | LogLines, signs: int) -> None:
        self._contents.append(one)
        self._signs += signs + 500  # what stands around it

    def _on_paper(self, *, more: bool) -> Member:
        """What has been gathered, as a PDF; ``more``: there are or will be others."""
        self._parts += 1
        with self._as_asked():
            title = _("Kopi fra Digital dialog")
            if self._by.role is Role.PROXY:
                title = _("Kopi av det som gjelder %(name)s") % {"name": self._patient.name}
            who = f"{self._patient.name}, {dates.numeric(self._patient.born)}"
            drawn = bundle(
                Bundle(
                    sender=paper.Sender(name="Digital dialog"),
                    title=title,
                    made_at=self._made_at,
                    facts=(
                        (_("Pasient"), who),
                        *([(_("Del"), str(self._parts))] if more else []),
                    ),
                    contents=self._contents,
                )
            )
            name = _("kopi") + (f"-{self._parts}.pdf" if more else ".pdf")
        self._contents, self._signs = [], 0
        return Member(name, [drawn])
