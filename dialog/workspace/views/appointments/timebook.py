"""A practitioner's timebook: what it says, and what has been put in it."""

from datetime import time
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialog.actor import Actor
from dialog.appointments import actions, queries, texts
from dialog.appointments.policy import BookingRules
from dialog.appointments.queries import Timebook
from dialog.errors import NotAllowed
from dialog.ui import dates
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show, submit
from dialog.ui.parts import Fact
from dialog.workspace.said import said, say
from dialog.workspace.times import uuid_from, weekdays


def timebook(request: HttpRequest, practitioner: UUID) -> HttpResponse:
    """Rules, weekly hours, exceptions, imported calendars and types; and what collides."""
    by = acting(request)
    book = queries.timebook(by, practitioner)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_bound:
        submit(form, partial(_remove, by, request.POST))
        if form.done:
            return changed(request, practitioner, _("Fjernet."))
    return show(
        request,
        "workspace/appointments/timebook.html",
        form if form.is_bound else None,
        book=book,
        rules=rule_facts(book.rules),
        week=[(name, [one for one in book.hours if one.weekday == n]) for n, name in weekdays()],
        exceptions=[(one, texts.EXCEPTION[one.kind]) for one in book.exceptions],
        types=[(one, _ways(one)) for one in book.types],
        collisions=queries.collisions(by, practitioner),
        said=said(request),
        back_to=reverse("workspace:calendar", args=[practitioner]),
        back_words=_("Kalenderen"),
    )


def hand_over(request: HttpRequest, practitioner: UUID) -> HttpResponse:
    """Let those at the desk keep one's timebook, or take it back."""
    handed_over = bool(request.POST.get("handed_over"))
    actions.hand_over_timebook(
        by=acting(request), practitioner=practitioner, handed_over=handed_over
    )
    words = _("Kontoret kan nå styre timeboken din.") if handed_over else _("Du styrer den selv.")
    return changed(request, practitioner, words)


def _ways(one: queries.TypeView) -> str:
    return ", ".join(str(words) for way, words in texts.MEETING.items() if way in one.meetings)


def _remove(by: Actor, chosen: Any) -> None:
    hours, exception = uuid_from(chosen.get("hours", "")), uuid_from(chosen.get("exception", ""))
    imported, kind = uuid_from(chosen.get("import", "")), uuid_from(chosen.get("type", ""))
    if hours is not None:
        actions.remove_weekly_hours(by=by, hours_uuid=hours)
    if exception is not None:
        actions.remove_exception(by=by, exception_uuid=exception)
    if imported is not None:
        actions.remove_import(by=by, import_id=imported)
    if kind is not None:
        actions.retire_type(by=by, type_uuid=kind)


def changing(request: HttpRequest, practitioner: UUID) -> Timebook:
    """The timebook, for those who decide over it; nobody else opens these pages."""
    book = queries.timebook(acting(request), practitioner)
    if not book.may_open_times:
        raise NotAllowed(_("Legen bestemmer selv over timene sine."))
    return book


def changed(request: HttpRequest, practitioner: UUID, words: str | Promise) -> HttpResponse:
    """Say what was done, on the page of the timebook."""
    say(request, words)
    return redirect("workspace:own_timebook", practitioner)


def published(result: actions.Published) -> str:
    """How many times came and went, in words."""
    came = ngettext("%(n)d ny time er lagt ut", "%(n)d nye timer er lagt ut", result.added)
    went = ngettext("%(n)d ledig time er borte", "%(n)d ledige timer er borte", result.withdrawn)
    return _("Lagret: %(came)s, %(went)s.") % {
        "came": came % {"n": result.added},
        "went": went % {"n": result.withdrawn},
    }


def page(
    request: HttpRequest, book: Timebook, form: Form, *, heading: str, **context: Any
) -> HttpResponse:
    """One form about a timebook."""
    context.setdefault("template", "workspace/appointments/timebook_form.html")
    return show(
        request,
        context.pop("template"),
        form,
        book=book,
        heading=heading,
        back_to=reverse("workspace:own_timebook", args=[book.practitioner.uuid]),
        back_words=_("Timeboken"),
        **context,
    )


def rule_facts(rules: BookingRules) -> list[Fact]:
    """The rules in words."""
    return [
        Fact(name=_("Senest før timen"), value=length(rules.lead_minutes)),
        Fact(
            name=_("Fram i tid"),
            value=ngettext("%(n)d dag", "%(n)d dager", rules.horizon_days)
            % {"n": rules.horizon_days},
        ),
        Fact(
            name=_("Vises for pasienter"), value=released(rules.release_days, rules.release_clock)
        ),
        Fact(
            name=_("Timer hver pasient kan ha"),
            value=str(rules.most_open) if rules.most_open is not None else _("Ingen grense"),
        ),
        Fact(name=_("Gratis å avbestille"), value=cancelling(rules)),
    ]


def length(minutes: int) -> str:
    """So many minutes or hours, in words."""
    if minutes and minutes % 60 == 0:
        hours = minutes // 60
        return ngettext("%(n)d time", "%(n)d timer", hours) % {"n": hours}
    return ngettext("%(n)d minutt", "%(n)d minutter", minutes) % {"n": minutes}


def released(days: int | None, clock: time | None) -> str:
    """When times are shown, in words."""
    if days is None or clock is None:
        return _("Så snart de er lagt ut")
    if days == 0:
        return _("Samme dag klokka %(clock)s") % {"clock": dates.clock(clock)}
    said = ngettext("%(n)d dag før, klokka %(clock)s", "%(n)d dager før, klokka %(clock)s", days)
    return said % {"n": days, "clock": dates.clock(clock)}


def cancelling(rules: BookingRules) -> str:
    """Until when it is free to cancel, in words."""
    if rules.cancel_working_days is not None:
        days = rules.cancel_working_days
        return ngettext("Til %(n)d virkedag før", "Til %(n)d virkedager før", days) % {"n": days}
    if rules.cancel_hours is not None:
        return _("Til %(hours)s før") % {"hours": length(rules.cancel_hours * 60)}
    return _("Alltid")
