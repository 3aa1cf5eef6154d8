"""An item as one line of a list in the workspace: who, what, whose, when; never anybody's words."""

from dataclasses import replace
from datetime import datetime
from functools import cache
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.actor import Role
from dialog.conversations import texts
from dialog.conversations.deadlines import TaskState
from dialog.conversations.policy import FollowUpReason, Kind, Outcome, Status, by_name
from dialog.conversations.queries import FollowUpRow, InboxRow, TaskRow
from dialog.people import texts as people_texts
from dialog.ui import dates
from dialog.ui.parts import Row

FOLLOW_UP: dict[FollowUpReason, Promise] = {
    FollowUpReason.AGREED: gettext_lazy("Avtalt oppfølging"),
    FollowUpReason.NOT_READ: gettext_lazy("Ikke lest"),
    FollowUpReason.NOT_DONE: gettext_lazy("Ikke gjort"),
    FollowUpReason.RIGHTS: gettext_lazy("Krav om retting eller sletting"),
}


@cache
def _stem(view: str) -> str:
    """The address of a thing's own page, up to its id: found once, and not for each line."""
    nothing = UUID(int=0)
    return reverse(view, args=[nothing]).removesuffix(str(nothing))


def from_inbox(row: InboxRow) -> Row:
    """A conversation."""
    return Row(
        href=f"{_stem('workspace:conversation')}{row.id}",
        title=row.patient_name,
        preview=f"{dates.numeric(row.patient_born)} · {_what(row)}",
        owner=responsible(row.kind, row.owner_name, row.owner_role),
        due=_when(row),
        late=row.overdue and row.status is Status.WITH_PRACTICE,
        unread=row.unseen and row.status is Status.WITH_PRACTICE,
        important=row.important,
        urgent=row.urgent and row.status is not Status.CLOSED,
    )


def of_patient(row: InboxRow) -> Row:
    """A conversation on the page of its patient, where the name need not be said again."""
    return replace(from_inbox(row), title=_what(row), preview="")


def _what(row: InboxRow) -> str:
    topic = str(texts.TOPIC[row.topic])
    return f"{texts.MATTER[row.kind]}{': ' if topic else ''}{topic}"


def _due(at: datetime, *, late: bool) -> str:
    if late:
        return _("Over fristen, %(day)s") % {"day": dates.short_day(at)}
    return _("Frist %(day)s") % {"day": dates.short_day(at)}


def _when(row: InboxRow) -> str:
    if row.status is Status.CLOSED:
        outcome = texts.OUTCOME[Outcome(row.outcome)]
        return f"{outcome} {dates.day_of_month(row.changed_at)}"
    if row.status is Status.WITH_PRACTICE and row.due_at is not None:
        return _due(row.due_at, late=row.overdue)
    return _("Endret %(day)s") % {"day": dates.short_day(row.changed_at)}


def from_follow_up(row: FollowUpRow) -> Row:
    """A promise."""
    what = FOLLOW_UP[row.reason]
    return Row(
        href=f"{_stem('workspace:follow_up')}{row.id}",
        title=row.patient_name,
        preview=f"{dates.numeric(row.patient_born)} · {what}",
        owner=owner(row.owner_name, row.owner_role),
        due=_due(row.due_at, late=row.overdue),
        late=row.overdue,
    )


def from_task(row: TaskRow) -> Row:
    """What a patient has been asked to do."""
    return Row(
        href=f"{_stem('workspace:conversation')}{row.conversation_id}",
        title=row.patient_name,
        preview=f"{dates.numeric(row.patient_born)} · {texts.MATTER[row.kind]}",
        owner=owner(row.owner_name, row.owner_role),
        due=_done_or_due(row),
        late=row.state is TaskState.LATE,
    )


def _done_or_due(row: TaskRow) -> str:
    if row.done_at is not None:
        return _("Gjort %(day)s") % {"day": dates.day_of_month(row.done_at)}
    late = row.state is TaskState.LATE
    words = _("Over fristen, %(day)s") if late else _("Frist %(day)s")
    return words % {"day": dates.short_day(row.due_on)}


def responsible(kind: Kind, name: str, role: str) -> str:
    """Whose a conversation is; those who follow up the log are named people in no role."""
    if by_name(kind) and not name:
        return _("De som følger opp loggen")
    return owner(name, role)


def owner(name: str, role: str) -> str:
    """Whose it is: a person, or everybody in a role."""
    return name or str(people_texts.ROLE[Role(role)])
