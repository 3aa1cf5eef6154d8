"""What a list's patients can do digitally: the doctor's switches, words and pauses (R193-R196)."""

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dialog.actor import Actor
from dialog.conversations import actions, queries, texts
from dialog.conversations.policy import SERVICES, Feature
from dialog.conversations.queries import ServiceState
from dialog.conversations.switches import PART_OF, SWITCHES
from dialog.errors import NotAllowed, NotFound
from dialog.people import queries as people
from dialog.people.policy import may_manage_list, may_manage_office
from dialog.ui import fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show, submit
from dialog.working_days import local
from dialog.workspace.views.settings.desk import done, page
from dialog.workspace.views.settings.history import service_history
from dialog.workspace.views.settings.switches import group, row, what_happens

MIDNIGHT = time(0)


def services(request: HttpRequest) -> HttpResponse:
    """Which list: one's own at once, else a choice."""
    by = acting(request)
    lists = people.lists_of_practice(by)
    mine = [one for one in lists if one.list_id in by.list_ids] or lists
    if len(mine) == 1 and len(lists) == 1:
        return redirect("workspace:list_services", mine[0].list_uuid)
    return page(request, "which_list", lists=lists, **_way_back(by))


def _way_back(by: Actor) -> dict[str, Any]:
    if may_manage_office(by):
        return {}
    return {"back_to": reverse("workspace:inbox"), "back_words": _("Innboks")}


def list_services(request: HttpRequest, list_uuid: UUID) -> HttpResponse:
    """Every service of a list, on or off; all at the office see, whoever has the list decides."""
    by = acting(request)
    owner = people.list_for(by, list_uuid)
    states = queries.services_of(owner.list_id)
    return page(
        request,
        "services",
        owner=owner,
        may_decide=may_manage_list(by, owner.list_id),
        groups=[group(states, kind) for kind in SERVICES],
        alone=row(states[Feature.OFFICE_REPLY]),
        pauses=[
            (one, texts.FEATURE[one.feature]) for one in queries.planned_pauses(by, owner.list_id)
        ],
        history=service_history(by, owner.list_id),
        **_way_back(by),
    )


def _feature(name: str) -> Feature:
    try:
        return Feature(name)
    except ValueError:
        raise NotFound from None


def switch_on(request: HttpRequest, list_uuid: UUID, feature: str) -> HttpResponse:
    """Switch a service on, from this moment."""
    by = acting(request)
    owner = people.list_for(by, list_uuid)
    chosen = _feature(feature)
    actions.switch_service(by=by, list_id=owner.list_id, feature=chosen, on=True)
    words = _now("%(service)s er på.") % {"service": texts.FEATURE[chosen]}
    return done(request, words, "workspace:list_services", list_uuid)


def switch_off(request: HttpRequest, list_uuid: UUID, feature: str) -> HttpResponse:
    """Show what is left for the patients, and then switch off, from that moment (R197)."""
    by = acting(request)
    owner = people.list_for(by, list_uuid)
    chosen = _feature(feature)
    form = Form(request.POST or None)
    if form.is_bound:
        act = partial(actions.switch_service, by=by, list_id=owner.list_id)
        submit(form, partial(act, feature=chosen, on=False))
        words = _now("%(service)s er av.") % {"service": texts.FEATURE[chosen]}
        return done(request, words, "workspace:list_services", list_uuid)
    return show(
        request,
        "ui/confirm.html",
        form,
        layout="ui/workspace_page.html",
        heading=_now("Slå av «%(service)s»?") % {"service": texts.FEATURE[chosen]},
        sentences=what_happens(owner, chosen),
        yes=_("Ja, slå av nå"),
        no=_("Nei, la den være på"),
        no_href=reverse("workspace:list_services", args=[list_uuid]),
    )


class WordsForm(Form):
    """What patients read before they write, and how soon they are promised an answer."""

    notice = fields.Words(
        label=_("Hva vil du si til pasientene om denne tjenesten?"),
        help_text=_("Skriv kort, på bokmål eller nynorsk. Bare tekst. La stå tomt for ingenting."),
        required=False,
        max_length=500,
        rows=4,
    )
    answer_days = fields.Number(
        label=_("Svar senest etter hvor mange virkedager?"),
        required=False,
        min_value=1,
        max_value=30,
    )


