"""The checklist of a new office, which later is its settings page."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialog.actor import Actor
from dialog.appointments import queries as appointments
from dialog.conversations import queries as conversations
from dialog.conversations.queries import ServiceState
from dialog.conversations.switches import SWITCHES
from dialog.people import actions, queries
from dialog.people.queries import Office
from dialog.ui.forms import Form, submit
from dialog.ui.parts import Link
from dialog.workspace.views.settings.desk import done, managing, page


def settings(request: HttpRequest) -> HttpResponse:
    """What is done, what is left, and the button that says: ready."""
    by = managing(request)
    form = Form(request.POST or None)
    if form.is_bound:
        submit(form, partial(actions.finish_set_up, by=by))
        if form.done:
            return done(request, _("Kontoret er klart. Velkommen!"), "workspace:settings")
    office = queries.office_by_id(by.practice)
    return page(
        request,
        "overview",
        form,
        office=office,
        needed=_needed(by, office),
        more=_more(by),
        back_to=reverse("workspace:inbox") if office.set_up else "",
        back_words=_("Innboks"),
    )


def _needed(by: Actor, office: Office) -> list[Link]:
    """What must be in place before patients can use it."""
    patients = queries.patients_by_list(by)
    on_a_list = sum(patients.values())
    lists = queries.lists_of_practice(by)
    states = [one.on for owner in lists for one in _services(owner.list_id)]
    on = sum(states)
    return [
        _link(
            "workspace:office_facts",
            _("Om kontoret"),
            _("Telefon, adresse og åpningstider, slik pasientene ser dem."),
            "home",
            bool(office.address and office.opening_hours),
        ),
        _link(
            "workspace:lists",
            _("Pasientlister og pasienter"),
            ngettext("%(n)d pasient er lagt inn.", "%(n)d pasienter er lagt inn.", on_a_list)
            % {"n": on_a_list},
            "people",
            on_a_list > 0,
        ),
        _link(
            "workspace:services",
            _("Hva pasientene kan gjøre"),
            _("%(on)d av %(all)d tjenester er på.") % {"on": on, "all": len(states)},
            "settings",
            on > 0,
        ),
        _times(by),
    ]


def _times(by: Actor) -> Link:
    """Where times are published: one's own timebook, or the first there is.

    Nothing is left to do for an office that only answers wishes in words.
    """
    books = queries.clinicians_of_practice(by)
    whose = [one.uuid for one in books if one.id == by.practitioner_id] or [
        one.uuid for one in books[:1]
    ]
    published = any(appointments.timebook(by, uuid).hours for uuid in whose)
    return _link(
        "workspace:own_timebook" if whose else "workspace:timebooks",
        _("Timer"),
        _("Legg ut ledige timer, eller hent kalenderen dere har."),
        "calendar",
        published or None,
        *whose,
    )


def _services(list_id: int) -> Iterable[ServiceState]:
    states = conversations.services_of(list_id)
    return [states[one] for one in SWITCHES]


def _more(by: Actor) -> list[Link]:
    """What can wait."""
    people = len(queries.colleagues(by))
    timebooks = len(queries.clinicians_of_practice(by))
    return [
        _link(
            "workspace:staff",
            _("Ansatte"),
            ngettext("%(n)d person kan logge inn her.", "%(n)d personer kan logge inn her.", people)
            % {"n": people},
            "people",
        ),
        _link(
            "workspace:timebooks",
            _("Timebøker"),
            ngettext("%(n)d timebok.", "%(n)d timebøker.", timebooks) % {"n": timebooks},
            "doctor",
        ),
        _link(
            "workspace:closing_days",
            _("Stengte dager"),
            _("Ferie, kurs og inneklemte dager. Svarfristene tar hensyn til dem."),
            "calendar",
        ),
        _link(
            "workspace:duties",
            _("Hvem gjør hva"),
            _("Hvem som forbereder resepter, leser e-konsultasjoner og følger opp loggen."),
            "check",
        ),
        _link(
            "workspace:renewal_rules",
            _("Regler for resepter"),
            _("Hva som ikke fornyes uten konsultasjon, og om foreldre kan spørre."),
            "pill",
        ),
        _link(
            "workspace:templates",
            _("Maler"),
            _("Tekster legene bruker ofte når de svarer på e-konsultasjoner."),
            "pen",
        ),
        _link(
            "workspace:kept",
            _("Hvor lenge ting oppbevares"),
            _("Hva som slettes av seg selv, når, og etter hvilken regel."),
            "clock",
        ),
    ]


def _link(
    name: str, title: str, text: str, icon: str, ready: bool | None = None, *whose: UUID
) -> Link:
    label = "" if ready is None else _("Gjort") if ready else _("Gjenstår")
    color = "success" if ready else "warning"
    href = reverse(name, args=whose)
    return Link(href=href, title=title, text=text, icon=icon, label=label, color=color)
