"""Times: reserved, refused, given back. What is booked here is given back here."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from certify import checks
from certify.scenario import Failed, Scenario, Unmet
from certify.terms import Sent
from certify.trial import Trial
from certify.waiting import DAYS, offered
from dialog.interop.messages import Event, Message, Person
from dialog.interop.names import Process
from dialog.interop.processes import state_of

BOOKED, CANCELLED = "booked", "cancelled"


def reserve(trial: Trial) -> str:
    """A free time becomes an appointment with an id of its own, and is free again afterwards."""
    free = first_free(trial)
    asked = trial.says(Process.BOOKING, "ReserverAvtale", events=(free,))
    trial.taken(asked)
    answer = trial.answer(asked, Process.BOOKING)
    with given_back(trial, asked):
        _must_be_the_time(trial, answer, free, asked)
        if any(one.uid == free.uid for one in offered(trial)):
            raise Failed("the time is offered no more", "it is offered still", asked)
    if not any(one.start == free.start and one.contact == free.contact for one in offered(trial)):
        trial.remarks.append("The time that was given back is not offered again.")
    return "booked with a uid of its own, offered no more, and given back"


def taken_time(trial: Trial) -> str:
    """A time that somebody has just taken is a no."""
    free = first_free(trial)
    first = trial.says(Process.BOOKING, "ReserverAvtale", events=(free,))
    trial.answer(first, Process.BOOKING)
    with given_back(trial, first):
        return _refused(trial, free, trial.another)


def time_that_is_not(trial: Trial) -> str:
    """A time nobody offered is a no."""
    free = first_free(trial)
    odd = timedelta(minutes=7) + timedelta(days=DAYS)
    start, end = _moment(free.start) + odd, _moment(free.end) + odd
    return _refused(trial, replace(free, uid=str(uuid4()), start=start, end=end), trial.patient)


def cancelled_elsewhere(trial: Trial) -> str:
    """An appointment is cancelled in the process of its own, and that is answered."""
    free = first_free(trial)
    asked = trial.says(Process.BOOKING, "ReserverAvtale", events=(free,))
    uid = _event(trial.answer(asked, Process.BOOKING), asked).uid
    away = trial.says(Process.CANCELLING, "AvbestillAvtale", events=(replace(free, uid=uid),))
    trial.taken(away)
    event = _event(trial.answer(away, Process.CANCELLING), away)
    if state_of(event, trial.known) != CANCELLED or event.uid.casefold() != uid.casefold():
        came = state_of(event, trial.known) or "no state"
        raise Failed("the same appointment, cancelled", f"{checks.said(event.uid)}, {came}", away)
    return "answered: the appointment is cancelled"


def first_free(trial: Trial) -> Event:
    """A time to try with."""
    found = [one for one in offered(trial) if isinstance(one.start, datetime)]
    if not found:
        raise Unmet(f"The calendar offers no free time in {DAYS} days. Open some and run it again.")
    return found[0]


@contextmanager
def given_back(trial: Trial, asked: Sent) -> Iterator[None]:
    """Whatever was booked is cancelled in the end, and a receipt says so; what went wrong before
    is what is told.
    """
    try:
        yield
    except Failed:
        with suppress(Failed):
            _give_back(trial, asked)
        raise
    _give_back(trial, asked)


def _give_back(trial: Trial, asked: Sent) -> None:
    answers = (one.calendar for one in trial.answers(asked) if one.calendar)
    booked = {one.uid: one for calendar in answers for one in calendar.events}
    said = {"answers": asked.message, "patient": asked.message.header.patient}
    for event in booked.values():
        if state_of(event, trial.known) != CANCELLED:
            plain = replace(event, related_to="", more=())
            trial.taken(trial.says(Process.BOOKING, "AvbestillAvtale", events=(plain,), **said))


def _refused(trial: Trial, event: Event, patient: Person) -> str:
    asked = trial.says(Process.BOOKING, "ReserverAvtale", events=(event,), patient=patient)
    found = trial.receipt(asked)
    if not found.taken:
        return "a receipt that rejects it"
    answer = trial.answer(asked, Process.BOOKING)
    events = answer.calendar.events if answer.calendar else ()
    if any(state_of(one, trial.known) in (BOOKED, "") for one in events):
        with given_back(trial, asked):
            raise Failed("a no: the time cannot be had", "it was booked all the same", asked)
    return "an answer that says no"


def _must_be_the_time(trial: Trial, answer: Message, free: Event, asked: Sent) -> None:
    event = _event(answer, asked)
    wrong = [
        what
        for what, is_so in (
            ("its uid is that of the free time", event.uid.casefold() == free.uid.casefold()),
            ("related-to is not the free time's uid", not _is_related(event, free)),
            ("another time", (event.start, event.end) != (free.start, free.end)),
            ("contact is no HER-id", not event.contact.isdigit()),
            ("its state is not booked", state_of(event, trial.known) != BOOKED),
        )
        if is_so
    ]
    if wrong:
        raise Failed("the appointment, booked, related to the time", "; ".join(wrong), asked)


def _is_related(event: Event, free: Event) -> bool:
    return event.related_to.casefold() == free.uid.casefold()


def _event(answer: Message, asked: Sent) -> Event:
    if not answer.calendar or not answer.calendar.events:
        raise Failed("an answer with the appointment", "an answer without one", asked)
    return answer.calendar.events[0]


def _moment(said: object) -> datetime:
    if not isinstance(said, datetime):
        raise Unmet("The free times have no time of day.")
    return said


_USES = ((Process.BOOKING, "HentLedigeTimer"), (Process.BOOKING, "ReserverAvtale"))
_BACK = (*_USES, (Process.BOOKING, "AvbestillAvtale"))
SCENARIOS = (
    Scenario(
        key="reserve",
        title="A time is reserved and given back",
        expects="The appointment has a uid of its own, related to the free time's, and is booked; "
        "the time is offered no more; giving it back gets a receipt that says OK.",
        play=reserve,
        uses=_BACK,
    ),
    Scenario(
        key="taken-time",
        title="A time that somebody has just taken",
        expects="A receipt that rejects it, or an answer without a booked time.",
        play=taken_time,
        uses=_BACK,
    ),
    Scenario(
        key="no-such-time",
        title="A time nobody offered",
        expects="A receipt that rejects it, or an answer without a booked time.",
        play=time_that_is_not,
        uses=_BACK,
    ),
    Scenario(
        key="cancel-appointment",
        title="An appointment is cancelled (Avtaleavbestilling)",
        expects="A receipt that says OK, and an answer with the same appointment, cancelled.",
        play=cancelled_elsewhere,
        uses=(*_USES, (Process.CANCELLING, "AvbestillAvtale")),
    ),
)
