"""What the page of an appointment shows: when, where, with whom, and what one can do now."""

from django.utils.translation import gettext as _

from dialog.actor import Actor, Side
from dialog.appointments import queries, texts
from dialog.appointments.policy import AppointmentStatus, MeetingType, Step
from dialog.appointments.queries import AppointmentView
from dialog.conversations.policy import Kind
from dialog.conversations.queries import Thread
from dialog.errors import NotFound
from dialog.portal.panels import PANELS
from dialog.portal.unconfirmed import instead_of_it, unconfirmed_steps
from dialog.ui import dates
from dialog.ui.panels import Panel
from dialog.ui.parts import Fact, Section
from dialog.ui.parts import Step as Stage

FROM_HOME = (MeetingType.PHONE, MeetingType.VIDEO)
TO_COME = (AppointmentStatus.BOOKED, AppointmentStatus.OFFERED)


@PANELS.of(Kind.APPOINTMENT)
def panel(by: Actor, thread: Thread) -> Panel | None:
    """The appointment of this conversation."""
    try:
        one = queries.appointment_for(by, thread.id)
    except NotFound:
        return None
    return Panel(
        template="portal/appointments/panel.html",
        title=_title(one),
        status=one.status_name,
        steps=steps(one, thread),
        record=lambda: [Section(heading=one.status_name, facts=facts(one))],
        context={
            "one": one,
            "facts": facts(one),
            "offered": one.status is AppointmentStatus.OFFERED,
            "booked": one.status is AppointmentStatus.BOOKED,
            "pending": one.status is AppointmentStatus.PENDING,
            "can_accept": Step.ACCEPT in one.steps,
            "can_ask_again": Step.ASK_AGAIN in one.steps,
            "can_move": Step.MOVE in one.steps,
            "can_cancel": Step.CANCEL in one.steps,
            "is_wish": one.status is AppointmentStatus.PROPOSED,
            **instead_of_it(by, one),
        },
    )


def _title(one: AppointmentView) -> str:
    if one.starts is None:
        return ""
    when = {"when": dates.moment(one.starts)}
    return _("Bestilling av time %(when)s") % when if one.unconfirmed else _("Time %(when)s") % when


def steps(one: AppointmentView, thread: Thread) -> list[Stage]:
    """How it has come: an appointment tells itself; a wish waits for an answer like anything
    else.
    """
    if one.status in (AppointmentStatus.PROPOSED, AppointmentStatus.OFFERED):
        return []
    if one.unconfirmed:
        return unconfirmed_steps(one, thread.started_at, thread.arrival)
    made = _("Bestilt") if one.made_side is Side.PATIENT else _("Gitt av legekontoret")
    if one.made_side is Side.PATIENT and one.moves_elsewhere:
        made = _("Sendt til legekontoret")
    stages = [Stage(title=made, at=thread.started_at)]
    if one.cancelled_at:
        return [*stages, Stage(title=_("Avlyst"), at=one.cancelled_at, state="stopped")]
    done = one.status in (AppointmentStatus.FULFILLED, AppointmentStatus.NOSHOW)
    state = "done" if done else "next"
    return [*stages, Stage(title=_("Timen"), at=one.starts, state=state)]


def facts(one: AppointmentView) -> list[Fact]:
    """When, with whom, how, where; and until when it can be given back for nothing."""
    found = when_and_where(one) if one.starts else _wish(one)
    if one.status in TO_COME and one.starts:
        found.append(Fact(name=_("Avbestille gratis"), value=_free_until(one)))
    if one.cancelled_at and not one.unconfirmed:
        found.append(Fact(name=_("Avlyst"), value=dates.moment(one.cancelled_at)))
        if one.accepted_late_fee:
            found.append(Fact(name=_("Gebyr"), value=dates.kr(one.accepted_late_fee)))
    return found


def when_and_where(one: AppointmentView) -> list[Fact]:
    """The meeting itself."""
    found = []
    if one.starts and one.ends:
        found.append(Fact(name=_("Når"), value=dates.period(one.starts, one.ends)))
    found += [
        Fact(name=_("Hos"), value=one.practitioner_name),
        Fact(name=_("Hvordan"), value=_how(one)),
        Fact(name=_("Hva"), value=one.type_name),
        Fact(name=_("Hvor"), value="" if one.meeting in FROM_HOME else _where(one)),
        Fact(name=_("Forberedelse"), value=one.instructions),
    ]
    return [fact for fact in found if fact.value]


def _how(one: AppointmentView) -> str:
    if one.meeting is MeetingType.PHONE:
        return _("På telefon. Legekontoret ringer deg.")
    return one.meeting_name


def _where(one: AppointmentView) -> str:
    return ", ".join(part for part in (one.practice_name, one.practice_address) if part)


def _wish(one: AppointmentView) -> list[Fact]:
    wish = one.wish
    days = ", ".join(dates.weekday_named(number) for number in sorted(wish.weekdays))
    parts = ", ".join(str(texts.DAY_PART[part]) for part in wish.parts)
    found = [
        Fact(name=_("Hos"), value=one.practitioner_name),
        Fact(name=_("Hvordan"), value=one.meeting_name),
        Fact(name=_("Dager som passer"), value=days),
        Fact(name=_("Tid på dagen"), value=parts),
        Fact(name=_("Tidligst"), value=dates.day(wish.earliest) if wish.earliest else ""),
        Fact(name=_("Senest"), value=dates.day(wish.latest) if wish.latest else ""),
    ]
    return [fact for fact in found if fact.value]


def _free_until(one: AppointmentView) -> str:
    if one.free_until is None or not one.late_fee:
        return _("Helt fram til timen")
    if one.late:
        return _("Fristen var %(moment)s. Nå koster det %(fee)s.") % {
            "moment": dates.moment(one.free_until),
            "fee": dates.kr(one.late_fee),
        }
    return _("Fram til %(moment)s. Etter det koster det %(fee)s.") % {
        "moment": dates.moment(one.free_until),
        "fee": dates.kr(one.late_fee),
    }
