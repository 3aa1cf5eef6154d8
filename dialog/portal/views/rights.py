"""Asking that something in a conversation is corrected or erased (R224)."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from dialog.conversations import actions, queries
from dialog.conversations.rights_form import RightsForm
from dialog.portal.views.thread import title
from dialog.ui.acting import acting
from dialog.ui.forms import show, submit


def ask(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """What is wished, in the patient's own words; the office answers in the conversation."""
    by, back = acting(request), reverse("portal:thread", args=[conversation_id])
    thread = queries.thread(by, conversation_id)
    form = RightsForm(request.POST or None)
    if form.is_bound:
        submit(form, partial(actions.ask_for_right, by=by, conversation_id=conversation_id))
        if form.done:
            return redirect(back)
    elif not thread.may_ask:
        return redirect(back)
    return show(request, "portal/ask_right.html", form, title=title(thread), back_to=back)
