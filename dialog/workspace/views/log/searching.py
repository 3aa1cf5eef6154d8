"""Searching the log: whom for, for what, and what is found (R217)."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.actor import Actor
from dialog.conversations.policy import Kind
from dialog.conversations.queries import Thread
from dialog.errors import NotAllowed
from dialog.oversight import actions, queries
from dialog.oversight.actions import Asked
from dialog.oversight.policy import LONGEST, Purpose, may_review
from dialog.oversight.texts import PURPOSE
from dialog.people import queries as people
from dialog.people import texts as people_texts
from dialog.ui import dates, fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show, submit
from dialog.ui.paging import from_line
from dialog.ui.panels import Panel
from dialog.ui.parts import Fact, Link
from dialog.workspace.lanes import lanes
from dialog.workspace.panels import PANELS
from dialog.workspace.said import said, say
from dialog.workspace.views.log.lines import ON_A_PAGE, older, shown

MOST = 20
LOOKS, ALL = "looks", "all"


class WhomForm(Form):
    """Words to find a patient by; sent as a post, because names do not belong in an address."""

    words = fields.Line(
        label=gettext_lazy("Navn, fødselsdato eller fødselsnummer"),
        help_text=gettext_lazy("Også de som ikke lenger er pasienter her."),
    )


class PurposeForm(Form):
    """For what one searches, and how much of it one needs to see."""

    purpose = fields.Choice(
        label=gettext_lazy("Hva er formålet?"),
        help_text=gettext_lazy("Den du søker etter, får se at du har søkt, og formålet."),
    )
    words = fields.Words(
        label=gettext_lazy("Mer om formålet"),
        help_text=gettext_lazy(
            "Må fylles ut ved mistanke og tilsyn. Dette ser bare de som følger opp loggen."
        ),
        rows=2,
        max_length=LONGEST,
        required=False,
    )
    which = fields.Choice(
        label=gettext_lazy("Hva vil du se?"),
        choices=[
            (LOOKS, gettext_lazy("Bare hvem som har sett")),
            (ALL, gettext_lazy("Alt som er sett og gjort")),
        ],
        initial=LOOKS,
    )
    first_day = fields.Day(label=gettext_lazy("Fra og med"), required=False)
    last_day = fields.Day(label=gettext_lazy("Til og med"), required=False)

    def __init__(self, *args: Any, leaving_out: Purpose | None = None) -> None:
        super().__init__(*args)
        offered = [(str(one), PURPOSE[one]) for one in Purpose if one is not leaving_out]
        self.fields["purpose"].choices = offered  # type: ignore[attr-defined]  # a Choice

    def clean(self) -> dict[str, Any]:
        """The same, as the action wants it."""
        words = self.cleaned_data
        if self.errors:
            return words
        return {
            "asked": Asked(
                purpose=Purpose(words["purpose"]),
                words=words["words"],
                first_day=words["first_day"],
                last_day=words["last_day"],
                looks_only=words["which"] == LOOKS,
            )
        }


def reviewing(request: HttpRequest) -> Actor:
    """Who acts, when they follow up the log; nobody else opens these pages."""
    by = acting(request)
    if not may_review(by):
        raise NotAllowed(
            _("Bare de som følger opp loggen, kan søke i den. Spør en lege om hvem det er.")
        )
    return by


def log(request: HttpRequest) -> HttpResponse:
    """Choose whom to search for; and who has searched before."""
    by = reviewing(request)
    form = WhomForm(request.POST or None)
    found = None
    if form.is_bound and form.is_valid():
        found = people.patients_found(by, form.cleaned_data["words"], most=MOST + 1, former=True)
    return show(
        request,
        "workspace/log/whom.html",
        form,
        said=said(request),
        asked=found is not None,
        too_many=len(found or ()) > MOST,
        found=[
            Link(
                href=reverse("workspace:log_patient", args=[one.uuid]),
                title=one.name,
                text=dates.numeric(one.born),
            )
            for one in (found or ())[:MOST]
        ],
        colleagues=[_colleague(one) for one in people.workers(by)],
        searches=[(one, PURPOSE[one.purpose]) for one in queries.searches(by, most=MOST)],
        lanes=lanes(by),
    )


def _colleague(one: people.Worker) -> Link:
    role = str(people_texts.ROLE[one.role])
    return Link(
        href=reverse("workspace:log_colleague", args=[one.account_uuid]),
        title=one.name,
        text=role if one.here else _("%(role)s, jobber ikke her lenger") % {"role": role},
    )


def patient(request: HttpRequest, patient_uuid: UUID) -> HttpResponse:
    """Say for what one searches for a patient."""
    by = reviewing(request)
    found = people.patient_for(by, patient_uuid)
    form = PurposeForm(request.POST or None, leaving_out=Purpose.COLLEAGUE_ASKED)
    act = partial(actions.search_patient, by=by, patient_uuid=patient_uuid)
    return _purpose(request, by, form, act, found.name)


def colleague(request: HttpRequest, account_uuid: UUID) -> HttpResponse:
    """Say for what one searches for what a colleague has done."""
    by = reviewing(request)
    found = people.worker_for(by, account_uuid)
    form = PurposeForm(request.POST or None)
    act = partial(actions.search_colleague, by=by, account_uuid=account_uuid)
    return _purpose(request, by, form, act, found.name)


def _purpose(
    request: HttpRequest, by: Actor, form: PurposeForm, act: "partial[UUID]", name: str
) -> HttpResponse:
    search = submit(form, act) if form.is_bound else None
    if search is not None:
        return redirect("workspace:log_found", search)
    return show(
        request,
        "workspace/log/purpose.html",
        form,
        name=name,
        lanes=lanes(by),
        back_to=reverse("workspace:log"),
        back_words=_("Logg"),
    )


def found(request: HttpRequest, search_uuid: UUID) -> HttpResponse:
    """What the log says, page by page, for as long as the purpose holds."""
    by = reviewing(request)
    search = queries.search_for(by, search_uuid)
    if search.over:
        say(request, _("Formålet gjelder i én time. Søk på nytt, og si hva du søker for nå."))
        return redirect("workspace:log")
    lines = queries.found(by, search_uuid, before=from_line(request), most=ON_A_PAGE + 1)
    return show(
        request,
        "workspace/log/found.html",
        search=search,
        facts=_facts(search),
        lines=shown(by, lines),
        more=older(request, lines),
        lanes=lanes(by),
        back_to=reverse("workspace:log"),
        back_words=_("Logg"),
    )


def _facts(search: queries.Search) -> list[Fact]:
    first, last = search.first_day, search.last_day
    facts = [
        Fact(name=_("Formål"), value=str(PURPOSE[search.purpose])),
        Fact(
            name=_("Gjelder til"), value=_("kl. %(clock)s") % {"clock": dates.clock(search.until)}
        ),
        Fact(
            name=_("Viser"),
            value=_("Bare hvem som har sett")
            if search.looks_only
            else _("Alt som er sett og gjort"),
        ),
    ]
    if first:
        facts.append(Fact(name=_("Fra og med"), value=dates.day_of_month(first)))
    if last:
        facts.append(Fact(name=_("Til og med"), value=dates.day_of_month(last)))
    return facts


@PANELS.of(Kind.LOG_QUESTION)
def panel(by: Actor, thread: Thread) -> Panel:
    """Above a patient's question about a look: who reads it, and the ways into the log (R219)."""
    looked = queries.who_looked(by, thread.id)
    return Panel(
        template="workspace/log/question_panel.html",
        words_first=True,
        context={
            "patient": thread.patient.name,
            "of_patient": reverse("workspace:log_patient", args=[thread.patient.uuid]),
            "looked": looked,
            "of_looked": looked and reverse("workspace:log_colleague", args=[looked.account_uuid]),
        },
    )
