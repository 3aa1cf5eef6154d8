"""For whoever helps an office with the technical: how it is set up and whether all works, and
nothing of any patient.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.actor import Actor
from dialog.conversations import queries, texts
from dialog.conversations.policy import Kind
from dialog.ledger import queries as ledger
from dialog.ledger.queries import Debts
from dialog.people import queries as people
from dialog.people import texts as people_texts
from dialog.people.policy import Channel
from dialog.ui import dates
from dialog.ui.acting import acting
from dialog.ui.forms import show
from dialog.ui.parts import Fact
from dialog.workspace.parked import in_words

# What is owed longer than this is late, and a process that was not seen for so long stands still.
SOON = timedelta(minutes=2)
CHANNEL: dict[Channel, Promise] = {
    Channel.WORKSPACE: gettext_lazy("Denne løsningen"),
    Channel.MESSAGES: gettext_lazy("Eget journalsystem, med meldinger"),
    Channel.FHIR: gettext_lazy("Eget journalsystem, med FHIR"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NotDelivered:
    """What one receiver has not got, and since when."""

    many: int
    what: str
    why: str
    since: datetime


def technical(request: HttpRequest) -> HttpResponse:
    """The one page there is."""
    by = acting(request)
    debts = ledger.debts(by)
    return show(
        request,
        "workspace/technical.html",
        office=_office(by),
        works=_works(debts),
        parked=[_not_delivered(one) for one in debts if one.parked],
        numbers=_numbers(by),
        services=[
            Fact(name=one.name, value=_services(one.list_id))
            for one in people.lists_of_practice(by)
        ],
        members=[
            Fact(name=one.name, value=str(people_texts.ROLE[one.role]))
            for one in people.colleagues(by)
        ],
    )


def _office(by: Actor) -> list[Fact]:
    office = people.office_by_id(by.practice)
    closing = sorted(day for day in people.closing_days(by.practice) if day >= people.today())
    facts = [
        Fact(name=_("Telefon"), value=dates.phone(office.phone)),
        Fact(name=_("Adresse"), value=office.address or _("Ikke registrert")),
        Fact(name=_("Åpningstid"), value=office.opening_hours or _("Ikke registrert")),
        Fact(name=_("Arbeider i"), value=str(CHANNEL[Channel(office.channel)])),
        Fact(name=_("Satt opp"), value=_("Ja") if office.set_up else _("Ikke ennå")),
    ]
    if closing:
        facts.append(Fact(name=_("Neste stengte dag"), value=dates.day(closing[0])))
    if office.closes_on is not None:
        facts.append(Fact(name=_("Legges ned"), value=dates.day(office.closes_on)))
    return facts


def _works(debts: list[Debts]) -> list[Fact]:
    """Whether what runs beside the pages runs, and what waits for it."""
    owed = [one for one in debts if not one.parked]
    late = [one.since for one in owed if one.since < timezone.now() - SOON]
    waits = str(sum(one.many for one in owed))
    if late:
        oldest = dates.moment(min(late))
        waits = _("%(n)s, det eldste fra %(when)s") % {"n": waits, "when": oldest}
    return [
        Fact(name=_("Utsending"), value=_seen(ledger.relay_seen_at())),
        Fact(name=_("Forsegling av loggen"), value=_seen(ledger.sealed_at())),
        Fact(name=_("Venter på å bli sendt"), value=waits),
    ]


def _seen(at: datetime | None) -> str:
    if at is None:
        return _("Har aldri gått")
    if at < timezone.now() - SOON:
        return _("Står. Gikk sist %(when)s") % {"when": dates.moment(at)}
    return _("Går")


def _not_delivered(one: Debts) -> NotDelivered:
    words = in_words(one)
    return NotDelivered(many=one.many, what=words.what, why=words.why, since=one.since)


def _numbers(by: Actor) -> list[Fact]:
    found = queries.numbers(by)
    return [
        Fact(name=_("Pasienter på listene"), value=str(found.patients)),
        *(Fact(name=str(texts.LANE[kind]), value=str(found.waiting[kind])) for kind in Kind),
    ]


def _services(list_id: int) -> str:
    """What is off, which is what is asked about."""
    off = [
        str(texts.FEATURE[feature])
        for feature, state in queries.services_of(list_id).items()
        if not state.on
    ]
    return _("Av: %(services)s") % {"services": ", ".join(off)} if off else _("Alt er på")
