"""Who comes to the doors: each kind of actor, with a browser of their own."""

from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.test import Client

from dialog import rows
from dialog.actor import Actor, Area, Role
from dialog.demo.cast import Cast
from dialog.people import actions as people
from dialog.people import queries
from dialog.people.identity_number import synthetic
from tests.authorisation.own import Things, own_things
from tests.doors import signed_in
from tests.people.at_work import put
from tests.people.on_lists import list_of, mother_of, uuid_of, young_patient

A_DAY = timedelta(days=1)
# In what each acts who does not act in everything: all are doors to something and not to the rest.
GUARDIANS = frozenset({Area.RENEWAL, Area.ECONSULTATION})
PARENTS_OF_OLDER_CHILDREN = frozenset({Area.APPOINTMENT, Area.ENQUIRY})


class Young(NamedTuple):
    """Two at Storgata who are under sixteen and sign in by themselves, Kari's children: ``alone``
    without a parent's yes to that any more.
    """

    let_in: Actor
    alone: Actor


def the_young(cast: Cast) -> Young:
    """Fourteen and fifteen years old."""
    return Young(young_patient(cast, years=14), young_patient(cast, years=15))


def what_is_theirs(cast: Cast, young: Young) -> dict[str, Things]:
    """By the actor: the things of the patient it is about, where these are not Kari's."""
    of_youth = own_things(cast, young.let_in)
    own = {
        "for_child": own_things(cast, cast.kari_for_ola),
        "for_youth": of_youth,
        "youth": of_youth,
        "youth_alone": own_things(cast, young.alone),
    }
    people.choose_own_access(by=mother_of(cast, young.alone), consented=False)
    return own


def everybody(cast: Cast, young: Young) -> dict[str, Client]:
    """Each kind of actor, by the name of their column in the matrix; Siri is Kari's guardian when
    she is not at work, and Dr Lund's list has a substitute and one whose days are over.
    """
    kari, ola = uuid_of(cast.kari), uuid_of(cast.kari_for_ola)
    substitute, substitute_over = _substitutes(cast)
    return {
        "signed_out": Client(),
        "self": signed_in(cast.kari),
        "mandate_all": acting(cast.per, kari),
        "mandate_times": acting(cast.anne, kari),
        "mandate_none": acting(cast.bjarne, kari),
        "guardian": acting(cast.siri, kari),
        "for_child": acting(cast.kari, ola),
        "for_youth": acting(cast.kari, uuid_of(young.let_in)),
        "youth": signed_in(young.let_in),
        "youth_alone": signed_in(young.alone),
        "same_list": signed_in(cast.per),
        "stranger": signed_in(cast.bjarne),
        "doctor": signed_in(cast.lund),
        "substitute": signed_in(substitute),
        "substitute_over": signed_in(substitute_over),
        "nurse": signed_in(cast.nina),
        "staff": signed_in(cast.siri),
        "other_office": signed_in(cast.berg),
        "not_employed": signed_in(cast.bjarne, side="practice"),
        "support": signed_in(cast.even),
    }


def acting(actor: Actor, patient: UUID) -> Client:
    """A browser in which this person has chosen to act for another."""
    return signed_in(actor, side="patient", acting_for=patient)


def _substitutes(cast: Cast) -> tuple[Actor, Actor]:
    """One who looks after Dr Lund's list this week, and one whose week was the last; who has left,
    with a session that was begun before.
    """
    today = queries.today()
    now = _substitute(cast, date(1979, 4, 5), last=today + 7 * A_DAY)
    over = _substitute(cast, date(1981, 2, 3), last=today + A_DAY)
    people.end_substitute(
        by=cast.lund, list_id=list_of(cast.lund), practitioner_id=over.practitioner_id or 0
    )
    put(cast.lund, over.account, today - 9 * A_DAY, today - A_DAY)
    return now, over


def _substitute(cast: Cast, born: date, *, last: date) -> Actor:
    account = people.add_colleague(
        by=cast.lund,
        identity_number=synthetic(born),
        name="Mona Lie",
        role=Role.PRACTITIONER,
        last=last,
    )
    with rows.seeing(account=account):
        one = queries.practice_actor(account)
    assert one is not None
    assert one.practitioner_id is not None
    people.appoint_substitute(
        by=cast.lund,
        list_id=list_of(cast.lund),
        practitioner_id=one.practitioner_id,
        since=queries.today() - 9 * A_DAY,
        until=last + A_DAY,
    )
    return one
