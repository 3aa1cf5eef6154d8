"""One deviation: its clock, what must be done, and each step."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.breaches import actions, papers, policy, texts
from dialog.breaches.policy import Must, Step
from dialog.breaches.queries import AffectedView, BreachView
from dialog.conversations import queries as conversations
from dialog.people import queries as people
from dialog.ui import dates
from dialog.ui.downloads import download
from dialog.ui.forms import Form, show, submit
from dialog.ui.parts import Fact
from dialog.ui.parts import Step as Line
from dialog.workspace.lanes import BREACHES, lanes
from dialog.workspace.said import said, say
from dialog.workspace.views.breaches.forms import AddForm, AssessForm, NotifyForm, WordsForm, at
from dialog.workspace.views.breaches.listing import COLOR, following

# From so few hours on the clock is red.
SOON = 24
BY_OURSELVES = (policy.Told.PHONE, policy.Told.IN_PERSON, policy.Told.EXEMPT)


def breach(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """All of it, and a form for what is added."""
    by = following(request)
    form = AddForm(request.POST or None)
    if form.is_bound:
        submit(form, partial(actions.add, by=by, breach_id=breach_id))
        if form.done:
            say(request, _("Det er lagt til."))
            return redirect("workspace:breach", breach_id)
    found = actions.read(by=by, breach_id=breach_id)
    return show(
        request,
        "workspace/breaches/one.html",
        form,
        found=found,
        title=str(texts.KIND[found.kind]),
        status=str(texts.STATUS[found.status]),
        risk=str(texts.RISK[found.risk]) if found.risk else "",
        risk_color=COLOR[found.risk] if found.risk else "",
        clock=_clock(found),
        clock_color=_color(found),
        duties=[
            (str(texts.MUST[one]), _is_done(found, one)) for one in Must if one in found.required
        ],
        facts=_facts(found),
        assessed=_assessed(found),
        steps=_history(found),
        affected=[_line(one) for one in found.affected],
        may_change=Step.REOPEN not in found.steps,
        source=_source(by, found),
        said=said(request),
        lanes=lanes(by, here=BREACHES),
        back_to=reverse("workspace:breaches"),
        back_words=_("Avvik"),
    )


def _clock(found: BreachView) -> str:
    if not found.clock_runs:
        return ""
    return texts.clock(found.deadline, timezone.now())


def _color(found: BreachView) -> str:
    left = policy.hours_left(found.deadline, timezone.now())
    return "danger" if left < SOON else "warning"


def _is_done(found: BreachView, one: Must) -> bool:
    if one is Must.NOTIFY:
        return found.notified_at is not None
    if one is Must.TELL:
        return bool(found.affected) and not found.untold
    return True


def _source(by: Actor, found: BreachView) -> str:
    """The matter it was found in, where this actor sees that; the register tells no more of it."""
    if found.source is None or not conversations.seen_by(by).filter(id=found.source).exists():
        return ""
    return reverse("workspace:conversation", args=[found.source])


def _facts(found: BreachView) -> list[Fact]:
    rows = [
        (_("Skjedde"), dates.moment(found.happened_at) if found.happened_at else _("Ikke kjent")),
        (_("Oppdaget"), dates.moment(found.aware_at)),
        (_("Skrevet ned"), dates.moment(found.registered_at)),
        (_("Skrevet ned av"), found.registered_by),
        (_("Meldt til Datatilsynet"), dates.moment(found.notified_at) if found.notified_at else ""),
        (_("Avsluttet"), dates.moment(found.closed_at) if found.closed_at else ""),
    ]
    return [Fact(name=name, value=value) for name, value in rows if value]


def _assessed(found: BreachView) -> list[Fact]:
    now = found.now
    if now is None:
        return []
    about = str(now.people_about) if now.people_about is not None else ""
    rows = [
        (_("Hvorfor"), now.reason),
        (_("Omtrent hvor mange"), about),
        (_("Opplysninger"), now.information),
        (_("Konsekvenser"), now.consequences),
        (_("Tiltak"), now.measures),
        (_("Kontakt"), now.contact),
        (_("Vurdert av"), f"{now.made_by}, {dates.short_moment(now.made_at)}"),
    ]
    return [Fact(name=name, value=value) for name, value in rows if value]


def _history(found: BreachView) -> list[Line]:
    happened = [(found.registered_at, _("Skrevet ned"), found.registered_by)]
    aware_at = found.discovered_at
    for one in found.assessments:
        said = f"{one.made_by}: {one.reason}"
        if _at_minute(one.aware_at) != _at_minute(aware_at):
            aware_at = one.aware_at
            said += " " + _("Oppdaget er rettet til %(when)s.") % {"when": dates.moment(aware_at)}
        words = _("Vurdert: %(risk)s") % {"risk": texts.RISK[one.risk]}
        happened.append((one.made_at, words, said))
    for added in found.additions:
        told = " ".join(words for words in (added.text, added.reason) if words)
        said = f"{added.made_by}: {told}" if told else added.made_by
        happened.append((added.at, str(texts.SAID[added.said]), said))
    happened.sort(key=lambda one: one[0])
    return [Line(title=title, text=words, at=when) for when, title, words in happened]


def _at_minute(moment: datetime) -> datetime:
    """As a form says it: what the platform wrote down itself has seconds too."""
    return moment.replace(second=0, microsecond=0)


def _line(one: AffectedView) -> dict[str, Any]:
    how = ""
    if one.told_how is not None and one.told_at is not None:
        how = f"{texts.TOLD[one.told_how]}, {dates.short_moment(one.told_at)}, {one.told_by}"
    return {
        "id": one.id,
        "name": one.patient.name,
        "born": dates.numeric(one.patient.born),
        "href": reverse("workspace:patient", args=[one.patient.uuid]),
        "told": how,
        "words": one.letter if one.told_how in BY_OURSELVES else "",
        "sent": reverse("workspace:conversation", args=[one.told_in]) if one.told_in else "",
        "letter": one.told_how is policy.Told.LETTER and bool(one.letter),
    }


def assess(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """Say how it may go, from what was thought before."""
    by = following(request)
    found = actions.read(by=by, breach_id=breach_id)
    now = found.now
    office = people.office_by_id(by.practice)
    before: dict[str, Any] = {"contact": texts.contact_of(office, by.name)}
    if now is not None:
        names = ("risk", "reason", "people_about", "information", "consequences", "measures")
        before = {name: getattr(now, name) for name in names} | {"contact": now.contact}
    form = AssessForm(
        request.POST or None, initial=before | at(found.aware_at, "aware_on", "aware_clock")
    )
    return _step(request, by, found, form, Step.ASSESS, actions.assess, _("Vurderingen er lagret."))


def notify(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """Write down that Datatilsynet has been told; what to tell them is there to copy from."""
    by = following(request)
    found = actions.read(by=by, breach_id=breach_id)
    form = NotifyForm(request.POST or None, initial=at(timezone.now(), "told_on", "told_clock"))
    with translation.override("nb"):
        asked = papers.notification(found, people.office_by_id(by.practice))
    return _step(
        request,
        by,
        found,
        form,
        Step.NOTIFY,
        actions.notify,
        _("Det er skrevet ned at Datatilsynet har fått melding."),
        template="notify",
        asked=[Fact(name=label, value=words) for label, words in asked],
    )


def close(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """Be done with it."""
    by = following(request)
    found = actions.read(by=by, breach_id=breach_id)
    form = WordsForm(request.POST or None)
    return _step(request, by, found, form, Step.CLOSE, actions.close, _("Avviket er avsluttet."))


def reopen(request: HttpRequest, breach_id: UUID) -> HttpResponse:
    """Go on with what was over."""
    by = following(request)
    found = actions.read(by=by, breach_id=breach_id)
    form = WordsForm(request.POST or None)
    form.fields["text"].label = _("Hvorfor åpner dere det igjen?")
    return _step(
        request, by, found, form, Step.REOPEN, actions.reopen, _("Avviket er åpnet igjen.")
    )


def _step(
    request: HttpRequest,
    by: Actor,
    found: BreachView,
    form: Form,
    step: Step,
    act: Callable[..., None],
    told: str,
    *,
    template: str = "step",
    **around: Any,
) -> HttpResponse:
    if form.is_bound:
        submit(form, partial(act, by=by, breach_id=found.id))
        if form.done:
            say(request, told)
            return redirect("workspace:breach", found.id)
    elif not policy.possible(found.status, step):
        return redirect("workspace:breach", found.id)
    return show(
        request,
        f"workspace/breaches/{template}.html",
        form,
        found=found,
        heading=str(texts.STEP[step]),
        lanes=lanes(by, here=BREACHES),
        back_to=reverse("workspace:breach", args=[found.id]),
        **around,
    )


def notification(request: HttpRequest, breach_id: UUID) -> HttpResponseBase:
    """What Datatilsynet asks for, on paper."""
    found, office = _for_the_authority(request, breach_id)
    with translation.override("nb"):
        printed = papers.notification_paper(found, office)
    return download(
        [printed], name="datatilsynet.pdf", media_type="application/pdf", size=len(printed)
    )


def notification_text(request: HttpRequest, breach_id: UUID) -> HttpResponseBase:
    """The same as text."""
    found, office = _for_the_authority(request, breach_id)
    with translation.override("nb"):
        text = papers.notification_text(found, office).encode("utf-8")
    return download(
        [text], name="datatilsynet.txt", media_type="text/plain; charset=utf-8", size=len(text)
    )


def _for_the_authority(request: HttpRequest, breach_id: UUID) -> tuple[BreachView, people.Office]:
    by = following(request)
    found = actions.read(by=by, breach_id=breach_id)
    return found, people.office_by_id(by.practice)
