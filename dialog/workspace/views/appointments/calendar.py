"""A practitioner's calendar: a day or a week, who comes and what is free."""

from datetime import date, timedelta
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.appointments import actions, queries
from dialog.people import queries as people
from dialog.people.policy import may_manage_office
from dialog.ui import dates
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show, submit
from dialog.workspace.times import Tab, calendar_address, clinician_from, day_from, uuid_from

WEEK, A_DAY = timedelta(days=7), timedelta(days=1)


def first_calendar(request: HttpRequest) -> HttpResponse:
    """One's own calendar, or the first there is."""
    by = acting(request)
    everybody = queries.calendars(by)
    if not everybody:
        return show(
            request,
            "workspace/appointments/no_calendar.html",
            may_manage=may_manage_office(by),
        )
    in_use = any(one.active for one in everybody)
    whose = clinician_from(request, by) if in_use else everybody[0]
    return redirect("workspace:calendar", whose.uuid)


def calendar(request: HttpRequest, practitioner: UUID) -> HttpResponse:
    """Somebody's day or week; a time can be taken back, or published again."""
    by = acting(request)
    whose = queries.clinician_for(by, practitioner, retired=True)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_bound:
        submit(form, partial(_withdraw_or_restore, request))
        if form.done:
            return redirect(request.get_full_path())
    day, week = day_from(request), request.GET.get("vis") == "uke"
    view = queries.week_view if week else _one_day
    return show(
        request,
        "workspace/appointments/calendar.html",
        form if form.is_bound else None,
        whose=whose,
        everybody=_tabs(request, whose, day, week=week),
        views=[
            Tab(href=calendar_address(practitioner, day), words=_("Dag"), here=not week),
            Tab(href=calendar_address(practitioner, day, week=True), words=_("Uke"), here=week),
        ],
        week=week,
        title=_title(day, week=week),
        before=calendar_address(practitioner, day - (WEEK if week else A_DAY), week=week),
        following=calendar_address(practitioner, day + (WEEK if week else A_DAY), week=week),
        today=calendar_address(practitioner, people.today(), week=week),
        days=view(by, practitioner, day),
        collisions=queries.collisions(by, practitioner),
        timebook=reverse("workspace:own_timebook", args=[practitioner]),
    )


def _one_day(by: Actor, practitioner: UUID, day: date) -> list[queries.CalendarDay]:
    return [queries.day_view(by, practitioner, day)]


def _withdraw_or_restore(request: HttpRequest) -> None:
    taken_back = uuid_from(request.POST.get("withdraw", ""))
    restored = uuid_from(request.POST.get("restore", ""))
    if taken_back is not None:
        actions.withdraw_slot(by=acting(request), slot_id=taken_back)
    if restored is not None:
        actions.restore_slot(by=acting(request), slot_id=restored)


def _tabs(request: HttpRequest, whose: people.Clinician, day: date, *, week: bool) -> list[Tab]:
    return [
        Tab(
            href=calendar_address(one.uuid, day, week=week),
            words=one.name if one.active else _("%(name)s (ikke i bruk)") % {"name": one.name},
            here=one.uuid == whose.uuid,
        )
        for one in queries.calendars(acting(request))
    ]


def _title(day: date, *, week: bool) -> str:
    if not week:
        return dates.day(day)
    monday = day - timedelta(days=day.weekday())
    return _("Uke %(number)d, %(first)s – %(last)s") % {
        "number": day.isocalendar().week,
        "first": dates.day_of_month(monday),
        "last": dates.day_of_month(monday + timedelta(days=4)),
    }
