"""Each constraint of the room, broken on purpose and by name: the database says no by itself."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from dialog import rows
from dialog.errors import broken_constraint
from dialog.people.models import (
    Account,
    ClosingDay,
    Delegation,
    DigitalConsent,
    Explanation,
    GpAssignment,
    GpChange,
    Guardianship,
    ListMember,
    Membership,
    NotificationChoice,
    OwnAccess,
    Patient,
    PatientList,
    Practice,
    Practitioner,
    Proxy,
    RegisterAnswer,
)

DAY = date(2030, 1, 1)
ALWAYS = (date(2000, 1, 1), None)


def storgata():
    return Practice.objects.get(name="Storgata legesenter")


def lund():
    return Practitioner.objects.get(name="Ingrid Lund")


def lunds_list():
    return PatientList.objects.get(practitioner=lund())


def kari():
    return Patient.objects.get(given_name="Kari")


def again(model, **found):
    """One more row just like one that is there, with a key of its own."""
    one = model.objects.filter(**found).first()
    one.pk = None
    if hasattr(one, "uuid"):
        one.uuid = model._meta.get_field("uuid").get_default()
    one.save(force_insert=True)


def twice(model, **said):
    model.objects.create(**said)
    model.objects.create(**said)


def decided(**more):
    """Somebody acts for Kari by a doctor's decision."""
    anybody = Account.objects.first()
    said = {"basis": "guardian", "last": DAY, "explanation": ""}
    return Guardianship.objects.create(
        patient=kari(), account=anybody, practice=storgata(), decided_by=anybody, **{**said, **more}
    )


def wish(**more):
    said = {"patient": kari(), "patient_list": lunds_list(), "practice": storgata()}
    return GpChange.objects.create(**said | more)


def explained(**more):
    who = {"patient": kari(), "account": lund().account, "practice": storgata()}
    return Explanation.objects.create(**who | more)


BROKEN = {
    "account_language_known": lambda: Account.objects.update(language="xx"),
    "practice_channel_known": lambda: Practice.objects.update(channel="fax"),
    "closing_day_once": lambda: twice(ClosingDay, practice=storgata(), day=DAY),
    "practitioner_profession_known": lambda: Practitioner.objects.update(profession="smith"),
    "practitioner_once_at_a_practice": lambda: again(Practitioner, name="Ingrid Lund"),
    "membership_role_known": lambda: Membership.objects.update(role="patient"),
    "membership_one_role_at_a_time": lambda: again(Membership, role="staff"),
    "explanation_reason_known": lambda: explained(reason="curious"),
    "explanation_other_in_words": lambda: explained(reason="other"),
    "delegation_once": lambda: twice(
        Delegation, practice=storgata(), role="staff", duty="prepare-renewals"
    ),
    "delegation_duty_known": lambda: Delegation.objects.create(
        practice=storgata(), role="staff", duty="operate"
    ),
    "delegation_role_known": lambda: Delegation.objects.create(
        practice=storgata(), role="patient", duty="prepare-renewals"
    ),
    "list_one_for_each_doctor": lambda: again(PatientList, practitioner=lund()),
    "list_register_number_once": lambda: PatientList.objects.filter(practice=storgata()).update(
        register_number="1001"
    ),
    "list_member_once_at_a_time": lambda: twice(
        ListMember, patient_list=lunds_list(), practitioner=lund(), period=ALWAYS
    ),
    "patient_language_known": lambda: Patient.objects.update(language="xx"),
    "gp_assignment_one_at_a_time": lambda: again(GpAssignment, patient=kari()),
    "gp_change_answer_known": lambda: wish(
        answer="maybe", answered_at=timezone.now(), answered_by=Account.objects.first()
    ),
    "gp_change_answered_by_and_at": lambda: wish(answer="yes"),
    "gp_change_asked_once": lambda: (wish(), wish()),
    "proxy_kind_known": lambda: Proxy.objects.update(kind="friend"),
    "proxy_areas_known": lambda: Proxy.objects.update(areas=[]),
    "own_access_withdrawn_by_and_at": lambda: OwnAccess.objects.create(
        patient=kari(), given_by=Account.objects.first(), withdrawn_at=timezone.now()
    ),
    "own_access_given_once": lambda: twice(
        OwnAccess, patient=kari(), given_by=Account.objects.first()
    ),
    "digital_consent_given_as_known": lambda: DigitalConsent.objects.update(given_as="friend"),
    "digital_consent_language_known": lambda: DigitalConsent.objects.update(language="xx"),
    "digital_consent_ended_by_and_at": lambda: DigitalConsent.objects.update(
        ended_at=timezone.now()
    ),
    "digital_consent_given_once": lambda: again(DigitalConsent, patient=kari()),
    "guardianship_basis_known": lambda: decided(basis="friend"),
    "guardianship_ended_by_and_at": lambda: decided(ended_at=timezone.now()),
    "proxy_stop_known": lambda: Proxy.objects.update(stopped="friend"),
    "register_answer_once": lambda: twice(
        RegisterAnswer, register="contact", subject_hash=b"1", asked_at=timezone.now()
    ),
    "register_answer_register_known": lambda: RegisterAnswer.objects.create(
        register="phones", subject_hash=b"1", asked_at=timezone.now()
    ),
    "proxy_period_ordered": lambda: Proxy.objects.update(period=(DAY, DAY)),
    "proxy_once_at_a_time": lambda: again(Proxy),
    "notification_choice_once": lambda: twice(
        NotificationChoice, patient=kari(), kind="message", wanted=True
    ),
    "notification_choice_kind_known": lambda: NotificationChoice.objects.create(
        patient=kari(), kind="pigeon", wanted=True
    ),
}


def test_none_is_forgotten():
    models = apps.get_app_config("people").get_models()
    known = {one.name for model in models for one in model._meta.constraints}

    assert known == BROKEN.keys()


@pytest.mark.parametrize("name", BROKEN)
def test_it_holds(cast, as_role, name):
    wall_down = as_role("postgres")
    with wall_down, rows.seeing(), pytest.raises(IntegrityError) as refusal, transaction.atomic():
        BROKEN[name]()

    assert broken_constraint(refusal.value) == name
