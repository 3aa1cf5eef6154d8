"""Somebody acts for a patient who cannot consent, by a doctor's decision (R24)."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from dialog import rows
from dialog.actor import Area
from dialog.demo.who import number
from dialog.errors import InvalidInput, NotAllowed, NotFound
from dialog.oversight.queries import access_log, lines_of_mine
from dialog.people import actions, queries, texts
from dialog.people.models import Guardianship, Proxy
from dialog.people.policy import EndReason, GuardianBasis, ProxyKind, birthday, last_day
from dialog.people.policy.guardians import LONGEST_YEARS
from tests.people.on_lists import kinds, uuid_of

A_DAY = timedelta(days=1)
A_YEAR = timedelta(days=365)
GROUND = "Vurdert 3. mai. Vedtaket ligger i journalen."


def appoint(by, patient, **more):
    """Anne acts for Per in prescriptions, as his next of kin."""
    said = {
        "identity_number": number("anne"),
        "family_name": "Moe",
        "basis": GuardianBasis.NEXT_OF_KIN,
        "explanation": GROUND,
        "areas": [Area.RENEWAL],
        "last": queries.today() + A_YEAR,
    }
    return actions.appoint_guardian(by=by, patient_uuid=uuid_of(patient), **{**said, **more})


def acting(actor, patient):
    with rows.seeing(account=actor.account_id):
        return queries.patient_actor(actor.account_id, acting_for=uuid_of(patient))


def mandate(patient):
    """Anne acts for Per since he has let her."""
    with rows.seeing(account=patient.account_id, patient=patient.patient_id):
        return actions.give_mandate(
            by=patient,
            identity_number=number("anne"),
            family_name="Moe",
            areas=[Area.RENEWAL],
        )


def standing(by, patient):
    with rows.seeing(account=by.account_id, practice=by.practice_id):
        return queries.representatives_of(by, patient.patient)


class TestAppointGuardian:
    def test_it_counts_from_now_in_what_was_decided(self, cast):
        appoint(cast.lund, cast.per)

        assert acting(cast.anne, cast.per).areas == {Area.RENEWAL}

    def test_the_ground_is_kept_with_who_decided_it(self, cast):
        appoint(cast.lund, cast.per)

        (one,) = standing(cast.siri, cast.per)
        assert (one.name, one.last) == ("Anne Moe", queries.today() + A_YEAR)
        assert one.ground.basis is GuardianBasis.NEXT_OF_KIN
        assert (one.ground.explanation, one.ground.decided_by) == (GROUND, "Ingrid Lund")

    def test_the_patients_log_has_it(self, cast):
        appoint(cast.lund, cast.per)

        assert kinds(patient=cast.per.patient_id)[-2:] == ["ProxyGranted", "GuardianAppointed"]

    def test_the_patient_reads_why_and_who_acts_reads_on_what_ground(self, cast):
        appoint(cast.lund, cast.per)

        with rows.seeing(account=cast.per.account_id, patient=cast.per.patient_id):
            own = queries.mandates(cast.per).given[0]
        with rows.seeing(account=cast.anne.account_id, patient=cast.anne.patient_id):
            theirs = queries.mandates(cast.anne).received[0]
        assert (own.ground.explanation, own.may_end) == (GROUND, False)
        assert (theirs.ground.basis, theirs.ground.explanation) == (GuardianBasis.NEXT_OF_KIN, "")

    def test_others_who_act_for_the_patient_read_nothing_of_it(self, cast):
        appoint(cast.lund, cast.per)

        with rows.seeing(account=cast.kari.account_id, patient=cast.per.patient_id):
            assert not Guardianship.objects.exists()

    @pytest.mark.parametrize("who", ["siri", "nina"])
    def test_only_a_doctor_decides(self, cast, who):
        with pytest.raises(NotAllowed):
            appoint(getattr(cast, who), cast.per)

    def test_another_offices_patient_is_not_found(self, cast):
        with pytest.raises(NotFound):
            appoint(cast.berg, cast.per)

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"explanation": "  "}, "explanation"),
            ({"last": queries.today()}, "last"),
            ({"last": last_day(queries.today()) + A_DAY}, "last"),
            ({"areas": []}, "areas"),
            ({"family_name": "Aas"}, "identity_number"),
            ({"identity_number": number("ola"), "family_name": "Nordmann"}, "identity_number"),
            ({"identity_number": number("per"), "family_name": "Hansen"}, "identity_number"),
            ({"identity_number": number("lund"), "family_name": "Lund"}, "identity_number"),
        ],
        ids=["no ground", "over", "too long", "nothing", "name", "child", "patient", "oneself"],
    )
    def test_what_is_refused_at_its_field(self, cast, wrong, field):
        with pytest.raises(InvalidInput) as refused:
            appoint(cast.lund, cast.per, **wrong)

        assert refused.value.field == field
        assert standing(cast.lund, cast.per) == []

    def test_nobody_twice(self, cast):
        appoint(cast.lund, cast.per)

        with pytest.raises(InvalidInput):
            appoint(cast.lund, cast.per, areas=[Area.ENQUIRY])

    def test_what_the_register_closes_or_does_not_say(self, cast, register):
        register.change("anne", protected=True)
        with pytest.raises(InvalidInput) as another:
            appoint(cast.lund, cast.per)
        register.change("per", protected=True)
        with pytest.raises(InvalidInput) as closed:
            appoint(cast.lund, cast.per)
        register.away = True
        with pytest.raises(InvalidInput) as silent:
            appoint(cast.lund, cast.kari)

        assert another.value.sentence == texts.NOBODY_SUCH  # nothing is read out of a typed number
        assert "for pasienten her" in str(closed.value.sentence)
        assert "svar fra Folkeregisteret" in str(silent.value.sentence)

    def test_the_register_does_not_judge_what_an_office_has_documented(self, cast, register):
        appoint(cast.lund, cast.per)

        with rows.seeing(account=cast.anne.account_id, patient=cast.anne.patient_id):
            actions.hear_whom_to_act_for(by=cast.anne)

        assert acting(cast.anne, cast.per) is not None


class TestEndActing:
    def end(self, by, patient, right):
        actions.end_acting(
            by=by,
            patient_uuid=uuid_of(patient),
            proxy_uuid=right.uuid,
            reason=EndReason.OVER,
        )

    @pytest.mark.parametrize("who", ["lund", "siri"])
    def test_it_stops_with_the_next_request(self, cast, who):
        right = appoint(cast.lund, cast.per)

        self.end(getattr(cast, who), cast.per, right)

        assert acting(cast.anne, cast.per) is None
        assert standing(cast.lund, cast.per) == []
        assert kinds(patient=cast.per.patient_id)[-1] == "ProxyRevoked"

    def test_what_was_decided_is_kept(self, cast):
        self.end(cast.siri, cast.per, appoint(cast.lund, cast.per))

        with rows.seeing(practice=cast.lund.practice_id):
            kept = Guardianship.objects.get()
        assert (kept.explanation, kept.ended_by_id) == (GROUND, cast.siri.account)

    def test_whoever_was_stopped_may_be_let_in_anew(self, cast):
        self.end(cast.lund, cast.per, appoint(cast.lund, cast.per))

        appoint(cast.lund, cast.per, areas=[Area.ENQUIRY])

        assert acting(cast.anne, cast.per).areas == {Area.ENQUIRY}

    def test_what_began_before_is_shortened(self, cast, as_role):
        right = appoint(cast.lund, cast.per)
        with as_role("dialog_owner"), rows.seeing(scope="setup"):
            right.delete()
            right = Proxy.objects.create(
                patient_id=cast.per.patient,
                account_id=cast.anne.account,
                kind="guardian",
                period=(queries.today() - A_YEAR, None),
                areas=["renewal"],
            )

        self.end(cast.lund, cast.per, right)

        with rows.seeing(account=cast.anne.account):
            assert Proxy.objects.get(id=right.id).period.upper == queries.today()
        self.end(cast.lund, cast.per, right)  # once more is no fault

    def test_a_nurse_who_does_not_set_up_the_office_does_not(self, cast):
        right = appoint(cast.lund, cast.per)

        with pytest.raises(NotAllowed):
            self.end(cast.nina, cast.per, right)

    def test_another_office_finds_nothing(self, cast):
        right = appoint(cast.lund, cast.per)

        with pytest.raises(NotFound):
            self.end(cast.berg, cast.per, right)

    def test_a_mandate_the_patient_gave_ends_too_and_what_was_decided_of_others_stands(self, cast):
        appoint(cast.lund, cast.kari)
        own = mandate(cast.per)
        listed = [(one.kind, one.ground) for one in standing(cast.siri, cast.per)]

        self.end(cast.siri, cast.per, own)

        with rows.seeing(practice=cast.lund.practice_id):
            assert Guardianship.objects.get().ended_at is None
        assert listed == [(ProxyKind.MANDATE, None)]
        assert acting(cast.anne, cast.per) is None

    def test_the_reason_is_in_the_ledger_and_the_patients_log(self, cast):
        self.end(cast.siri, cast.per, mandate(cast.per))

        with rows.seeing(account=cast.per.account_id, patient=cast.per.patient_id):
            line = access_log(cast.per, most=1)[0]
            said = lines_of_mine(cast.per, [line])[0].what
        assert (line.kind, line.details["reason"]) == ("ProxyRevoked", "over")
        assert said.endswith("handle for pasienten: grunnlaget gjelder ikke lenger")

    def test_what_the_register_says_is_the_registers(self, cast, as_role):
        with as_role("dialog_owner"), rows.seeing(scope="setup"):
            right = mandate(cast.per)
            right.from_register = True
            right.save(update_fields=["from_register"])

        with pytest.raises(NotFound):
            self.end(cast.lund, cast.per, right)
        assert standing(cast.lund, cast.per) == []


class TestTheDatabaseItself:
    def test_nobody_decides_in_anothers_name(self, cast):
        wrong = Guardianship(
            patient_id=cast.per.patient,
            account_id=cast.anne.account,
            practice_id=cast.lund.practice,
            basis=GuardianBasis.GUARDIAN,
            explanation=GROUND,
            last=queries.today() + A_DAY,
            decided_by_id=cast.lund.account,
        )

        with (
            rows.seeing(account=cast.siri.account_id, practice=cast.siri.practice_id),
            pytest.raises(ProgrammingError, match="row-level security"),
            transaction.atomic(),
        ):
            wrong.save()

    def test_what_was_written_is_never_changed(self, cast):
        appoint(cast.lund, cast.per)

        with (
            rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id),
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
        ):
            Guardianship.objects.update(basis=GuardianBasis.GUARDIAN)


def test_the_last_day_a_decision_may_count():
    today = queries.today()

    assert last_day(today) == birthday(today, LONGEST_YEARS)
