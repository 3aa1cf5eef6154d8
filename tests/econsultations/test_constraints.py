"""Each constraint broken on purpose, by name."""

from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from dialog import rows
from dialog.demo.cast import Cast
from dialog.econsultations.models import CareCard, EConsultation, Template
from dialog.errors import broken_constraint
from dialog.people import queries as registers
from tests.econsultations.asked import asked

NOW = timezone.now()
BROKEN: dict[str, dict[str, Any]] = {
    "econsultation_status_known": {
        "status": "lost",
        "ended_at": NOW,
        "ended_by_id": 1,
        "charge": 0,
    },
    "econsultation_charge_accepted": {"accepted_by_id": None},
    "econsultation_begun_by_and_at": {"begun_at": NOW},
    "econsultation_ended_by_and_at": {"ended_at": NOW, "ended_by_id": 1},
    "econsultation_completed_by_one_responsible": {
        "status": "completed",
        "ended_at": NOW,
        "ended_by_id": 1,
        "charge": 0,
    },
    "econsultation_charged_when_completed": {
        "status": "declined",
        "ended_at": NOW,
        "ended_by_id": 1,
        "charge": 10,
    },
    "econsultation_charge_within_accepted": {
        "status": "completed",
        "begun_at": NOW,
        "begun_by_id": 1,
        "ended_at": NOW,
        "ended_by_id": 1,
        "charge": 100_000,
    },
    "econsultation_journaled_by_and_at": {"journaled_at": NOW},
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_must_not_be_cannot_be(cast: Cast, name: str) -> None:
    conversation = asked(cast.kari)

    with pytest.raises(IntegrityError) as refused, rows.seeing(patient=cast.kari.patient_id):
        EConsultation.objects.filter(conversation_id=conversation.id).update(**BROKEN[name])

    assert broken_constraint(refused.value) == name


def test_a_follow_up_on_a_card_has_an_owner(cast: Cast) -> None:
    conversation = asked(cast.kari)

    with pytest.raises(IntegrityError) as refused, rows.seeing(patient=cast.kari.patient_id):
        CareCard.objects.create(
            econsultation_id=conversation.id, follow_up_on=registers.today(), what_we_think="x"
        )

    assert broken_constraint(refused.value) == "care_card_follow_up_on_and_owner"


def test_a_template_has_a_known_place(cast: Cast) -> None:
    practice = cast.lund.practice_id or 0

    with pytest.raises(IntegrityError) as refused, rows.seeing(practice=practice):
        Template.objects.create(practice_id=practice, kind="poem", title="x", text="x")

    assert broken_constraint(refused.value) == "template_kind_known"
