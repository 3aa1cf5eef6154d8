"""What needs a person at the vendor: it is said what to press, and then waited for."""

import time
from collections.abc import Callable
from datetime import datetime

from certify import checks
from certify.scenario import Failed, Play, Scenario
from certify.trial import Trial
from dialog.interop.messages import Event, Message
from dialog.interop.names import BY_TYPE, Process
from dialog.interop.processes import state_of

WORD = "blåbærsyltetøy"
Fits = Callable[[Message], bool]
AVTALE = (Process.APPOINTMENTS, Process.BOOKING)


def answered(process: Process, verb: str, words: str) -> Play:
    """Somebody answers with a code that means ``verb`` in answers.toml."""

    def play(trial: Trial) -> str:
        sent = trial.says(process, "Foresporsel", text=words)
        trial.taken(sent)
        found = trial.answer(sent, process, person=True)
        kind = _kind(found)
        if trial.known.answers.get(process, {}).get(kind, "") != verb:
            raise Failed(
                f"an answer whose code means «{verb}»", f"TemaKodet {checks.said(kind)}", sent
            )
        return f"a proper answer, TemaKodet {checks.said(kind)}"

    return play


def letters_come_back(trial: Trial) -> str:
    """The answer has the very word, with its letters."""
    text = f"Prøvemelding: svar med ordet {WORD}"
    sent = trial.says(Process.ECONSULTATION, "Foresporsel", text=text)
    trial.taken(sent)
    found = trial.answer(sent, Process.ECONSULTATION, person=True)
    said = found.note or found.question
    if not (said and said.text and WORD in said.text.plain.casefold()):
        raise Failed(f"an answer with the word {WORD}", "an answer without it", sent)
    return "an answer with the word"


def asked_back(trial: Trial) -> str:
    """The office asks, the patient answers, the office answers: one conversation."""
    process = Process.ECONSULTATION
    first = trial.says(process, "Foresporsel", text="Prøvemelding: spør meg om noe først.")
    trial.taken(first)
    asked = trial.answer(first, process, person=True)
    if asked.question is None:
        raise Failed("a question (Foresporsel)", "an answer (Notat)", first)
    more = trial.says(process, "Svar", answers=asked, text="Prøvemelding: svar nå.")
    trial.taken(more)
    trial.answer(more, process, person=True)
    return "a question, and then a proper answer to what the patient said"


def time_given(trial: Trial) -> str:
    """A wish gets a time."""
    sent = trial.says(Process.WISH, "OnskeReserver", text="Prøvemelding: gi meg en time.")
    trial.taken(sent)
    found = trial.answer(sent, Process.WISH, person=True)
    events = found.calendar.events if found.calendar else ()
    if not events or not _lasts(events[0]):
        raise Failed("an answer with a time", "an answer without one", sent)
    return f"a time, {state_of(events[0], trial.known) or 'with no state'}"


def calendar_told(trial: Trial) -> str:
    """An appointment made, moved and cancelled: one message each, under one uid."""
    who = f"{trial.patient.given} {trial.patient.family}"
    made = _change(trial, f"Give {who} an appointment in the calendar.", lambda _one: True)
    event = _one(made)
    trial.remarks += _state_remark(trial, event, "booked")
    moved = _change(
        trial,
        "Move that appointment to another time.",
        lambda one: _is(one, event) and _one(one).start != event.start,
    )
    gone = _change(
        trial,
        "Cancel that appointment.",
        lambda one: _is(one, event) and _one(one).start == _one(moved).start,
    )
    if state_of(_one(gone), trial.known) != "cancelled":
        came = state_of(_one(gone), trial.known) or "no state"
        raise Failed("the same appointment, cancelled", came)
    return "three messages about one uid"


def written_first(trial: Trial) -> str:
    """The office writes first."""
    begun = time.monotonic()
    trial.tell(f"Write to {trial.patient.given} {trial.patient.family}, who has not asked.")
    process = Process.ECONSULTATION, Process.ENQUIRY
    found = trial.comes(
        lambda one: (
            BY_TYPE.get(one.header.type.value) in process
            and not one.header.parent
            and trial.is_about_the_patient(one)
        ),
        "a message that begins a conversation",
        begun,
    )
    checks.news(trial, found, BY_TYPE[found.header.type.value])
    return "a proper message"


