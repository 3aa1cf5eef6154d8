"""Taking back: the whole matter, or one message, until the office has opened it."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from dialog.conversations import actions, queries
from dialog.conversations.policy import Kind
from dialog.conversations.queries import Thread
from dialog.econsultations import actions as econsultations
from dialog.portal.views.thread import page
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show, submit


def withdraw(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Take back the whole matter; the office has not opened it yet (R129)."""
    by = acting(request)
    kind = queries.conversation_for(by, conversation_id).kind
    verb = econsultations.withdraw if kind == Kind.ECONSULTATION else actions.withdraw
    act = partial(verb, by=by, conversation_id=conversation_id)
    return _confirmed(
        request,
        conversation_id,
        act,
        possible=lambda thread: thread.may_withdraw,
        heading=_("Vil du trekke tilbake det du sendte?"),
        sentences=[
            _("Legekontoret har ikke åpnet det ennå. Trekker du det tilbake, får du ikke svar."),
            _("Det koster ingenting. Du kan alltid sende noe nytt."),
        ],
    )


def recall(request: HttpRequest, conversation_id: UUID, message_id: UUID) -> HttpResponse:
    """Take back one message that the office has not opened."""
    act = partial(
        actions.recall, by=acting(request), conversation_id=conversation_id, message_id=message_id
    )
    return _confirmed(
        request,
        conversation_id,
        act,
        possible=lambda thread: message_id in thread.recallable,
        heading=_("Vil du trekke tilbake meldingen?"),
        sentences=[
            _("Legekontoret har ikke åpnet den ennå. De kan se at en melding er trukket tilbake.")
        ],
    )


def _confirmed(
    request: HttpRequest,
    conversation_id: UUID,
    act: partial[None],
    *,
    possible: Callable[[Thread], bool],
    heading: str,
    sentences: list[str],
) -> HttpResponse:
    back = reverse("portal:thread", args=[conversation_id])
    if request.method == "POST":
        form = Form(request.POST)
        submit(form, act)
        return redirect(back) if form.done else page(request, conversation_id, form=form)
    if not possible(queries.thread(acting(request), conversation_id)):
        return redirect(back)
    return show(
        request,
        "ui/confirm.html",
        heading=heading,
        sentences=sentences,
        yes=_("Ja, trekk tilbake"),
        no=_("Nei, la det stå"),
        no_href=back,
        dangerous=True,
    )
