"""Saying that what the office asked for is done."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from dialog.conversations import actions, queries
from dialog.portal.task_form import DoneForm
from dialog.portal.views.thread import page
from dialog.ui.acting import acting
from dialog.ui.forms import submit
from dialog.ui.uploads import keep_files


def finish(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Done, with a word and files if the patient likes."""
    by = acting(request)
    form = DoneForm(request.POST, request.FILES)
    keep_files(form, keep=partial(actions.keep_file, by=by), known=partial(queries.kept_files, by))
    submit(form, partial(actions.finish_task, by=by, conversation_id=conversation_id))
    if not form.done:
        return page(request, conversation_id, form=form)
    return redirect("portal:thread", conversation_id)