def tested(trial: Trial) -> str:
    """The office tests us."""
    begun = time.monotonic()
    trial.tell(f"Send the communication test to HER-id {trial.portal.her_id}.")
    found = trial.comes(
        lambda one: one.header.type.value == Process.TEST.upper(), "a communication test", begun
    )
    if found.note is not None:
        raise Failed("a question", "an answer")
    return "a communication test, which was answered"


def _change(trial: Trial, what: str, fits: Fits) -> Message:
    begun = time.monotonic()
    trial.tell(what)

    def is_it(one: Message) -> bool:
        told = BY_TYPE.get(one.header.type.value) in AVTALE and trial.is_about_the_patient(one)
        return told and bool(one.calendar and one.calendar.events) and fits(one)

    found = trial.comes(is_it, "an Avtale", begun)
    checks.news(trial, found, BY_TYPE[found.header.type.value])
    return found


def _one(message: Message) -> Event:
    assert message.calendar is not None  # noqa: S101 - _change sees to it
    return message.calendar.events[0]


def _is(message: Message, event: Event) -> bool:
    return _one(message).uid.casefold() == event.uid.casefold()


def _state_remark(trial: Trial, event: Event, wanted: str) -> list[str]:
    said = state_of(event, trial.known)
    return [] if said == wanted else [f"The appointment's state is {said or 'not said'}."]


def _lasts(event: Event) -> bool:
    return isinstance(event.start, datetime) and isinstance(event.end, datetime)


def _kind(message: Message) -> str:
    said = message.note or message.question
    return said.kind.value if said else ""


_E, _K, _R = Process.ECONSULTATION, Process.ENQUIRY, Process.RENEWAL
SCENARIOS = (
    Scenario(
        key="answer-letters",
        title="An e-consultation is answered with a word of Norwegian letters",
        expects=f"An answer in the same conversation with the word {WORD}.",
        play=letters_come_back,
        uses=((_E, "Foresporsel"),),
        person=f"Open the new e-consultation and answer it with the word {WORD}.",
    ),
    Scenario(
        key="answer-ask",
        title="An e-consultation is answered with a question first",
        expects="A Foresporsel in the same conversation; when the patient has answered, a Svar.",
        play=asked_back,
        uses=((_E, "Foresporsel"), (_E, "Svar")),
        person="Open the new e-consultation and ask the patient something. "
        "When the patient's answer comes, answer that.",
    ),
    Scenario(
        key="answer-close",
        title="An enquiry is answered and closed",
        expects="A Svar whose code means that it is closed.",
        play=answered(_K, "close", "Prøvemelding: svar på denne og avslutt den."),
        uses=((_K, "Foresporsel"),),
        person="Open the new enquiry, answer it and close it.",
    ),
    Scenario(
        key="answer-renew",
        title="A prescription is renewed",
        expects="A Svar whose code means that it is renewed.",
        play=answered(_R, "renew", "Prøvemelding: Metoprolol 50 mg, forny denne."),
        uses=((_R, "Foresporsel"),),
        person="Open the new prescription request and renew it.",
    ),
    Scenario(
        key="answer-wish",
        title="A wish gets a time",
        expects="A SvarOnske with a time.",
        play=time_given,
        uses=((Process.WISH, "OnskeReserver"),),
        person="Open the new wish for a time and give the patient a time.",
    ),
    Scenario(
        key="calendar",
        title="The calendar changes",
        expects="One Avtale for each change, always under the appointment's own uid.",
        play=calendar_told,
        sends=tuple((process, "Avtale") for process in AVTALE),
        person="Three things, one after the other: make, move and cancel an appointment.",
    ),
    Scenario(
        key="write-first",
        title="The office writes first",
        expects="A message that begins a conversation.",
        play=written_first,
        sends=((_E, "Foresporsel"), (_K, "Foresporsel")),
        person="Write to a patient.",
    ),
    Scenario(
        key="test-us",
        title="The office tests the portal",
        expects="A communication test on our synchronous queue.",
        play=tested,
        sends=((Process.TEST, "Foresporsel"),),
        person="Send a communication test.",
    ),
)
