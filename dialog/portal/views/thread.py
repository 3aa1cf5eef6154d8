"""The patient's page for one conversation, shared by the four services."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.conversations import actions, queries, texts
from dialog.conversations.policy import Kind, PatientReply, Status, policy_of
from dialog.conversations.queries import Thread
from dialog.portal.panels import PANELS, SENT
from dialog.portal.services import BEGINS, offered
from dialog.portal.talk import bubbles
from dialog.portal.task_form import task_part
from dialog.portal.timeline import steps
from dialog.portal.without_files import fit_files
from dialog.ui import dates, fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show, submit
from dialog.ui.panels import PanelOf
from dialog.ui.parts import Fact
from dialog.ui.uploads import keep_files
from dialog.ui.words import kept_words


class ReplyForm(Form):
    """More words in a conversation."""

    text = fields.Words(label=gettext_lazy("Din melding"), required=False, either=True, rows=5)
    files = fields.Files(  # type: ignore[assignment]  # a field, not Django's own files
        label=gettext_lazy("Legg ved bilder eller PDF")
    )


def thread(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Read a conversation, and write more in it."""
    if request.method != "POST":
        return page(request, conversation_id)
    by = acting(request)
    form = ReplyForm(request.POST, request.FILES)
    keep_files(form, keep=partial(actions.keep_file, by=by), known=partial(queries.kept_files, by))
    if submit(form, partial(actions.reply, by=by, conversation_id=conversation_id)) is None:
        return page(request, conversation_id, form=form)
    return redirect("portal:thread", conversation_id)


def page(
    request: HttpRequest,
    conversation_id: UUID,
    *,
    form: Form | None = None,
    panel: PanelOf | None = None,
) -> HttpResponse:
    """The page itself, fresh; ``form`` is one that was refused, ``panel`` one that has it."""
    thread = actions.read(by=acting(request), conversation_id=conversation_id)
    reply = form if isinstance(form, ReplyForm) else ReplyForm()
    _fit(reply, thread)
    own = PANELS.found(acting(request), thread, panel)
    just_sent = request.session.get(SENT) == str(thread.id)
    if just_sent:
        del request.session[SENT]
    return show(
        request,
        "portal/thread.html",
        form,
        reply=reply,
        thread=thread,
        young=acting(request).young,
        title=(own and own.title) or title(thread),
        status=(own and own.status) or texts.STATUS_FOR_PATIENT[thread.status],
        bubbles=bubbles(thread, take_back=True),
        steps=(own and own.steps) or steps(thread),
        panel=own.drawn(request, just_sent=just_sent) if own else "",
        own_verbs=own is not None and own.own_verbs,
        # A service that leads to a time itself says so in its own words.
        show_redirected=bool(thread.redirected_to)
        and not (own and own.own_verbs and thread.redirected_to is Kind.APPOINTMENT),
        stale_words=[] if thread.may_write or form is None else kept_words(request),
        back_to=reverse("portal:messages"),
        **task_part(thread, form),
        **_onward(request, thread),
    )


def title(thread: Thread) -> str:
    """The service, and the topic where there is one."""
    topic = str(texts.TOPIC[thread.topic])
    return f"{texts.MATTER[thread.kind]}: {topic}" if topic else str(texts.MATTER[thread.kind])


def _fit(form: ReplyForm, thread: Thread) -> None:
    form.fields["text"].counted = thread.longest  # type: ignore[attr-defined]  # a Words field
    fit_files(form, taken=thread.attachments_allowed)


def _onward(request: HttpRequest, thread: Thread) -> dict[str, Any]:
    after = [
        (reverse("portal:thread", args=[one]), texts.MATTER[kind])
        for one, kind in thread.continued_by
    ]
    before = thread.continues_id and reverse("portal:thread", args=[thread.continues_id])
    found: dict[str, Any] = {"after": after, "before": before or ""}
    if not thread.may_write:
        found["why_silent"] = _why_silent(thread)
        again = thread.status is Status.CLOSED and not thread.owner.office.closed
        found["start_again"] = BEGINS.get(thread.kind, "") if again else ""
    if thread.redirected_to:
        services = offered(acting(request))[1]
        found["to"] = next((one for one in services if one.kind is thread.redirected_to), None)
        found["wrote"] = any(one.mine and (one.text or one.files) for one in thread.messages)
        found["carried"] = any(kind is thread.redirected_to for _one, kind in thread.continued_by)
    return found


def _why_silent(thread: Thread) -> str:
    if thread.owner.office.closed:
        return _("Legekontoret er lagt ned, og ingen leser det som skrives her.")
    if thread.status is Status.CLOSED:
        return _("Denne samtalen er avsluttet, og du kan ikke skrive mer her.")
    if policy_of(thread.kind).patient_reply is PatientReply.IF_ASKED and thread.reply_allowed:
        return _("Du trenger ikke å gjøre noe nå. Du kan skrive her hvis legekontoret spør deg.")
    return _(
        "Du kan ikke svare på denne meldingen. Lurer du på noe, kan du ringe legekontoret "
        "eller ta kontakt på nytt."
    )


def printed(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """The whole conversation on paper, or kept as a file by the browser (R133)."""
    thread = actions.read(by=acting(request), conversation_id=conversation_id)
    own = PANELS.found(acting(request), thread)
    facts = [
        Fact(name=_("Pasient"), value=thread.patient.name),
        Fact(name=_("Lege"), value=thread.owner.name),
        Fact(name=_("Legekontor"), value=thread.owner.office.name),
        Fact(name=_("Status"), value=str(texts.STATUS_FOR_PATIENT[thread.status])),
        Fact(name=_("Startet"), value=dates.moment(thread.started_at)),
    ]
    return show(
        request,
        "portal/print.html",
        thread=thread,
        title=title(thread),
        facts=facts,
        bubbles=bubbles(thread),
        steps=steps(thread),
        panel=own.drawn(request) if own else "",
        back_to=reverse("portal:thread", args=[thread.id]),
    )