def service_words(request: HttpRequest, list_uuid: UUID, feature: str) -> HttpResponse:
    """Word a service, look at it as patients will, and keep it."""
    by = acting(request)
    owner = people.list_for(by, list_uuid)
    chosen = _feature(feature)
    if chosen not in SWITCHES:
        raise NotFound
    if not may_manage_list(by, owner.list_id):
        raise NotAllowed
    state = queries.service_state(owner.list_id, chosen)
    form = _words_form(request, state)
    preview = ""
    if "preview" in request.POST:
        preview = form.cleaned_data.get("notice", "") if form.is_valid() else ""
    elif form.is_bound:
        act = partial(actions.word_service, by=by, list_id=owner.list_id, feature=chosen)
        submit(form, act)
        if form.done:
            return done(request, _("Teksten er lagret."), "workspace:list_services", list_uuid)
    return page(
        request,
        "service_words",
        form,
        title=texts.FEATURE[chosen],
        preview=preview,
        asked="preview" in request.POST,
        back_to=reverse("workspace:list_services", args=[list_uuid]),
        back_words=_("Tjenester"),
    )


def _words_form(request: HttpRequest, state: ServiceState) -> WordsForm:
    now = {"notice": state.notice, "answer_days": state.answer_days}
    return WordsForm(request.POST or None, initial=now)


class PauseForm(Form):
    """Which services are off, from when to when, and why."""

    features = fields.Choices(
        label=_("Hva skal ha pause?"),
        choices=[(one, texts.FEATURE[one]) for one in SWITCHES],
        required=False,
    )
    parts = fields.Choices(
        label=_("Eller bare noe av det?"),
        help_text=_("Da er resten åpent som før."),
        choices=[(one, texts.FEATURE[one]) for one in PART_OF if one not in SWITCHES],
        required=False,
    )
    starts = fields.Day(label=_("Pausen begynner"))
    starts_at = fields.Clock(
        label=_("Klokken den begynner"), help_text=_("Tomt betyr fra morgenen av."), required=False
    )
    ends = fields.Day(label=_("Siste dag med pause"))
    ends_at = fields.Clock(
        label=_("Klokken den slutter"), help_text=_("Tomt betyr ut dagen."), required=False
    )
    reason = fields.Words(
        label=_("Hva skal pasientene få vite?"),
        help_text=_("For eksempel: Jeg har ferie. Ring legekontoret hvis det haster."),
        max_length=300,
        rows=3,
    )

    def clean(self) -> dict[str, Any]:
        """The same, as the action wants it."""
        said = self.cleaned_data
        chosen = [*said.get("features", ()), *said.get("parts", ())]
        if not chosen and not {"features", "parts"} & self.errors.keys():
            self.add_error("features", _("Velg minst én ting som skal ha pause."))
        if self.errors:
            return said
        return {
            "features": frozenset(Feature(one) for one in chosen),
            "starts": local(said["starts"], said["starts_at"] or MIDNIGHT),
            "ends": _end(said["ends"], said["ends_at"]),
            "reason": said["reason"],
        }


def _end(day: date, clock: time | None) -> datetime:
    return local(day, clock) if clock else local(day + timedelta(days=1), MIDNIGHT)


def plan_pause(request: HttpRequest, list_uuid: UUID) -> HttpResponse:
    """Plan that services are off for a while; they come back by themselves."""
    by = acting(request)
    owner = people.list_for(by, list_uuid)
    if not may_manage_list(by, owner.list_id):
        raise NotAllowed
    form = PauseForm(request.POST or None)
    if form.is_bound:
        submit(form, partial(actions.plan_pauses, by=by, list_id=owner.list_id))
        if form.done:
            return done(request, _("Pausen er lagt inn."), "workspace:list_services", list_uuid)
    return page(
        request,
        "form",
        form,
        heading=_now("Pause for %(name)s") % {"name": owner.name},
        back_to=reverse("workspace:list_services", args=[list_uuid]),
        back_words=_("Tjenester"),
    )


def call_off_pause(request: HttpRequest, list_uuid: UUID, pause_uuid: UUID) -> HttpResponse:
    """Let a planned pause be, or end one that is under way."""
    by = acting(request)
    people.list_for(by, list_uuid)
    actions.call_off_pause(by=by, pause_uuid=pause_uuid)
    return done(request, _("Pausen er avlyst."), "workspace:list_services", list_uuid)
