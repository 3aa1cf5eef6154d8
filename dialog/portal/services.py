"""The four services as the patient chooses among them: what for, who answers, when, what price."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dialog.actor import Actor
from dialog.conversations import queries, texts
from dialog.conversations.policy import SERVICES, Feature, Kind
from dialog.conversations.switches import FILES_IN
from dialog.people import queries as people
from dialog.people.queries import ListOwner, Substitute
from dialog.ui import dates

BEGINS: dict[Kind, str] = {
    Kind.APPOINTMENT: "/time",
    Kind.RENEWAL: "/resept",
    Kind.ECONSULTATION: "/e-konsultasjon",
    Kind.ENQUIRY: "/kontakt",
}
ICON: dict[Kind, str] = {
    Kind.APPOINTMENT: "calendar",
    Kind.RENEWAL: "pill",
    Kind.ECONSULTATION: "doctor",
    Kind.ENQUIRY: "chat",
    Kind.LOG_QUESTION: "eye",
}
PURPOSE: dict[Kind, Promise] = {
    Kind.APPOINTMENT: gettext_lazy("Når du skal møte legen, ringes opp eller ta en prøve."),
    Kind.RENEWAL: gettext_lazy("Når du trenger mer av en medisin du bruker fra før."),
    Kind.ECONSULTATION: gettext_lazy(
        "Når du har et spørsmål om helsen din og ikke trenger å møte opp."
    ),
    Kind.ENQUIRY: gettext_lazy("Når du lurer på noe praktisk. Her får du ikke helsehjelp."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service, as it stands for this patient now."""

    kind: Kind
    href: str
    icon: str
    title: str
    purpose: str
    who: str
    when: str
    price: str
    on: bool
    off_because: str
    off_until: datetime | None
    notice: str
    takes_files: bool = False


def offered(by: Actor) -> tuple[ListOwner | None, list[Service]]:
    """Whose list the patient is on, and all four services side by side; none when on no list."""
    owner = people.list_of(by.patient) if by.patient else None
    if owner is None:
        return None, []
    states = queries.services_for(by, owner.list_id)
    price = queries.highest_price(people.the_patient(by), owner).amount
    direct = states[Feature.DIRECT_BOOKING].on
    substitute = people.substitute_now(owner.list_id)
    return owner, [
        replace(
            _service(kind, owner, substitute, states[Feature(kind)], price=price, direct=direct),
            takes_files=kind in FILES_IN and states[FILES_IN[kind]].on,
        )
        for kind in SERVICES
    ]


def _service(
    kind: Kind,
    owner: ListOwner,
    substitute: Substitute | None,
    state: queries.ServiceState,
    *,
    price: int,
    direct: bool,
) -> Service:
    return Service(
        kind=kind,
        href=BEGINS[kind],
        icon=ICON[kind],
        title=str(texts.KIND[kind]),
        purpose=str(PURPOSE[kind]),
        who=_who(kind, owner, substitute),
        when=_when(kind, state.answer_days, direct=direct),
        price=_price(kind, price),
        on=state.on,
        off_because=state.reason,
        off_until=state.until,
        notice=state.notice,
    )


def _who(kind: Kind, owner: ListOwner, substitute: Substitute | None) -> str:
    if substitute is not None and kind in (Kind.ECONSULTATION, Kind.RENEWAL):
        return _("%(substitute)s er vikar for %(doctor)s til og med %(day)s.") % {
            "substitute": substitute.name,
            "doctor": owner.name,
            "day": dates.day(substitute.last),
        }
    if kind is Kind.ECONSULTATION:
        return _("%(doctor)s leser og svarer.") % {"doctor": owner.name}
    if kind is Kind.RENEWAL:
        return _("%(doctor)s avgjør. De som jobber på legekontoret, kan hjelpe til.") % {
            "doctor": owner.name
        }
    if kind is Kind.ENQUIRY:
        return _("De som jobber på legekontoret, leser og svarer.")
    return _("Time hos %(doctor)s eller andre på legekontoret.") % {"doctor": owner.name}


def _when(kind: Kind, days: int, *, direct: bool) -> str:
    if kind is Kind.APPOINTMENT and direct:
        return _("Du får time med en gang hvis du velger en ledig tid selv.")
    if days == 0:
        return _("Svar samme dag.")
    return ngettext("Svar innen %(days)d virkedag.", "Svar innen %(days)d virkedager.", days) % {
        "days": days
    }


def _price(kind: Kind, highest: int) -> str:
    if kind is Kind.ECONSULTATION:
        if highest == 0:
            return _("Gratis for deg.")
        return _("Koster høyst %(price)s.") % {"price": dates.kr(highest)}
    if kind is Kind.APPOINTMENT:
        return _("Gratis å bestille. Du betaler vanlig egenandel for timen.")
    return _("Gratis.")
