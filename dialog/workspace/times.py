"""Times in the shapes the office's pages draw: free ones as buttons, a calendar as lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.appointments import texts
from dialog.appointments.policy import DayPart, MeetingType, Wish
from dialog.appointments.queries import AppointmentView, FreeDay, FreeSlot
from dialog.errors import NotFound
from dialog.people import queries as people
from dialog.people.queries import Clinician
from dialog.ui import dates
from dialog.ui.parts import DayOfTimes, Fact, TimeButton

MONDAY = date(2024, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One of several views of the same page."""

    href: str
    words: str
    here: bool


def weekdays(n: int = 5) -> list[tuple[int, str]]:
    """The days of the week by number and name, Monday first."""
    return [(day, dates.weekday(MONDAY + timedelta(days=day))) for day in range(n)]


def uuid_from(text: str) -> UUID | None:
    """An id of ours in an address; None when there is none, NotFound when it is no id."""
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


# Further away a week beside it would be in no calendar.
YEARS = range(1900, 2300)


def day_from(request: HttpRequest, name: str = "dag") -> date:
    """The day an address asks for, or today."""
    try:
        day = parse_date(request.GET.get(name, "")) or people.today()
    except ValueError:
        return people.today()
    return day if day.year in YEARS else people.today()


def clinician_from(request: HttpRequest, by: Actor) -> Clinician:
    """Whose times are looked at: as asked for, one's own, or the first there is."""
    everybody = people.clinicians_of_practice(by)
    asked = request.POST.get("practitioner") or request.GET.get("hos", "")
    for one in everybody:
        if str(one.uuid) == asked or (not asked and one.id == by.practitioner_id):
            return one
    if not everybody or asked:
        raise NotFound
    return everybody[0]


def buttons(days: Iterable[FreeDay], *, named: bool = False) -> list[DayOfTimes]:
    """Days of free times, each time a button."""
    return [
        DayOfTimes(on=day.day, times=[_button(one, named=named) for one in day.slots])
        for day in days
    ]


def _button(slot: FreeSlot, *, named: bool) -> TimeButton:
    return TimeButton(
        value=str(slot.id),
        at=slot.starts,
        label=slot.practitioner_name if named else "",
        note=slot.type.name,
    )


def meetings(among: Iterable[MeetingType] = MeetingType) -> list[tuple[str, str]]:
    """Ways to meet, as choices."""
    allowed = set(among)
    return [(str(one), str(texts.MEETING[one])) for one in MeetingType if one in allowed]


def wish_facts(one: AppointmentView) -> list[Fact]:
    """What a patient would like, in words; only what they have said."""
    wish = one.wish
    facts = [
        Fact(name=_("Hvordan"), value=one.meeting_name),
        Fact(name=_("Hos"), value=one.practitioner_name),
        Fact(name=_("Dager"), value=_days(wish)),
        Fact(name=_("Når på dagen"), value=_parts(wish)),
        Fact(name=_("Ikke før"), value=dates.day(wish.earliest) if wish.earliest else ""),
        Fact(name=_("Helst innen"), value=dates.day(wish.latest) if wish.latest else ""),
    ]
    return [fact for fact in facts if fact.value]


def _days(wish: Wish) -> str:
    return ", ".join(name for day, name in weekdays(7) if day in wish.weekdays)


def _parts(wish: Wish) -> str:
    return ", ".join(str(texts.DAY_PART[part]) for part in DayPart if part in wish.parts)


def time_facts(one: AppointmentView) -> list[Fact]:
    """When, with whom and how; and how the patient may still get out of it."""
    facts = []
    if one.starts and one.ends:
        facts.append(Fact(name=_("Når"), value=dates.period(one.starts, one.ends)))
    facts += [
        Fact(name=_("Hos"), value=one.practitioner_name),
        Fact(name=_("Hva"), value=_what(one)),
    ]
    if one.offered_until:
        facts.append(Fact(name=_("Holdes av til"), value=dates.moment(one.offered_until)))
    elif one.free_until and not one.cancelled_at and not one.unconfirmed:
        facts.append(Fact(name=_("Gratis å avbestille til"), value=dates.moment(one.free_until)))
    if one.overbooked:
        facts.append(Fact(name=_("Dobbeltbooket fordi"), value=one.overbooked_reason))
    return [*(fact for fact in facts if fact.value), *_ending(one)]


def _what(one: AppointmentView) -> str:
    if one.meeting_name and one.type_name:
        return f"{one.type_name}, {one.meeting_name.lower()}"
    return one.meeting_name or one.type_name


def _ending(one: AppointmentView) -> list[Fact]:
    if one.cancelled_at is None:
        return []
    facts = [Fact(name=_("Avlyst"), value=dates.moment(one.cancelled_at))]
    if one.cancelled_late:
        facts.append(Fact(name=_("Etter fristen"), value=_("Ja")))
    if one.accepted_late_fee:
        facts.append(
            Fact(name=_("Gebyr pasienten har sagt ja til"), value=dates.kr(one.accepted_late_fee))
        )
    return facts


def calendar_address(practitioner: UUID, day: date, *, week: bool = False) -> str:
    """Where a practitioner's day or week is shown."""
    query = {"dag": day.isoformat(), **({"vis": "uke"} if week else {})}
    return f"{reverse('workspace:calendar', args=[practitioner])}?{urlencode(query)}"
