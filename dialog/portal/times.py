"""Free times as plain buttons, and what is carried along while one chooses among them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.appointments import queries, texts
from dialog.appointments.policy import MeetingType, is_late
from dialog.conversations import actions as conversation_actions
from dialog.conversations import queries as conversations
from dialog.errors import NotFound
from dialog.people import queries as people
from dialog.ui import dates
from dialog.ui.parts import DayOfTimes, Fact, Link, TimeButton
from dialog.working_days import oslo_day

ENOUGH = 16
# How many days are read for a page: mostly a fortnight is enough, and it is read at a glance.
SPANS = (14, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of time with one person: what the reader chooses first."""

    practitioner: UUID
    type: UUID

    @property
    def query(self) -> str:
        """How the choice is said in an address."""
        return urlencode({"hos": self.practitioner, "hva": self.type})


def uuid_from(text: str) -> UUID | None:
    """An id of ours in an address; None when there is none, NotFound when it is no id."""
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


def buttons(days: Iterable[queries.FreeDay]) -> list[DayOfTimes]:
    """Days of free times of one kind with one person; whose, the page has said at its top."""
    return [
        DayOfTimes(
            on=day.day,
            times=[TimeButton(value=str(slot.id), at=slot.starts) for slot in day.slots],
        )
        for day in days
    ]


def alternatives(slots: Iterable[queries.FreeSlot]) -> list[DayOfTimes]:
    """The nearest times that are left, by day."""
    found: dict[date, list[TimeButton]] = {}
    for slot in slots:
        found.setdefault(oslo_day(slot.starts), []).append(time_button(slot))
    return [DayOfTimes(on=day, times=times) for day, times in found.items()]


def time_button(slot: queries.FreeSlot) -> TimeButton:
    """One free time among others, with the full name of whom one meets."""
    return TimeButton(
        value=str(slot.id),
        at=slot.starts,
        label=slot.practitioner_name,
        note=slot.type.name,
    )


def named(slot: queries.FreeSlot) -> str:
    """The kind of time, and with whom."""
    return _("%(what)s hos %(who)s") % {"what": slot.type.name, "who": slot.practitioner_name}


def kinds(by: Actor, doctor: int | None, source: UUID | None) -> list[Link]:
    """The kinds of times there are, each with its first free one, the own doctor's first."""
    own_doctor_first = sorted(
        queries.first_of_each_kind(by),
        key=lambda slot: (slot.practitioner_id != doctor, slot.type.id),
    )
    return [_link(slot, source) for slot in own_doctor_first]


def _link(slot: queries.FreeSlot, source: UUID | None) -> Link:
    kind = Kind(practitioner=slot.practitioner_uuid, type=slot.type.uuid)
    ways = _listed([str(texts.MEETING[one]) for one in MeetingType if one in slot.type.meetings])
    words = {"minutes": slot.type.minutes, "ways": ways, "moment": dates.moment(slot.starts)}
    return Link(
        href=f"{reverse('portal:free')}?{kind.query}" + (f"&fra={source}" if source else ""),
        title=named(slot),
        text=_("%(ways)s. %(minutes)s minutter. Første ledige: %(moment)s.") % words,
        icon="calendar",
    )


def _listed(words: list[str]) -> str:
    """``På legekontoret, telefon, video``; letters that stand for words stay capitals."""
    small = (one if one[:2].isupper() else one[:1].lower() + one[1:] for one in words[1:])
    return ", ".join([*words[:1], *small])


def chosen_kind(request: HttpRequest) -> Kind | None:
    """Which kind of time the reader has chosen, if any."""
    practitioner, kind = (uuid_from(request.GET.get(name, "")) for name in ("hos", "hva"))
    return Kind(practitioner=practitioner, type=kind) if practitioner and kind else None


def shown(by: Actor, kind: Kind, first: date | None) -> tuple[list[queries.FreeDay], date | None]:
    """The free times of a kind, whole days until there are enough to choose among, and the day
    where the next page begins.
    """
    for span in SPANS:
        page, later = _page(by, kind, first, span)
        if later is not None:
            break
    return page, later


def _page(
    by: Actor, kind: Kind, first: date | None, span: int | None
) -> tuple[list[queries.FreeDay], date | None]:
    page: list[queries.FreeDay] = []
    days = queries.free_slots(by, practitioner=kind.practitioner, first=first, days=span)
    for day in days:
        slots = tuple(slot for slot in day.slots if slot.type.uuid == kind.type)
        if not slots:
            continue
        if sum(len(one.slots) for one in page) >= ENOUGH:
            return page, day.day
        page.append(queries.FreeDay(day=day.day, slots=slots))
    return page, None


def first_day(request: HttpRequest) -> date | None:
    """The day the reader wants to look from; nonsense, and what has been, is no wish."""
    try:
        asked = parse_date(request.GET.get("fra_dag", ""))
    except ValueError:
        return None
    far = people.today() + timedelta(days=366)
    return asked if asked and people.today() <= asked <= far else None


def carried(by: Actor, request: HttpRequest) -> tuple[UUID | None, str]:
    """The conversation this goes on from, and the patient's own words in it (R126)."""
    source = uuid_from(request.POST.get("fra", "") or request.GET.get("fra", ""))
    if source is None:
        return None, ""
    conversation_actions.look(by=by, conversation_id=source)
    return source, conversations.text_to_carry(by, source)[0]


def facts_of(chosen: queries.ChosenSlot, door: queries.Door) -> list[Fact]:
    """What one is about to take, and until when it can be given back for nothing."""
    slot = chosen.slot
    facts = [
        Fact(name=_("Når"), value=dates.period(slot.starts, slot.ends)),
        Fact(name=_("Hos"), value=slot.practitioner_name),
        Fact(name=_("Hva"), value=slot.type.name),
        Fact(name=_("Hvor"), value=where(door.owner.office)),
    ]
    return [*facts, free_until(chosen)]


def where(office: people.Office) -> str:
    """The office and its address."""
    return f"{office.name}, {office.address}" if office.address else office.name


def free_until(chosen: queries.ChosenSlot) -> Fact:
    """The exact last moment it can be cancelled for nothing, and what it costs after (R69)."""
    name = _("Avbestille gratis")
    if chosen.free_until is None or not chosen.late_fee:
        return Fact(name=name, value=_("Helt fram til timen"))
    if is_late(chosen.free_until, timezone.now()):
        return Fact(
            name=name,
            value=_("For sent for denne timen. Avbestiller du den, koster det %(fee)s.")
            % {"fee": dates.kr(chosen.late_fee)},
        )
    return Fact(
        name=name,
        value=_("Fram til %(moment)s. Etter det koster det %(fee)s.")
        % {"moment": dates.moment(chosen.free_until), "fee": dates.kr(chosen.late_fee)},
    )


def back_to_free(source: UUID | None) -> str:
    """The page of free times, still carrying what it goes on from."""
    address = reverse("portal:free")
    return f"{address}?fra={source}" if source else address
