"""What patients have been asked to do: every task at the office, and another day for one."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.conversations import actions, queries
from dialog.conversations.deadlines import TaskState
from dialog.ui.acting import acting
from dialog.ui.forms import show, submit
from dialog.workspace.beside import MoveTaskForm
from dialog.workspace.items import from_task
from dialog.workspace.lanes import FOLLOW_UPS, lanes
from dialog.workspace.said import say
from dialog.workspace.views.conversation import page

STATES = {
    TaskState.LATE: gettext_lazy("Over fristen"),
    TaskState.OPEN: gettext_lazy("Ikke gjort ennå"),
    TaskState.DONE: gettext_lazy("Gjort siste 30 dager"),
}


def tasks(request: HttpRequest) -> HttpResponse:
    """What is late, what waits, and what was done lately."""
    by, asked = acting(request), request.GET.get("vis", "")
    state = next((one for one in STATES if one == asked), TaskState.LATE)
    return show(
        request,
        "workspace/tasks.html",
        items=[from_task(one) for one in queries.tasks(by, state)],
        states=[(f"?vis={one}", words, one is state) for one, words in STATES.items()],
        lanes=lanes(by, here=FOLLOW_UPS),
        back_to=reverse("workspace:follow_ups"),
        back_words=_("Oppfølging"),
    )


def move(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Give the patient another day."""
    form = MoveTaskForm(request.POST, auto_id="task_%s")
    submit(form, partial(actions.move_task, by=acting(request), conversation_id=conversation_id))
    if not form.done:
        return page(request, conversation_id, form=form)
    say(request, _("Pasienten har fått ny frist."))
    return redirect("workspace:conversation", conversation_id)
