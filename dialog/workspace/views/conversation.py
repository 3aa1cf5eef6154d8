"""The practice's page for one conversation, shared by the four services."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dialog.actor import Actor, Side
from dialog.conversations import actions, queries, texts
from dialog.conversations.policy import Kind, Status, Verb, by_name, may_keep_from_parents
from dialog.conversations.queries import Thread
from dialog.people import queries as people
from dialog.people.policy import is_young
from dialog.ui import fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show, submit
from dialog.ui.panels import Panel, PanelOf
from dialog.ui.uploads import keep_files
from dialog.workspace.beside import beside
from dialog.workspace.lanes import lanes
from dialog.workspace.onward import inbox_address, lane_of, onward, said_before
from dialog.workspace.panels import PANELS
from dialog.workspace.patient import strip
from dialog.workspace.reach import reach_of
from dialog.workspace.seen import SeenForm
from dialog.workspace.talk import bubbles
from dialog.workspace.without_files import fit_files

THEN_CLOSE = "close"


class ReplyForm(SeenForm):
    """The practice's answer; ``seen`` is what the writer had before their eyes."""

    text = fields.Words(label=_("Svar til pasienten"), required=False, either=True, rows=6)
    files = fields.Files(  # type: ignore[assignment]  # a field, not Django's own files
        label=_("Legg ved bilder eller PDF")
    )
    then = fields.Hidden(required=False)


def conversation(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Read a conversation, and answer it."""
    if request.method != "POST":
        return page(request, conversation_id)
    by = acting(request)
    form = ReplyForm(request.POST, request.FILES)
    keep_files(form, keep=partial(actions.keep_file, by=by), known=partial(queries.kept_files, by))
    if submit(form, partial(_answer, by=by, conversation_id=conversation_id)) is None:
        return page(request, conversation_id, form=form)
    closed = form.cleaned_data["then"] == THEN_CLOSE
    said = _("Svaret er sendt, og saken er avsluttet.") if closed else _("Svaret er sendt.")
    return onward(request, conversation_id, said)


def _answer(*, by: Actor, conversation_id: UUID, then: str, **words: Any) -> object:
    answer = actions.reply(by=by, conversation_id=conversation_id, **words)
    if then == THEN_CLOSE:
        actions.close(by=by, conversation_id=conversation_id)
    return answer


def page(
    request: HttpRequest,
    conversation_id: UUID,
    *,
    form: Form | None = None,
    panel: PanelOf | None = None,
) -> HttpResponse:
    """The page itself, fresh; ``form`` is one that was refused, ``panel`` one that has it."""
    by = acting(request)
    thread = actions.read(by=by, conversation_id=conversation_id)
    topic = str(texts.TOPIC[thread.topic])
    own = PANELS.found(by, thread, panel)
    return show(
        request,
        "workspace/conversation.html",
        form,
        reply=_reply(form, thread),
        verbs=frozenset() if own and own.own_verbs else thread.verbs,
        misfiled=_may_be_misfiled(thread),
        hidden=thread.reserved and not by_name(thread.kind),
        may_keep=may_keep_from_parents(by)
        and not by_name(thread.kind)
        and (thread.reserved or is_young(thread.patient.born, people.today())),
        thread=thread,
        title=f"{texts.MATTER[thread.kind]}: {topic}" if topic else texts.MATTER[thread.kind],
        status=texts.STATUS_FOR_PRACTICE[thread.status],
        bubbles=bubbles(thread),
        panel=own.drawn(request) if own else "",
        words_first=own is not None and own.words_first,
        set_aside=_set_aside(thread, own),
        below=own.drawn_below(request) if own else "",
        strip=strip(thread.patient, reach_of(thread.patient, asking=False)),
        lanes=lanes(by, here=lane_of(request)[0]),
        said=said_before(request),
        back_to=inbox_address(request),
        **beside(by, thread, form),
    )


def _set_aside(thread: Thread, own: Panel | None) -> str:
    """Where it is set aside, if that can be done now."""
    if thread.status is Status.RESTING:
        return ""
    if own and own.set_aside:
        return own.set_aside
    if Verb.REST not in thread.verbs or (own and own.own_verbs):
        return ""
    return reverse("workspace:rest", args=[thread.id])


def _may_be_misfiled(thread: Thread) -> bool:
    ours = thread.started_side is Side.PRACTICE and thread.status is not Status.CLOSED
    return ours and thread.kind in (Kind.ENQUIRY, Kind.ECONSULTATION)


def _reply(form: Form | None, thread: Thread) -> ReplyForm:
    reply = form if isinstance(form, ReplyForm) else ReplyForm(initial={"seen": thread.version})
    reply.shown_with(thread.version)
    words = reply.fields["text"]
    words.counted = thread.longest  # type: ignore[attr-defined]  # a Words field
    words.widget.attrs["data-key"] = "r"
    del reply.fields["then"]
    fit_files(reply, taken=thread.attachments_allowed)
    return reply
