"""An e-consultation on the practice's side: take it on, answer it, ask for more."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.conversations import actions as conversations
from dialog.conversations import queries as core
from dialog.conversations import texts as core_texts
from dialog.conversations.policy import Kind
from dialog.conversations.queries import Thread
from dialog.econsultations import actions, policy, queries, texts
from dialog.econsultations.policy import OPEN, Step, TemplateKind
from dialog.econsultations.queries import EConsultationView
from dialog.ui import dates
from dialog.ui.acting import acting
from dialog.ui.forms import Form, submit
from dialog.ui.panels import Panel
from dialog.ui.parts import Fact, Section
from dialog.ui.uploads import keep_files
from dialog.workspace.econsultation_forms import INSERT, AnswerForm
from dialog.workspace.journal import charged, consent, outcome
from dialog.workspace.onward import onward
from dialog.workspace.panels import PANELS
from dialog.workspace.seen import SeenForm
from dialog.workspace.views.conversation import page
from dialog.workspace.views.handling import PointForm
from dialog.workspace.without_files import fit_files

ASK = "ask"


@PANELS.of(Kind.ECONSULTATION)
def panel(by: Actor, thread: Thread, form: Form | None = None) -> Panel:
    """How far it has come, what it costs, and what the reader can do with it."""
    view = queries.view(by, thread.id)
    return Panel(
        template="workspace/econsultation_panel.html",
        below="workspace/econsultation_answer.html",
        context={
            "one": view,
            "thread": thread,
            "about": _facts(view),
            "can": {str(step): step in view.steps for step in Step},
            "answer": _answer_form(by, thread, view, form),
            "card": _card(view),
            "free": [(str(one), core_texts.KIND[one]) for one in sorted(policy.FREE_SERVICES)],
        },
        own_verbs=True,
        words_first=True,
        record=partial(_record, thread, view),
    )


def _record(thread: Thread, view: EConsultationView) -> list[Section]:
    """How it ended, what was agreed to and charged; and the card."""
    return [
        Section(heading=_("E-konsultasjon"), facts=[*outcome(thread, view), *consent(view)]),
        Section(heading=_("Etter e-konsultasjonen"), facts=_card(view)),
    ]


def _answer_form(
    by: Actor, thread: Thread, view: EConsultationView, form: Form | None
) -> Form | None:
    if view.status not in OPEN or not view.may_answer:
        return None
    if isinstance(form, AnswerForm):
        form.shown_with(thread.version)
    else:
        known = queries.templates(by, TemplateKind.ANSWER, TemplateKind.ASK)
        form = AnswerForm(initial={"seen": thread.version}, known=known)
    fit_files(form, taken=thread.attachments_allowed)
    return form


def _facts(view: EConsultationView) -> list[Fact]:
    facts = [
        Fact(name=_("Status"), value=str(texts.STATUS_FOR_PRACTICE[view.status])),
        Fact(name=_("Egenandel"), value=charged(view)),
    ]
    if view.begun_at:
        who = f"{view.begun_by}, {dates.short_moment(view.begun_at)}"
        facts.append(Fact(name=_("Tatt av"), value=who))
    if view.journaled_at:
        who = f"{view.journaled_by}, {dates.short_moment(view.journaled_at)}"
        facts.append(Fact(name=_("Ført i journal"), value=who))
    return facts


def _card(view: EConsultationView) -> list[Fact]:
    if view.card is None:
        return []
    return [Fact(name=str(texts.CARD[kind]), value=words) for kind, words in view.card.fields]


def begin(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Take responsibility for it."""
    form = SeenForm(request.POST)
    submit(form, partial(actions.begin, by=acting(request), conversation_id=conversation_id))
    if not form.done:
        return page(request, conversation_id, form=form)
    return redirect(f"{reverse('workspace:conversation', args=[conversation_id])}#svar")


def put_away(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """End what the practice began, without a card."""
    form = SeenForm(request.POST)
    submit(form, partial(actions.put_away, by=acting(request), conversation_id=conversation_id))
    if not form.done:
        return page(request, conversation_id, form=form)
    return onward(request, conversation_id, _("Saken er avsluttet."))


def answer(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Answer, or ask for more; or put a template in and go on writing."""
    by = acting(request)
    known = queries.templates(by, TemplateKind.ANSWER, TemplateKind.ASK)
    form = AnswerForm(request.POST, request.FILES, known=known)
    keep_files(
        form, keep=partial(conversations.keep_file, by=by), known=partial(core.kept_files, by)
    )
    if request.POST.get(INSERT):
        return _with_template(request, conversation_id, form)
    asking = request.POST.get("verb") == ASK
    verb = actions.ask_for_more if asking else actions.answer
    if submit(form, partial(verb, by=by, conversation_id=conversation_id)) is None:
        return page(request, conversation_id, form=form, panel=partial(panel, form=form))
    said = _("Du har bedt pasienten om mer.") if asking else _("Svaret er sendt.")
    return onward(request, conversation_id, said)


def _with_template(request: HttpRequest, conversation_id: UUID, form: AnswerForm) -> HttpResponse:
    words = queries.words_for(acting(request), conversation_id)
    fresh = AnswerForm(initial=form.begun(request.POST, words), known=form.known)
    fresh.fields["files"].kept = form.fields["files"].kept  # type: ignore[attr-defined]  # Files
    return page(request, conversation_id, panel=partial(panel, form=fresh))


def elsewhere(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Show the way to a service that is free, in one click."""
    form = PointForm(request.POST)
    act = partial(
        actions.point_to_free_service, by=acting(request), conversation_id=conversation_id
    )
    submit(form, act)
    if not form.done:
        return page(request, conversation_id, form=form)
    return onward(request, conversation_id, _("Pasienten er vist videre og betaler ingenting."))
