"""The office of real size: written in bulk, and no different from what the actions would write."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
import time_machine
from django.apps import apps
from django.db import connection, transaction

from dialog import rows
from dialog.actor import PLATFORM, Role
from dialog.adapters import database_roles as roles
from dialog.appointments.actions import publish_slots
from dialog.appointments.actions.publishing import Published
from dialog.conversations.policy import Status
from dialog.demo.population.making import Plan, Population
from dialog.demo.population.steps import Act
from dialog.people import queries as people
from tests import memory
from tests.database import connected_to, drop
from tests.demo.replay import Replay, some_of_each

SMALL = Plan(patients=60, practitioners=1)
NOW = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
COMPARED = {
    "conversations.Conversation": "id",
    "conversations.Message": "conversation_id",
    "conversations.ReadMark": "conversation_id",
    "conversations.FollowUp": "conversation_id",
    "appointments.Appointment": "conversation_id",
    "renewals.Renewal": "conversation_id",
    "renewals.RenewalItem": "conversation_id",
    "econsultations.EConsultation": "conversation_id",
    "econsultations.CareCard": "econsultation_id",
    "ledger.Entry": "conversation_id",
}
IN_ORDER = {
    "conversations.Message": ("sent_at", "author_id"),
    "conversations.ReadMark": ("account_id",),
    "renewals.RenewalItem": ("place",),
}


@pytest.fixture(scope="module")
def office(server, empty_database, django_db_setup, django_db_blocker):
    """A database with an office and its patients, to which nothing has happened yet."""
    name = f"office_{connection.settings_dict['NAME']}"
    with django_db_blocker.unblock():
        drop(server, name)
        memory.copy(server, name, empty_database)
        with connected_to(name, roles.OWNER):
            with transaction.atomic():
                there = Population(SMALL, NOW)
                with rows.seeing(practice=there.office.practice_id, scope="setup"):
                    there.rows.write()
            yield there
        drop(server, name)


def as_role(role):
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")


def rows_of(conversation_id):
    """Everything there is of a conversation, with keys told by their place and not their value."""
    found, places = {}, {}
    for label, column in COMPARED.items():
        model = apps.get_model(label)
        there = model.objects.filter(**{column: conversation_id})
        lines = list(there.order_by(*IN_ORDER.get(label, ("pk",))).values())
        for place, one in enumerate(lines):
            if isinstance(one.get("id"), UUID):
                places.setdefault(str(one["id"]), f"{label} {place}")
            elif "id" in one:
                one.pop("id")
        found[label] = lines
    return {label: [told(one, places) for one in lines] for label, lines in found.items()}


def told(line, places):
    if isinstance(line, dict):
        return {name: told(value, places) for name, value in line.items()}
    return places.get(str(line), line)


def test_the_bulk_writer_writes_what_the_actions_write(office):
    stories = dict(office.live())
    sample = some_of_each(stories)
    with transaction.atomic():
        as_role(roles.WEB)
        played = [Replay(one).play() for one in sample]
        as_role("postgres")
        acted = [rows_of(one) for one in played]
        transaction.set_rollback(True)
    with transaction.atomic():
        with rows.seeing(practice=office.office.practice_id, scope="setup"):
            office.rows.write()
        as_role("postgres")
        written = [rows_of(stories[one]) for one in sample]
        transaction.set_rollback(True)

    assert {act for story in sample for act in (step.act for step in story.steps)} == set(Act)
    assert all(any(one[label] for one in acted) for label in COMPARED)
    for story, by_actions, in_bulk in zip(sample, acted, written, strict=True):
        course = [f"{step.act} {step.at:%F %T}" for step in story.steps]
        assert in_bulk == by_actions, course


def test_everybody_in_it_may_do_what_they_did(office):
    doctor, patient = office.office.doctors[0].actor, office.patients[0].actor
    nurse = office.office.nurses[0].actor
    child = next(one.actor for one in office.patients if one.actor.role is Role.PROXY)

    with transaction.atomic():
        as_role(roles.WEB)
        for one in (doctor, nurse, office.office.staff[0]):
            with rows.seeing(account=one.account_id):
                assert people.practice_actor(one.account) == one
        with rows.seeing(account=patient.account_id):
            assert people.patient_actor(patient.account) == patient
        with rows.seeing(account=child.account_id):
            their = {one.id: one.uuid for one in people.represented_by(child.account)}
            found = people.patient_actor(child.account, acting_for=their[child.patient])
    assert found == child


def test_the_times_are_those_the_timebooks_say(office):
    books = [*(one.timebook for one in office.office.doctors), *office.office.shared]

    with transaction.atomic(), time_machine.travel(NOW, tick=False):
        as_role(roles.WEB)
        with rows.seeing(practice=office.office.practice_id):
            came_and_went = [
                publish_slots(by=PLATFORM, practitioner=one.whose.practitioner) for one in books
            ]
        transaction.set_rollback(True)

    assert came_and_went == [Published(added=0, withdrawn=0)] * len(books)


def test_as_many_wait_as_the_plan_says(office):
    full = Population(Plan(patients=30, practitioners=1, inbox=90), NOW)

    for _story, _conversation in full.live():
        pass

    statuses = [one["status"] for one in full.rows.unwritten("conversations.Conversation")]
    assert statuses.count(Status.WITH_PRACTICE) == 90
