"""What the practice has promised itself: agreed follow-ups, and important messages nobody read."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.conversations import actions, queries
from dialog.conversations.policy import UNANSWERED, FollowUpReason
from dialog.conversations.queries import FollowUpView, Whose
from dialog.people import queries as people
from dialog.ui import dates, fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show, submit
from dialog.ui.parts import Fact
from dialog.workspace.items import FOLLOW_UP, from_follow_up, owner
from dialog.workspace.lanes import FOLLOW_UPS, lanes
from dialog.workspace.patient import strip
from dialog.workspace.views.inbox import WHOSE


class DoneForm(Form):
    """How it went; an unread message cannot be let go without saying so."""

    how = fields.Words(label=gettext_lazy("Hva er gjort?"), rows=3, max_length=1000)


def follow_ups(request: HttpRequest) -> HttpResponse:
    """Everything that is promised, soonest first."""
    by = acting(request)
    asked = request.GET.get("hvem", "")
    whose = Whose(asked) if asked in set(Whose) else Whose.EVERYBODY
    return show(
        request,
        "workspace/follow_ups.html",
        items=[from_follow_up(one) for one in queries.follow_ups(by, whose=whose)],
        whose=[(f"?hvem={one}", words, one is whose) for one, words in WHOSE.items()],
        lanes=lanes(by, here=FOLLOW_UPS),
    )


def follow_up(request: HttpRequest, follow_up_id: UUID) -> HttpResponse:
    """One promise: what it is about, and a form that says how it was kept."""
    by = acting(request)
    found = queries.follow_up_for(by, follow_up_id)
    if found.reason is FollowUpReason.RIGHTS and found.done_at is None:
        return redirect("workspace:decide_right", found.conversation_id)
    actions.look(by=by, conversation_id=found.conversation_id)
    unread = found.reason is FollowUpReason.NOT_READ
    form = DoneForm(request.POST or None)
    form.fields["how"].required = found.reason in UNANSWERED
    if form.is_bound:
        submit(form, partial(actions.finish_follow_up, by=by, follow_up_id=follow_up_id))
        if form.done:
            return redirect("workspace:follow_ups")
    return show(
        request,
        "workspace/follow_up.html",
        form,
        found=found,
        unread=unread,
        undone=found.reason is FollowUpReason.NOT_DONE,
        named=FOLLOW_UP[found.reason],
        facts=_facts(found),
        strip=strip(people.patient_in(by, found.patient_id)),
        letter=reverse("workspace:letter", args=[found.id]) if unread else "",
        conversation=reverse("workspace:conversation", args=[found.conversation_id]),
        lanes=lanes(by, here=FOLLOW_UPS),
        back_to=reverse("workspace:follow_ups"),
    )


def _facts(found: FollowUpView) -> list[Fact]:
    facts = [
        Fact(name=_("Ansvarlig"), value=owner(found.owner_name, found.owner_role)),
        Fact(name=_("Frist"), value=dates.moment(found.due_at)),
    ]
    if found.done_at is not None:
        facts.append(Fact(name=_("Gjort"), value=dates.moment(found.done_at)))
        facts.append(Fact(name=_("Gjort av"), value=found.done_by))
        facts.append(Fact(name=_("Slik"), value=found.done_how))
    return facts
