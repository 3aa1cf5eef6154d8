"""What somebody waits for: the test, the practitioners and the free times."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from certify.scenario import Failed, Scenario
from certify.trial import Trial
from dialog.interop.messages import Event, Message
from dialog.interop.names import Process
from dialog.interop.processes import state_of

AT_ONCE = 4  # questions
DAYS = 30


def test(trial: Trial) -> str:
    """The communication test."""
    trial.asks(Process.TEST, "Foresporsel", text="Kommunikasjonstest")
    return "a proper answer"


def tests_at_once(trial: Trial) -> str:
    """Several at once, each with an answer of its own."""

    def ask(at: int) -> Message:
        return trial.asks(Process.TEST, "Foresporsel", text=f"Kommunikasjonstest {at}")

    with ThreadPoolExecutor(AT_ONCE) as everybody:
        answers = list(everybody.map(ask, range(AT_ONCE)))
    if len({one.header.id for one in answers}) < AT_ONCE:
        raise Failed("an answer with a MsgId of its own to each", "one MsgId for several")
    return f"{AT_ONCE} proper answers, each to its question"


def practitioners(trial: Trial) -> str:
    """Who works there."""
    answer = trial.asks(Process.PRACTITIONERS, "Hent")
    roles = answer.note.roles if answer.note else ()
    people = [one.professional for one in roles if one.professional]
    if not people:
        raise Failed("at least one practitioner as a role of the note", "none")
    if not all(one.her_id for one in people):
        raise Failed("a HER-id for every practitioner", "one without")
    return f"{len(people)} practitioners"


def free_times(trial: Trial) -> str:
    """Times that can be had."""
    found = offered(trial)
    now = datetime.now(UTC)
    wrong = [
        what
        for what, is_so in (
            ("two with the same uid", len({one.uid for one in found}) < len(found)),
            ("one without a uid", not all(one.uid for one in found)),
            ("one that ends before it begins", any(not _lasts(one) for one in found)),
            ("one that has been", any(_begins(one) < now for one in found)),
            ("one without a HER-id in contact", not all(one.contact.isdigit() for one in found)),
            (
                "one that is cancelled",
                any(state_of(one, trial.known) == "cancelled" for one in found),
            ),
        )
        if is_so
    ]
    if wrong:
        raise Failed("free times that can be had", "; ".join(wrong))
    if not found:
        trial.remarks.append(f"There is no free time in {DAYS} days, so none can be booked.")
    return f"{len(found)} free times"


def offered(trial: Trial) -> list[Event]:
    """The free times of the days to come."""
    today = datetime.now(UTC).date()
    asked = {"start": today, "end": today + timedelta(days=DAYS)}
    answer = trial.asks(Process.BOOKING, "HentLedigeTimer", **asked)
    return list(answer.calendar.events) if answer.calendar else []


def _begins(one: Event) -> datetime:
    return one.start if isinstance(one.start, datetime) else datetime.max.replace(tzinfo=UTC)


def _lasts(one: Event) -> bool:
    both = isinstance(one.start, datetime) and isinstance(one.end, datetime)
    return both and one.start < one.end


SCENARIOS = (
    Scenario(
        key="test",
        title="Communication test",
        expects="An answer on the reply queue within 15 s.",
        play=test,
        uses=((Process.TEST, "Foresporsel"),),
    ),
    Scenario(
        key="tests-at-once",
        title=f"{AT_ONCE} communication tests at once",
        expects="Each gets its own answer, with the correlation-id and MsgId of its question.",
        play=tests_at_once,
        uses=((Process.TEST, "Foresporsel"),),
    ),
    Scenario(
        key="practitioners",
        title="Who works there",
        expects="The practitioners with their HER-ids, within 15 s.",
        play=practitioners,
        uses=((Process.PRACTITIONERS, "Hent"),),
    ),
    Scenario(
        key="free-times",
        title="Free times",
        expects="Times ahead, each with a uid, a start, an end and a HER-id, within 15 s.",
        play=free_times,
        uses=((Process.BOOKING, "HentLedigeTimer"),),
    ),
)
