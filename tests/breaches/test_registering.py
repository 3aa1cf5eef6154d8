"""Writing down what went wrong, by hand and by itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from dialog import rows
from dialog.actor import PLATFORM
from dialog.breaches import actions
from dialog.breaches.models import Breach
from dialog.breaches.policy import Kind, Status, next_reminder
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Kind as Service
from dialog.conversations.queries import Mistake
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotAllowed, NotFound
from tests.breaches.scene import WHAT, an_hour_ago, registered, row, view
from tests.conversations.rights import AsRole, pay, seen
from tests.people.on_lists import enquiry, kinds, uuid_of


def written(cast: Cast, **more: object) -> Any:
    """Siri wrote to Kari what Per was to have."""
    return conversations.start(
        by=cast.siri,
        kind=Service.ENQUIRY,
        patient_id=cast.kari.patient,
        text="Prøven din er fin.",
        **more,  # type: ignore[arg-type]
    )


def drafts(cast: Cast) -> list[Breach]:
    with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
        return list(Breach.objects.all())


class TestRegister:
    def test_the_clock_runs_from_when_it_was_discovered(self, cast: Cast) -> None:
        aware_at = an_hour_ago()

        kept = row(cast.lund, registered(cast, aware_at=aware_at))

        assert (kept.aware_at, kept.discovered_at, kept.status) == (aware_at, aware_at, Status.OPEN)
        assert kept.remind_at == next_reminder(aware_at, timezone.now())
        assert {"BreachRegistered", "AffectedAdded"} <= set(kinds(practice=cast.lund.practice_id))

    def test_who_is_named_twice_is_affected_once(self, cast: Cast) -> None:
        matter, kari = enquiry(cast.kari), uuid_of(cast.kari)

        found = view(cast.lund, registered(cast, source=matter.id, patients=[kari, kari]))

        assert [one.patient.id for one in found.affected] == [cast.kari.patient_id]
        assert found.source == matter.id

    def test_a_matter_of_another_office_is_not_found(self, cast: Cast) -> None:
        matter = enquiry(cast.bjarne)
        with pytest.raises(NotFound):
            registered(cast, source=matter.id)

    def test_nothing_of_it_is_in_the_patients_log_yet(self, cast: Cast) -> None:
        registered(cast)

        assert "AffectedAdded" not in kinds(patient=cast.kari.patient_id)

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"what": "  "}, "what"),
            ({"what": "a" * 2001}, "what"),
            ({"aware_at": timezone.now() + timedelta(days=1)}, "aware_on"),
            ({"happened_at": timezone.now() + timedelta(days=1)}, "happened_on"),
        ],
    )
    def test_what_cannot_be_is_said_at_its_field(
        self, cast: Cast, wrong: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(InvalidInput) as refused:
            registered(cast, **wrong)

        assert refused.value.field == field

    def test_a_patient_of_another_office_is_not_found(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            registered(cast, patients=[uuid_of(cast.bjarne)])

    @pytest.mark.parametrize("who", ["siri", "nina", "kari"])
    def test_only_those_who_follow_up_the_log(self, cast: Cast, who: str) -> None:
        with pytest.raises(NotAllowed):
            actions.register(
                by=getattr(cast, who), kind=Kind.LOST, what=WHAT, aware_at=an_hour_ago()
            )


class TestDraft:
    def test_a_message_moved_to_the_right_patient_is_a_deviation_by_itself(
        self, cast: Cast, as_role: AsRole
    ) -> None:
        wrong = written(cast)
        conversations.misfile(
            by=cast.siri, conversation_id=wrong.id, right_patient=uuid_of(cast.per)
        )

        pay(as_role)

        (drafted,) = drafts(cast)
        found = view(cast.lund, drafted.id)
        assert (found.kind, found.by_itself, found.source) == (Kind.WRONG_PATIENT, True, wrong.id)
        assert [one.patient.id for one in found.affected] == [cast.per.patient_id]
        assert "ikke åpnet" in found.what
        assert found.clock_runs and timezone.now() - found.aware_at < timedelta(minutes=1)

    def test_it_says_that_the_wrong_one_had_read_it(self, cast: Cast, as_role: AsRole) -> None:
        wrong = written(cast)
        conversations.read(by=cast.kari, conversation_id=wrong.id)
        conversations.misfile(
            by=cast.siri, conversation_id=wrong.id, right_patient=uuid_of(cast.per)
        )

        pay(as_role)

        assert "hadde åpnet den" in drafts(cast)[0].what

    @pytest.mark.parametrize(("wrong_patient", "many"), [(True, 1), (False, 0)])
    def test_what_was_taken_back_is_when_it_was_for_another(
        self, cast: Cast, as_role: AsRole, wrong_patient: bool, many: int
    ) -> None:
        wrong = written(cast)
        conversations.recall(
            by=cast.siri,
            conversation_id=wrong.id,
            message_id=seen(cast.siri, wrong.id).messages[0].id,
            wrong_patient=wrong_patient,
        )

        pay(as_role)

        assert len(drafts(cast)) == many

    def test_a_patient_who_takes_back_makes_none(self, cast: Cast, as_role: AsRole) -> None:
        asked = enquiry(cast.kari)
        conversations.recall(
            by=cast.kari,
            conversation_id=asked.id,
            message_id=seen(cast.kari, asked.id).messages[0].id,
            wrong_patient=True,
        )

        pay(as_role)

        assert drafts(cast) == []

    def test_told_twice_is_once(self, cast: Cast, as_role: AsRole) -> None:
        now = timezone.now()
        mistake = Mistake(
            conversation_id=written(cast).id,
            about_patient_id=None,
            written_at=now,
            found_at=now,
            opened=False,
        )
        with as_role("dialog_relay"), rows.seeing(practice=cast.lund.practice_id):
            made = [
                actions.draft(practice_id=cast.lund.practice, mistake=mistake) for _ in range(2)
            ]

        assert [one is not None for one in made] == [True, False]

    def test_nobody_but_the_platform(self, cast: Cast) -> None:
        now = timezone.now()
        mistake = Mistake(
            conversation_id=written(cast).id,
            about_patient_id=None,
            written_at=now,
            found_at=now,
            opened=False,
        )
        with pytest.raises(NotAllowed):
            actions.draft(by=cast.lund, practice_id=cast.lund.practice, mistake=mistake)

        assert PLATFORM.practice_id is None
