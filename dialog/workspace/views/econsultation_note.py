"""The journal note of an e-consultation: read, copied, and marked as entered; and what is not."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from dialog.conversations import actions as conversations
from dialog.econsultations import actions, queries, texts
from dialog.people import queries as people
from dialog.ui import dates
from dialog.ui.acting import acting
from dialog.ui.downloads import download
from dialog.ui.forms import Form, show, submit
from dialog.ui.parts import Link
from dialog.workspace.journal import as_pdf, journal_note
from dialog.workspace.lanes import JOURNAL, lanes
from dialog.workspace.onward import lane_of
from dialog.workspace.patient import strip


def note(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """The note, to read and copy, and to mark as entered in the record system."""
    by = acting(request)
    form = Form(request.POST or None)
    if request.method == "POST":
        submit(form, partial(actions.mark_journaled, by=by, conversation_id=conversation_id))
        if form.done:
            return redirect("workspace:econsultation_note", conversation_id)
    thread = conversations.read(by=by, conversation_id=conversation_id)
    view = queries.view(by, conversation_id)
    return show(
        request,
        "workspace/econsultation_note.html",
        form,
        thread=thread,
        one=view,
        note=journal_note(thread, view),
        strip=strip(thread.patient),
        lanes=lanes(by, here=lane_of(request)[0]),
        can_mark=view.ended_at is not None and view.journaled_at is None,
        back_to=reverse("workspace:conversation", args=[conversation_id]),
    )


def pdf(request: HttpRequest, conversation_id: UUID) -> HttpResponseBase:
    """The note as a file."""
    by = acting(request)
    thread = conversations.read(by=by, conversation_id=conversation_id)
    number = people.identity_number_for(by, thread.patient.uuid)
    data = as_pdf(thread, queries.view(by, conversation_id), number)
    name = _("journalnotat") + ".pdf"
    return download([data], name=name, media_type="application/pdf", size=len(data))


def not_journaled(request: HttpRequest) -> HttpResponse:
    """What is over and not in the record system yet, oldest first."""
    by = acting(request)
    waiting = [
        Link(
            href=reverse("workspace:econsultation_note", args=[one.conversation_id]),
            title=one.patient_name,
            text=f"{texts.STATUS_FOR_PRACTICE[one.status]}, {dates.moment(one.ended_at)}",
            icon="file",
        )
        for one in queries.not_journaled(by)
    ]
    return show(
        request,
        "workspace/econsultations_not_journaled.html",
        links=waiting,
        lanes=lanes(by, here=JOURNAL),
        back_to=reverse("workspace:inbox"),
    )
