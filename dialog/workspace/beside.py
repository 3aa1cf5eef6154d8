"""What stands beside a conversation: whose it is, notes between colleagues, promises."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.actor import Actor, Role
from dialog.breaches.policy import may_follow_up
from dialog.conversations import queries, texts
from dialog.conversations.deadlines import TaskState
from dialog.conversations.policy import FollowUpReason, Kind, Status, may_answer
from dialog.conversations.queries import FollowUpView, Thread
from dialog.notifications.queries import attempts_of
from dialog.people import queries as people
from dialog.people import texts as people_texts
from dialog.ui import dates, fields
from dialog.ui.forms import Form
from dialog.ui.parts import Fact, Link
from dialog.workspace.items import FOLLOW_UP, owner, responsible
from dialog.workspace.seen import SeenForm

ROLE, PERSON = "role:", "person:"
EVERYBODY: dict[Role, Promise] = {
    Role.PRACTITIONER: gettext_lazy("Alle leger"),
    Role.NURSE: gettext_lazy("Alle sykepleiere"),
    Role.STAFF: gettext_lazy("Alle helsesekretærer"),
}

TASK: dict[TaskState, tuple[Promise, str]] = {
    TaskState.OPEN: (gettext_lazy("Ikke gjort ennå"), "info"),
    TaskState.LATE: (gettext_lazy("Over fristen"), "danger"),
    TaskState.DONE: (gettext_lazy("Gjort"), "success"),
    TaskState.CALLED_OFF: (gettext_lazy("Trengs ikke lenger"), "neutral"),
}


class AssignForm(SeenForm):
    """Whose it shall be: a colleague, or everybody in a role."""

    to = fields.Select(label=gettext_lazy("Gi saken til"))

    def __init__(self, *args: Any, by: Actor, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = queries.hands_for(by, kind)
        self.fields["to"].widget.attrs["data-key"] = "g"
        self.fields["to"].choices = [  # type: ignore[attr-defined]  # a Select
            ("", _("Velg")),
            *((f"{PERSON}{one.account_uuid}", _named(one)) for one in able.colleagues),
            *((f"{ROLE}{role}", EVERYBODY[role]) for role in able.roles),
        ]

    def clean(self) -> dict[str, Any]:
        """The choice in the action's words."""
        to, seen = self.cleaned_data.get("to", ""), self.cleaned_data.get("seen")
        if to.startswith(PERSON):
            return {"to_account": UUID(to.removeprefix(PERSON)), "seen": seen}
        return {"to_role": Role(to.removeprefix(ROLE)) if to else None, "seen": seen}


class NoteForm(Form):
    """A word between colleagues."""

    text = fields.Words(
        label=gettext_lazy("Intern merknad"),
        help_text=gettext_lazy("Pasienten ser ikke merknaden."),
        rows=3,
        max_length=1000,
    )


def _named(one: people.Colleague) -> str:
    return f"{one.name}, {people_texts.ROLE[one.role]}"


def beside(by: Actor, thread: Thread, form: Form | None) -> dict[str, Any]:
    """The parts of the right-hand column; a refused form of theirs in its place."""
    note = form if isinstance(form, NoteForm) else NoteForm(auto_id="note_%s")
    note.fields["text"].widget.attrs["data-key"] = "n"
    return {
        "facts": _facts(thread),
        "note": note,
        "assign": None if thread.status is Status.CLOSED else _assign(by, thread, form),
        "promises": [_promise(one) for one in thread.follow_ups],
        "others": [
            _("%(name)s så på saken %(when)s.") % {"name": name, "when": dates.clock(at)}
            for name, at in thread.others_reading
        ],
        "linked": [*_linked(thread), *_breach(by, thread)],
        "decided": _decided(thread),
        **_task(by, thread, form),
        "attempts": attempts_of(by, thread.id),
    }


class MoveTaskForm(SeenForm):
    """Another day for what the patient is to do."""

    due_on = fields.Day(label=gettext_lazy("Ny frist for pasienten"))


def _task(by: Actor, thread: Thread, form: Form | None) -> dict[str, Any]:
    task = thread.task
    if task is None:
        return {}
    found: dict[str, Any] = {"task": task, "task_state": TASK[task.state]}
    if task.waits and may_answer(thread.kind, by):
        move = form if isinstance(form, MoveTaskForm) else None
        initial = {"seen": thread.version, "due_on": task.due_on}
        found["move_task"] = move or MoveTaskForm(auto_id="task_%s", initial=initial)
        found["move_task"].shown_with(thread.version)
    return found


def _assign(by: Actor, thread: Thread, form: Form | None) -> AssignForm:
    if isinstance(form, AssignForm):
        form.shown_with(thread.version)
        return form
    seen = {"seen": thread.version}
    return AssignForm(by=by, kind=thread.kind, auto_id="assign_%s", initial=seen)


def _facts(thread: Thread) -> list[Fact]:
    facts = [
        Fact(
            name=_("Ansvarlig"),
            value=responsible(thread.kind, thread.responsible_name, thread.responsible_role),
        ),
        Fact(name=_("Liste"), value=thread.owner.name),
        Fact(name=_("Startet"), value=dates.short_moment(thread.started_at)),
    ]
    if thread.status is Status.WITH_PRACTICE and thread.due_at is not None:
        facts.insert(1, Fact(name=_("Frist"), value=dates.moment(thread.due_at)))
    return facts


def _promise(one: FollowUpView) -> Link:
    done = one.done_at is not None
    return Link(
        href=reverse("workspace:follow_up", args=[one.id]),
        title=_named_promise(one),
        text=_("%(who)s, frist %(day)s")
        % {"who": owner(one.owner_name, one.owner_role), "day": dates.day_of_month(one.due_at)},
        label=_("Gjort") if done else _("Over fristen") if one.overdue else "",
        color="success" if done else "danger",
    )


def _named_promise(one: FollowUpView) -> str:
    named = str(FOLLOW_UP[one.reason])
    if one.reason is FollowUpReason.AGREED:
        return one.what or named
    return f"{named}: {one.what}" if one.what else named


def _decided(thread: Thread) -> list[Fact]:
    """What came of what was asked to be corrected or erased."""
    return [
        Fact(
            name=f"{texts.DECISION[one.decision]} {dates.short_moment(one.decided_at)}",
            value=f"{one.reason} ({one.decided_by})",
        )
        for one in thread.requests
        if one.decision and one.decided_at
    ]


def _linked(thread: Thread) -> list[tuple[str, str]]:
    before = thread.continues_id
    found = [(_address(before), _("Fortsetter fra en tidligere sak"))] if before else []
    after = [one for one, _kind in thread.continued_by]
    return found + [(_address(one), _("Fortsetter i en ny sak")) for one in after]


def _breach(by: Actor, thread: Thread) -> list[tuple[str, str]]:
    """Those who follow up the log write down from the matter itself what went wrong in it."""
    if not may_follow_up(by):
        return []
    return [(f"{reverse('workspace:new_breach')}?sak={thread.id}", _("Skriv ned et avvik"))]


def _address(conversation_id: UUID) -> str:
    return reverse("workspace:conversation", args=[conversation_id])
