"""What the frame of every page says about its reader: who, for whom, at which office."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from dialog.actor import Actor, Duty, Role, Side
from dialog.people import queries as people
from dialog.people.policy import may_manage_office
from dialog.people.ports import connected
from dialog.ui.context import Around


def around(request: HttpRequest) -> Around:
    """Who reads this page, for whom and at which office; looked up only when a page shows it."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return Around(sign_in=reverse("identity:sign_in"))
    return _as_patient(actor) if actor.side is Side.PATIENT else _at_work(actor)


def _at_work(actor: Actor) -> Around:
    helps = actor.side is Side.SUPPORT
    office = people.office_by_id(actor.practice_id or 0)
    return Around(
        reader=actor.name,
        office=office.name,
        office_phone=office.phone,
        home=reverse("workspace:support" if helps else "workspace:inbox"),
        sign_in=reverse("identity:sign_in"),
        sign_out=reverse("identity:sign_out"),
        safety=reverse("identity:safety"),
        menu=() if helps else _office_menu(actor),
    )


def _office_menu(actor: Actor) -> tuple[tuple[str, str], ...]:
    inbox = (reverse("workspace:inbox"), _("Innboks"))
    calendar = (reverse("workspace:first_calendar"), _("Kalender"))
    patients = (reverse("workspace:patients"), _("Pasienter"))
    services = (reverse("workspace:services"), _("Tjenester"))
    reviews = actor.may(Duty.REVIEW_ACCESS)
    settings = (reverse("workspace:settings"), _("Innstillinger"))
    log = (reverse("workspace:log" if reviews else "workspace:own_log"), _("Logg"))
    return (inbox, calendar, patients, log, settings if may_manage_office(actor) else services)


def _as_patient(actor: Actor) -> Around:
    framed = people.frame(actor.account_id or 0, actor.patient_id)
    chosen = next((one.name for one in framed.choices if one.id == actor.patient_id), "")
    return Around(
        reader=actor.name,
        acting_for=chosen if actor.role is Role.PROXY else "",
        office=framed.office,
        office_phone=framed.phone,
        home=reverse("portal:home"),
        # Whoever may begin to act for another is known when the register has been asked.
        switch=reverse("identity:act_for") if len(framed.choices) > 1 or connected() else "",
        settings=reverse("portal:settings"),
        sign_in=reverse("identity:sign_in"),
        sign_out=reverse("identity:sign_out"),
        safety=reverse("identity:safety"),
        menu=(
            (reverse("portal:home"), _("Hjem")),
            (reverse("portal:messages"), _("Meldinger")),
            (reverse("portal:my_appointments"), _("Timer")),
            (reverse("portal:access_log"), _("Innsyn")),
        ),
    )
