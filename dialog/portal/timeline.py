"""How far a conversation has come, as the patient reads it: what happened, and what is next."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.actor import Side
from dialog.conversations.arrivals import Arrival
from dialog.conversations.policy import Outcome, Status
from dialog.conversations.queries import Thread
from dialog.ui import dates
from dialog.ui.parts import Step

AT_THEIR_SYSTEM: dict[Arrival, tuple[Promise, Promise | str]] = {
    Arrival.ON_ITS_WAY: (gettext_lazy("På vei til legekontoret"), ""),
    Arrival.WAITS: (
        gettext_lazy("Mottatt"),
        gettext_lazy(
            "Systemet til legekontoret svarer ikke akkurat nå. Det du skrev, er tatt vare på og "
            "leveres så snart systemet svarer. Haster det, ring legekontoret."
        ),
    ),
    Arrival.ARRIVED: (gettext_lazy("Levert til legekontoret"), ""),
}


def steps(thread: Thread) -> list[Step]:
    """Sent, opened, being answered, answered, closed: each with its time (R123)."""
    if thread.started_side is Side.PRACTICE:
        return [Step(title=_("Legekontoret skrev til deg"), at=thread.started_at), *_end(thread)]
    return [
        Step(title=_("Sendt"), at=thread.started_at),
        *_at_the_office(thread),
        *_end(thread),
    ]


def _at_the_office(thread: Thread) -> list[Step]:
    closed_early = thread.status is Status.CLOSED and thread.opened_at is None
    if closed_early:
        return []
    if thread.arrival is not None:
        return _in_their_system(thread, thread.arrival)
    opened = Step(title=_("Åpnet av legekontoret"), at=thread.opened_at)
    if thread.opened_at is None:
        opened = Step(
            title=_("Mottatt"), text=_("Legekontoret har ikke åpnet det ennå."), state="now"
        )
    answered = _last_answer(thread)
    if thread.status is Status.WITH_PRACTICE:
        state = "next" if thread.opened_at is None else "now"
        before = [Step(title=_("Besvart"), at=answered)] if answered else []
        return [
            opened,
            *before,
            Step(title=_("Blir besvart"), text=_by_when(thread.due_at), state=state),
        ]
    return [opened, Step(title=_("Besvart"), at=answered)] if answered else [opened]


def _in_their_system(thread: Thread, arrival: Arrival) -> list[Step]:
    """Where the office works in a record system of its own, nobody here knows who opened what."""
    answered = _last_answer(thread)
    done = [Step(title=_("Besvart"), at=answered)] if answered else []
    if thread.status is not Status.WITH_PRACTICE:
        return done
    came, here = arrival_step(arrival), arrival is Arrival.ARRIVED
    if arrival is Arrival.NOT_TAKEN:
        return [*done, came]
    answer = Step(
        title=_("Blir besvart"), text=_by_when(thread.due_at), state="now" if here else "next"
    )
    return [*done, came, answer]


def arrival_step(arrival: Arrival) -> Step:
    """How far the newest the patient has sent has come to the office's own system."""
    if arrival is Arrival.NOT_TAKEN:
        text = _("Systemet til legekontoret tok ikke imot det. Ring legekontoret.")
        return Step(title=_("Kom ikke fram"), text=text, state="stopped")
    title, words = AT_THEIR_SYSTEM[arrival]
    state = "done" if arrival is Arrival.ARRIVED else "now"
    return Step(title=str(title), text=str(words), state=state)


def _by_when(due: datetime | None) -> str:
    if due is None:
        return ""
    return _("Svar senest %(day)s.") % {"day": dates.day(due)}


def _last_answer(thread: Thread) -> datetime | None:
    answers = [one.sent_at for one in thread.messages if one.side is Side.PRACTICE]
    return max(answers, default=None)


def _end(thread: Thread) -> list[Step]:
    if thread.status is not Status.CLOSED:
        return []
    titles = {
        Outcome.WITHDRAWN: _("Trukket tilbake"),
        Outcome.DECLINED: _("Avslått"),
        Outcome.REDIRECTED: _("Hører hjemme i en annen tjeneste"),
        Outcome.EXPIRED: _("Avsluttet uten svar"),
    }
    stopped = thread.outcome in titles
    title = titles.get(thread.outcome or Outcome.ANSWERED, _("Avsluttet"))
    return [Step(title=title, at=thread.closed_at, state="stopped" if stopped else "done")]
