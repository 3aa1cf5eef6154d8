"""Everything is done once for each MsgId, however often it comes."""

from certify.booking import first_free, given_back
from certify.letters import WORDS
from certify.scenario import Failed, Scenario
from certify.terms import Sent
from certify.trial import Trial
from dialog.interop.messages import Receipt
from dialog.interop.names import Process
from dialog.interop.writing import write

BEFORE, AFTER = "Prøvemelding: den første ordlyden.", "Prøvemelding: en helt annen ordlyd."


def twice(trial: Trial) -> str:
    """The same message twice: the same receipt twice."""
    first = trial.says(Process.ENQUIRY, "Foresporsel", text=WORDS[Process.ENQUIRY])
    before = trial.taken(first)
    again = trial.sends(first.message)
    after = trial.receipt(again, 2)
    if _verdict(before) != _verdict(after):
        raise Failed("the same receipt both times", "another verdict the second time", again)
    if before.id != after.id:
        trial.remarks.append("The second receipt has a MsgId of its own.")
    return "the same receipt both times"


def booked_twice(trial: Trial) -> str:
    """The same booking twice: one appointment, one answer."""
    free = first_free(trial)
    first = trial.says(Process.BOOKING, "ReserverAvtale", events=(free,))
    trial.taken(first)
    trial.answer(first, Process.BOOKING)
    with given_back(trial, first):
        again = trial.sends(first.message)
        trial.taken(again, 2)
        trial.waits_until_nothing_more_comes()
        _one_answer(trial, first)
    return "the same receipt both times, and one answer"


def another_body(trial: Trial) -> str:
    """Another message under the same MsgId: E10."""
    first = trial.says(Process.ENQUIRY, "Foresporsel", text=BEFORE)
    trial.taken(first)
    xml = write(first.message).replace(BEFORE.encode(), AFTER.encode())
    trial.rejected(trial.sends(first.message, xml), ("E10",), 2)
    return "a receipt that rejects the second with E10"


def _one_answer(trial: Trial, first: Sent) -> None:
    answers = trial.answers(first)
    if len(answers) > 1:
        uids = {one.calendar.events[0].uid for one in answers if one.calendar}
        came = f"{len(answers)} answers with different MsgIds"
        came += f" and {len(uids)} appointments" if len(uids) > 1 else ""
        raise Failed("one answer and one appointment: it was booked once", came, first)


def _verdict(one: Receipt) -> tuple[str, frozenset[str]]:
    return one.status.value, frozenset(error.value for error in one.errors)


SCENARIOS = (
    Scenario(
        key="twice",
        title="The same message twice",
        expects="The same receipt again, and nothing done twice.",
        play=twice,
        uses=((Process.ENQUIRY, "Foresporsel"),),
    ),
    Scenario(
        key="booked-twice",
        title="The same booking twice",
        expects="The same receipt again, one answer and one appointment.",
        play=booked_twice,
        uses=((Process.BOOKING, "HentLedigeTimer"), (Process.BOOKING, "ReserverAvtale")),
    ),
    Scenario(
        key="another-body",
        title="Another message under the same MsgId",
        expects="A receipt that rejects it with E10; the first one stands.",
        play=another_body,
        uses=((Process.ENQUIRY, "Foresporsel"),),
    ),
)
