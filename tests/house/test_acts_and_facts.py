"""Every action has its actor, its sentence, its tests and its fact; facts carry no words."""

import inspect
import re
from dataclasses import fields
from datetime import date, datetime
from inspect import unwrap
from types import NoneType, UnionType
from typing import get_args, get_type_hints
from uuid import UUID

from dialog.actor import Actor
from dialog.ledger.events import SHARED
from dialog.ledger.subscribers import listeners
from dialog.oversight.policy import LOOKS
from tests.house import the_house

ACTIONS = {f"{one.__module__}.{one.__name__}": one for one in the_house.actions()}
EVENTS = {one.__name__: one for one in the_house.events()}
PLAIN = {int, bool, UUID, date, datetime, str}

# Known by what a person would call it rather than by the function's name.
TESTED_AS = {
    "dialog.appointments.actions.instead.point_to_econsultation": (
        "tests/appointments/test_instead.py"
    ),
    "dialog.ledger.actions.park": "tests/interop/test_receipts.py",
    "dialog.ledger.actions.owe_again": "tests/interop/test_to_a_record_system.py",
    "dialog.ledger.actions.serve": "tests/ledger/test_by_choice.py",
    "dialog.conversations.actions.arriving.note_arrival": "tests/conversations/test_arrivals.py",
    "dialog.people.actions.offices.choose_channel": "tests/people/test_channels.py",
    "dialog.ledger.actions.dismiss_delivery": "TestNeedsAttention",
    "dialog.ledger.actions.release_delivery": "TestNeedsAttention",
    "dialog.notifications.actions.tell": "TestWhoIsTold",
    "dialog.notifications.actions.settle": "TestTheGatewaysAnswer",
    "dialog.notifications.actions.remind": "TestReminder",
    "dialog.notifications.actions.take_receipt": "tests/notifications/test_receipts.py",
    "dialog.conversations.actions.services.open_list": "TestOpenServices",
}
# Changes nothing that a patient or an office could ask about.
WITHOUT_FACT = {
    "dialog.people.actions.accounts.register_account": "whoever asks for it says why: a member "
    "was added, or somebody let in",
    "dialog.conversations.actions.files.keep_file": "nobody has seen it yet; the message says so",
}
# Beside keys, an event may carry these words: each is one of a vocabulary of ours.
CODES = {
    "addition": "breaches.policy.Said",
    "answer": "people.policy.Answer",
    "as_side": "actor.Side",
    "charge_code": "a code of the tariff",
    "breach_kind": "breaches.policy.Kind",
    "channel": "people.policy.Channel",
    "code": "of list 8221, or a condition of the bus",
    "decision": "conversations.rights.Decision",
    "digest": "a checksum of a list of files",
    "duty": "actor.Duty",
    "given_as": "people.policy.GivenAs",
    "guardian_basis": "people.policy.GuardianBasis",
    "language": "people.policy.Language",
    "feature": "conversations.policy.Feature",
    "meeting": "appointments.policy.Meeting",
    "member_role": "actor.Role",
    "notification": "people.policy.NotificationKind",
    "case_number": "an authority's number of its case",
    "ordered_by": "ledger.orders.Authority",
    "ordered_for": "ledger.orders.OrderedFor",
    "outcome": "conversations.policy.Outcome",
    "owner_role": "actor.Role",
    "price_code": "a code of the tariff",
    "proxy_kind": "people.policy.ProxyKind",
    "purpose": "oversight.policy.Purpose",
    "reason": "conversations.policy.FollowUpReason, notifications.policy.Reason, "
    "people.policy.Stop",
    "risk": "breaches.policy.Risk",
    "service": "conversations.policy.Kind",
    "side": "actor.Side",
    "source": "renewals.policy.Source",
    "state": "ledger.models.DeliveryState, notifications.policy.AttemptState, interop.policy.State",
    "status": "renewals.policy.ItemStatus",
    "subscriber": "a name in ledger.subscribers",
    "template_kind": "econsultations.policy.TemplateKind",
    "told_how": "breaches.policy.Told",
    "to_service": "conversations.policy.Kind",
    "why": "conversations.rights.Why",
    "verdict": "oversight.policy.Verdict",
    "wish": "conversations.rights.Wish",
    "what": "appointments.policy: which part of a timebook",
}


def test_there_is_something_to_test():
    assert len(ACTIONS) > 80
    assert len(EVENTS) > 50


def test_an_action_is_asked_for_by_somebody_and_by_name():
    assert [name for name, act in ACTIONS.items() if not _asked_for_by_somebody(act)] == []


def _asked_for_by_somebody(act):
    parameters = inspect.signature(unwrap(act)).parameters
    by = parameters.get("by")
    by_name = all(one.kind is one.KEYWORD_ONLY for one in parameters.values())
    platform = by is not None and by.default is not inspect.Parameter.empty
    first = platform or next(iter(parameters)) == "by"
    return by_name and first and by is not None and by.annotation is Actor


def test_an_action_says_in_a_sentence_what_it_is():
    assert [name for name, act in ACTIONS.items() if not _has_a_sentence(act)] == []


def test_an_event_says_in_a_sentence_what_happened():
    assert [name for name, event in EVENTS.items() if not _has_a_sentence(event)] == []


def _has_a_sentence(thing):
    said = thing.__doc__ or ""
    return re.match(r"[A-ZÅÆØ].*\.\s*$", said, re.DOTALL) is not None


def test_an_action_has_a_class_of_tests_or_a_file_of_them():
    known = the_house.classes_of_tests() | {name for name, _text in the_house.texts(".py")}

    assert [name for name in ACTIONS if _tests_of(name) not in known] == []


def _tests_of(name):
    words = name.rsplit(".", 1)[1].split("_")
    return TESTED_AS.get(name, "Test" + "".join(word.title() for word in words))


def test_an_action_records_what_happened_or_leaves_it_to_one_that_does():
    silent = {name for name, act in ACTIONS.items() if not _records(act)}

    assert silent == WITHOUT_FACT.keys()


def _records(act):
    source = inspect.getsource(unwrap(act))
    leaves_it_to_another = re.search(r"\b\w+\(\s*by(=by)?,", source)
    return "record(" in source or leaves_it_to_another is not None


def test_somebody_hears_of_an_event_or_it_says_that_nobody_need():
    wrong = [name for name, one in EVENTS.items() if bool(listeners(name)) is one.silent]

    assert wrong == []


def test_an_event_carries_keys_and_codes_and_no_text():
    carried = {
        (name, field.name): _kinds(get_type_hints(event)[field.name])
        for name, event in EVENTS.items()
        for field in fields(event)
        if field.name not in SHARED
    }

    assert {one for one, kinds in carried.items() if not kinds <= PLAIN} == set()
    assert {field for (_event, field), kinds in carried.items() if str in kinds} == CODES.keys()


def _kinds(hint):
    return set(get_args(hint)) - {NoneType} if isinstance(hint, UnionType) else {hint}


def test_a_look_carries_why_it_was_taken_and_the_log_knows_which_are_looks():
    assert {name for name, event in EVENTS.items() if event.look} == LOOKS
