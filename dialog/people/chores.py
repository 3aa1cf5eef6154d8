"""What is done without anybody asking: ask the registers again, and shut the timebooks of those who
have left.
"""

import logging
from collections import defaultdict

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from dialog import rows
from dialog.actor import PLATFORM
from dialog.errors import PortError
from dialog.ledger.rounds import Round
from dialog.people.actions import (
    ask_gp_register,
    ask_personnel,
    follow_gp_register,
    hear_contact,
    note_professional,
    shut_timebook,
)
from dialog.people.contact_register import MOST_AT_ONCE, contact_connected
from dialog.people.gp_register import gp_connected
from dialog.people.models import (
    Membership,
    Patient,
    PatientList,
    Professional,
    RegisteredContact,
)
from dialog.people.personnel_register import personnel_connected
from dialog.people.policy import NEEDED
from dialog.people.queries import due_here, of_those_who_left, today

log = logging.getLogger(__name__)
AT_A_TIME = 50
PERSONNEL = Round(most=AT_A_TIME)
LISTS: defaultdict[int, Round] = defaultdict(lambda: Round(most=AT_A_TIME))
CONTACT = Round(most=MOST_AT_ONCE)


def shut_timebooks() -> None:
    """Close the timebooks of those whose last day at an office is over."""
    with rows.seeing(scope="door"):
        left = of_those_who_left().filter(active=True).values_list("practice_id", "id")
        found = list(left[:AT_A_TIME])
    for practice_id, practitioner_id in found:
        with rows.seeing(practice=practice_id):
            shut_timebook(by=PLATFORM, practice_id=practice_id, practitioner_id=practitioner_id)


def ask_about_personnel() -> None:
    """Ask the health-personnel register about those who work here, where its answer has aged."""
    if not personnel_connected():
        return
    aged = timezone.now() - settings.PERSONNEL_TO_ASK
    with rows.seeing(scope="door"):
        fresh = Professional.objects.filter(heard_at__gt=aged).values("account_id")
        due = Membership.objects.filter(
            ~Q(account_id__in=fresh), role__in=list(NEEDED), period__contains=today()
        )
        found = PERSONNEL.part(due, "account_id")
    for (account_id,) in found:
        try:
            note_professional(by=PLATFORM, account_id=account_id, heard=ask_personnel(account_id))
        except PortError:
            # Nothing changes but the age of what is known; the rest are asked in a minute.
            log.warning("the health-personnel register does not answer")
            return


def ask_about_lists() -> None:
    """Ask the GP register about those on a list it has a number for, where its answer has aged."""
    if not gp_connected():
        return
    with rows.seeing(scope="door"):
        numbered = PatientList.objects.filter(active=True).exclude(register_number="")
        practices = sorted(set(numbered.values_list("practice_id", flat=True)))
    for practice_id in practices:
        with rows.seeing(practice=practice_id, scope="door"):
            due = due_here(practice_id, older_than=settings.GP_TO_ASK)
            found = LISTS[practice_id].part(due, "patient_id", "patient__identity_number")
        for patient_id, number in found:
            try:
                heard = ask_gp_register(number)
            except PortError:
                log.warning("the GP register does not answer")
                return
            follow_gp_register(by=PLATFORM, patient_id=patient_id, heard=heard)


def ask_about_contact() -> None:
    """Ask the contact register about everybody here, many at once, where its answer has aged; so
    that it is known before somebody writes to them (R8).
    """
    if not contact_connected():
        return
    at_most = settings.CONTACT_REGISTER.to_tell
    for _part in range(AT_A_TIME):
        with rows.seeing(scope="door"):
            fresh = RegisteredContact.objects.filter(heard_at__gt=timezone.now() - at_most)
            due = Patient.objects.filter(~Q(id__in=fresh.values("patient_id")))
            found = [patient_id for (patient_id,) in CONTACT.part(due, "id")]
        try:
            hear_contact(found, at_most=at_most)
        except PortError:
            log.warning("the contact register does not answer")
            return
        if len(found) < MOST_AT_ONCE:
            return
