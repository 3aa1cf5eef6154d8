"""The patient's start page: one question that leads to the right service."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from dialog.actor import Role
from dialog.conversations import queries
from dialog.errors import NotFound
from dialog.people import queries as people
from dialog.people.contact_register import MY_PROFILE, contact_connected
from dialog.portal.about_whom import ask_anew
from dialog.portal.matters import line
from dialog.portal.needs import NEEDS, need_named
from dialog.portal.services import offered
from dialog.ui.acting import acting
from dialog.ui.forms import show
from dialog.ui.parts import Link
from dialog.ui.prompting import asked_to_look

ON_TOP = 5


def home(request: HttpRequest) -> HttpResponse:
    """What do you need help with?"""
    by = acting(request)
    ask_anew(request)
    owner, services = offered(by)
    unread = queries.my_matters(by, unread_only=True, most=ON_TOP)
    needs = [
        Link(href=reverse("portal:need", args=[one.name]), title=str(one.title), icon=one.icon)
        for one in NEEDS
    ]
    return show(
        request,
        "portal/home.html",
        owner=owner,
        closed=people.closed_office_of(by.patient) if owner is None else None,
        young=by.young,
        services=services,
        needs=needs,
        to_do=[line(one) for one in unread if one.do_by is not None],
        to_mend=_asked_to_mend(request),
        unread=[line(one) for one in unread if one.do_by is None],
        new_gp=people.asked_by_a_new_office(by),
    )


def _asked_to_mend(request: HttpRequest) -> dict[str, Any] | None:
    """What the reader was asked to look at at sign-in, with what is there now (R37)."""
    by, what = acting(request), asked_to_look(request)
    if not what or by.role is not Role.PATIENT:
        return None
    person = people.the_patient(by)
    return {"what": what, "person": person, "register": contact_connected(), "where": MY_PROFILE}


def need(request: HttpRequest, name: str) -> HttpResponse:
    """The service that suits a need, why, and the others for those who know better."""
    chosen = need_named(name)
    if chosen is None:
        raise NotFound
    by = acting(request)
    owner, services = offered(by)
    return show(
        request,
        "portal/need.html",
        owner=owner,
        closed=people.closed_office_of(by.patient) if owner is None else None,
        need=chosen,
        best=next((one for one in services if one.kind is chosen.kind), None),
        services=[one for one in services if one.kind is not chosen.kind],
        back_to=reverse("portal:home"),
    )
