"""What is wrong is refused by a receipt or on the error queue, each with its own code."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from uuid import uuid4

from certify import checks, forged
from certify.letters import WORDS
from certify.scenario import Failed, Play, Scenario
from certify.terms import Sent
from certify.trial import Trial, ourselves, renamed
from dialog.interop.addressing import pair_for_sending
from dialog.interop.building import party
from dialog.interop.conditions import Condition
from dialog.interop.messages import Code, Message, Person
from dialog.interop.messages.people import national
from dialog.interop.names import Process
from dialog.interop.profiles import Profile
from dialog.interop.writing import write
from dialog.people.identity_number import synthetic

NOBODY = "999999999"  # a HER-id that is neither of us
UNKNOWN = "DIALOG_INNBYGGER_KOORDINATOR"  # a message type that is no process of an office
BORN = date(1901, 1, 1)  # of the stranger
Change = Callable[[Trial, Message], tuple[Message, bytes]]
_CERTIFICATE = (
    Condition.UNVERIFIED_CERTIFICATE,
    Condition.INVALID_CERTIFICATE,
    Condition.MISSING_CERTIFICATE,
)


def refused(change: Change, *, codes: Sequence[str] = (), on_the_bus: Sequence[str] = ()) -> Play:
    """A wrong message is refused with one of these: codes of a receipt, or errors of the bus."""

    def play(trial: Trial) -> str:
        good = trial.composed(Process.ENQUIRY, "Foresporsel", text=WORDS[Process.ENQUIRY])
        message, xml = change(trial, good)
        sent = trial.sends(message, xml, kind=message.header.type.value)
        return _refusal(trial, sent, codes, on_the_bus)

    return play


def unopened(body: Callable[[bytes, Profile], bytes], *on_the_bus: str) -> Play:
    """Bytes that cannot be opened or believed."""

    def play(trial: Trial) -> str:
        message = trial.composed(Process.ENQUIRY, "Foresporsel", text=WORDS[Process.ENQUIRY])
        post, own = trial.portal.post, trial.portal.her_id
        theirs, _ours, _id = pair_for_sending(post.registry, receiver=trial.vendor.her_id, own=own)
        sent = trial.sends(message, body=body(write(message), theirs))
        return _refusal(trial, sent, (), on_the_bus)

    return play


def _refusal(trial: Trial, sent: Sent, codes: Sequence[str], on_the_bus: Sequence[str]) -> str:
    expected = f"{checks.either([*codes, *on_the_bus])} within {trial.patience.receipt:g} s"
    found = trial.wait_for_either(sent)
    if found is None:
        complaint = trial.complained_of(sent)
        if not complaint:
            raise Failed(expected, trial.nothing(), sent)
        if not any(complaint.startswith(f"{one} ") for one in on_the_bus):
            raise Failed(expected, complaint, sent)
        return complaint
    said = {one.value for one in found.errors}
    if found.taken or not said & set(codes):
        raise Failed(expected, checks.verdict(trial, found), sent)
    return checks.verdict(trial, found)


def _not_xml(_trial: Trial, message: Message) -> tuple[Message, bytes]:
    return message, b"Dette er ikke XML"


def _cut(_trial: Trial, message: Message) -> tuple[Message, bytes]:
    return message, write(message)[:-200]


def _bomb(_trial: Trial, message: Message) -> tuple[Message, bytes]:
    head, _mark, rest = write(message).partition(b"?>")
    declared = b'<!DOCTYPE MsgHead [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>'
    return message, head + b"?>" + declared + rest


def _against_the_schema(_trial: Trial, message: Message) -> tuple[Message, bytes]:
    return message, write(message).replace(b"TypeForesp", b"TypeForespoersel")


def _unknown_type(_trial: Trial, message: Message) -> tuple[Message, bytes]:
    made = renamed(message, type=Code(value=UNKNOWN))
    return made, write(made)


def _no_uuid(_trial: Trial, message: Message) -> tuple[Message, bytes]:
    made = renamed(message, id=f"nummer-{uuid4().hex[:8]}")
    return made, write(made)


def _stranger(trial: Trial, message: Message) -> tuple[Message, bytes]:
    listed = {one.number for one in trial.patients}
    number = next(n for n in (synthetic(BORN, at) for at in range(9)) if n not in listed)
    person = Person(given="Ukjent", family="Prøve", identities=(national(number),))
    made = renamed(message, patient=person)
    return made, write(made)


def _wrong_number(trial: Trial, message: Message) -> tuple[Message, bytes]:
    number = trial.patient.national_id
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    made = renamed(message, patient=replace(trial.patient, identities=(national(wrong),)))
    return made, write(made)


def _wrong_receiver(_trial: Trial, message: Message) -> tuple[Message, bytes]:
    made = renamed(message, receiver=party("Et annet sted", NOBODY, "Et annet sted", NOBODY))
    return made, write(made)


def _wrong_sender(_trial: Trial, message: Message) -> tuple[Message, bytes]:
    made = renamed(message, sender=ourselves("En annen", int(NOBODY), int(NOBODY)))
    return made, write(made)


def _plain(xml: bytes, _theirs: Profile) -> bytes:
    return xml


def _scenario(key: str, title: str, expects: str, play: Play) -> Scenario:
    uses = ((Process.ENQUIRY, "Foresporsel"),)
    return Scenario(key=key, title=title, expects=expects, play=play, uses=uses)


_FORMAT, _FIELD = Condition.NOT_WELL_FORMED, Condition.INVALID_FIELD_VALUE
_UNSUPPORTED, _SPOOFING = Condition.UNSUPPORTED_MESSAGE, Condition.SPOOFING
_ROWS: Sequence[tuple[str, str, Change, Sequence[str], Sequence[str]]] = (
    ("not-xml", "What is not XML", _not_xml, (), (_FORMAT,)),
    ("cut-off", "A message that was cut off", _cut, (), (_FORMAT,)),
    ("doctype", "A message with a DOCTYPE and entities", _bomb, (), (_FORMAT,)),
    ("schema", "A message against its schema", _against_the_schema, ("T02",), ()),
    ("unknown-process", "A message type nobody knows", _unknown_type, ("T10",), (_UNSUPPORTED,)),
    ("no-uuid", "A MsgId that is no UUID", _no_uuid, ("E10",), ()),
    ("unknown-patient", "A patient the office does not have", _stranger, ("E35", "E54", "E53"), ()),
    ("wrong-number", "An identity number that cannot be", _wrong_number, ("E31", "E53"), ()),
    ("wrong-receiver", "Written to another inside", _wrong_receiver, ("E20", "E21"), (_FIELD,)),
    ("spoofing", "Written by another inside", _wrong_sender, (), (_SPOOFING,)),
)
SCENARIOS = (
    *(
        _scenario(
            key,
            title,
            f"Refused with {checks.either([*codes, *bus])}.",
            refused(change, codes=codes, on_the_bus=bus),
        )
        for key, title, change, codes, bus in _ROWS
    ),
    _scenario(
        "not-encrypted",
        "A body that is not encrypted",
        f"Refused with {_UNSUPPORTED}.",
        unopened(_plain, _UNSUPPORTED),
    ),
    _scenario(
        "unsigned",
        "Encrypted, and not signed",
        f"Refused with {checks.either([*_CERTIFICATE, _UNSUPPORTED])}.",
        unopened(forged.unsigned, *_CERTIFICATE, _UNSUPPORTED),
    ),
    _scenario(
        "signed-by-another",
        "Signed by somebody else",
        f"Refused with {checks.either([*_CERTIFICATE, _SPOOFING])}.",
        unopened(forged.by_a_stranger, *_CERTIFICATE, _SPOOFING),
    ),
)
