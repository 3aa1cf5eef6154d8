"""What is done to a conversation besides answering it: hand on, note, rest, close, take back."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.conversations import actions, queries
from dialog.conversations.policy import Kind, Verb
from dialog.conversations.queries import Thread
from dialog.ui import fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show, submit
from dialog.workspace.beside import AssignForm, NoteForm
from dialog.workspace.onward import onward, to_next
from dialog.workspace.seen import SEEN, SeenForm
from dialog.workspace.views.conversation import page


class PointForm(SeenForm):
    """Where it belongs."""

    to = fields.Hidden()

    def clean_to(self) -> Kind | None:
        """The service's kind."""
        to = str(self.cleaned_data["to"])
        return Kind(to) if to in set(Kind) else None


def assign(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Hand the item to a colleague or a role (R178)."""
    by = acting(request)
    kind = Kind(queries.conversation_for(by, conversation_id).kind)
    form = AssignForm(request.POST, by=by, kind=kind, auto_id="assign_%s")
    submit(form, partial(actions.assign, by=by, conversation_id=conversation_id))
    if not form.done:
        return page(request, conversation_id, form=form)
    return onward(request, conversation_id, _("Saken er gitt videre."))


class FlagForm(Form):
    """Whether it is urgent."""

    urgent = fields.Hidden(required=False)

    def clean_urgent(self) -> bool:
        """Anything at all means yes."""
        return bool(self.cleaned_data["urgent"])


def flag(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Say whether the item is urgent (R176)."""
    form = FlagForm(request.POST)
    submit(form, partial(actions.flag, by=acting(request), conversation_id=conversation_id))
    if form.refusal is not None:
        return page(request, conversation_id, form=form)
    return redirect("workspace:conversation", conversation_id)


class KeepForm(Form):
    """Whether the parents are not to see it."""

    kept = fields.Hidden(required=False)

    def clean_kept(self) -> bool:
        """Anything at all means yes."""
        return bool(self.cleaned_data["kept"])


def keep(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Hide the matter from a young patient's parents, or show it again (R20)."""
    form = KeepForm(request.POST)
    act = partial(actions.keep_from_parents, by=acting(request), conversation_id=conversation_id)
    submit(form, act)
    if form.refusal is not None:
        return page(request, conversation_id, form=form)
    return redirect("workspace:conversation", conversation_id)


def note(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Leave a word to colleagues."""
    form = NoteForm(request.POST, auto_id="note_%s")
    submit(form, partial(actions.add_note, by=acting(request), conversation_id=conversation_id))
    if not form.done:
        return page(request, conversation_id, form=form)
    return redirect("workspace:conversation", conversation_id)


def rest(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Set the item aside: nobody waits for anybody."""
    form = SeenForm(request.POST)
    submit(form, partial(actions.rest, by=acting(request), conversation_id=conversation_id))
    if not form.done:
        return page(request, conversation_id, form=form)
    return onward(request, conversation_id, _("Saken er satt til side."))


def close(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """End the conversation for good."""
    if request.method == "POST":
        form = SeenForm(request.POST)
        submit(form, partial(actions.close, by=acting(request), conversation_id=conversation_id))
        if not form.done:
            return page(request, conversation_id, form=form)
        return onward(request, conversation_id, _("Saken er avsluttet."))
    return _ask(
        request,
        conversation_id,
        possible=lambda thread: Verb.CLOSE in thread.verbs,
        heading=_("Vil du avslutte saken?"),
        sentences=[_("Pasienten kan ikke skrive mer her, men kan alltid starte noe nytt.")],
        yes=_("Ja, avslutt"),
        form=SeenForm,
    )


class RecallForm(Form):
    """Why it is taken back: what was for another is a deviation."""

    wrong_patient = fields.Check(
        label=gettext_lazy("Meldingen gikk til feil pasient"),
        help_text=gettext_lazy("Da blir det skrevet ned som et avvik av seg selv."),
    )


def recall(request: HttpRequest, conversation_id: UUID, message_id: UUID) -> HttpResponse:
    """Take back a message the patient has not opened (R59)."""
    if request.method == "POST":
        form = RecallForm(request.POST)
        act = partial(
            actions.recall,
            by=acting(request),
            conversation_id=conversation_id,
            message_id=message_id,
        )
        submit(form, act)
        if not form.done:
            return page(request, conversation_id, form=form)
        return redirect("workspace:conversation", conversation_id)
    return _ask(
        request,
        conversation_id,
        possible=lambda thread: message_id in thread.recallable,
        heading=_("Vil du trekke tilbake meldingen?"),
        sentences=[
            _("Pasienten har ikke åpnet den. Pasienten ser at en melding er trukket tilbake."),
        ],
        yes=_("Ja, trekk tilbake"),
        form=RecallForm,
    )


def following(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Pass this one by, and open the item below it."""
    return to_next(request, conversation_id)


def _ask(
    request: HttpRequest,
    conversation_id: UUID,
    *,
    possible: Callable[[Thread], bool],
    heading: str,
    sentences: list[str],
    yes: str,
    form: type[Form] = Form,
) -> HttpResponse:
    thread = queries.thread(acting(request), conversation_id)
    if not possible(thread):
        return redirect("workspace:conversation", conversation_id)
    return show(
        request,
        "ui/confirm.html",
        form(initial={"seen": request.GET.get(SEEN, thread.version)}),
        heading=heading,
        sentences=sentences,
        yes=yes,
        no=_("Nei, gå tilbake"),
        no_href=reverse("workspace:conversation", args=[conversation_id]),
        layout="ui/workspace_page.html",
        dangerous=True,
    )
