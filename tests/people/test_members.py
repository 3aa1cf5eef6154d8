"""Who works at a practice, as what, and with which timebook."""

from datetime import date, timedelta

import pytest

from dialog import rows
from dialog.actor import Role
from dialog.demo.cast import number
from dialog.errors import InvalidInput, NotAllowed, NotFound
from dialog.people import actions, queries
from dialog.people.identity_number import synthetic
from dialog.people.models import Membership
from dialog.people.policy import Profession
from tests.people.on_lists import kinds, list_of

MONA = synthetic(date(1979, 4, 5))


def at(actor):
    return rows.seeing(account=actor.account_id, practice=actor.practice_id)


def add(by, **more):
    said = {"identity_number": MONA, "name": "Mona Lie", "role": Role.STAFF} | more
    return actions.add_colleague(by=by, **said)


def now(account_id):
    with rows.seeing(account=account_id):
        return queries.practice_actor(account_id)


def timebooks(actor):
    with at(actor):
        return {one.name: one for one in queries.clinicians_of_practice(actor, retired=True)}


class TestAddColleague:
    def test_somebody_new_acts_here_from_now(self, cast):
        mona = now(add(cast.siri))

        assert (mona.role, mona.practice_id, mona.name) == (
            Role.STAFF,
            cast.siri.practice_id,
            "Mona Lie",
        )

    def test_it_is_written_down(self, cast):
        add(cast.siri)

        assert kinds(practice=cast.siri.practice_id)[-1] == "MemberAdded"

    def test_a_doctor_gets_a_timebook(self, cast):
        mona = now(add(cast.lund, role=Role.PRACTITIONER))

        assert timebooks(cast.lund)["Mona Lie"].id == mona.practitioner_id

    def test_a_nurse_gets_one_when_asked_for(self, cast):
        add(cast.siri, role=Role.NURSE, timebook=True)

        assert timebooks(cast.siri)["Mona Lie"].profession is Profession.NURSE

    def test_whoever_comes_back_gets_the_same_timebook_back(self, cast):
        account = add(cast.lund, role=Role.PRACTITIONER)
        before = timebooks(cast.lund)["Mona Lie"]
        actions.remove_member(by=cast.lund, account_id=account)
        closed = timebooks(cast.lund)["Mona Lie"]
        with rows.seeing(account=account, practice=cast.lund.practice_id):
            Membership.objects.filter(account_id=account).update(
                period=(queries.today() - timedelta(days=30), queries.today())
            )

        add(cast.lund, role=Role.PRACTITIONER)

        assert not closed.active
        assert timebooks(cast.lund)["Mona Lie"].id == before.id
        assert timebooks(cast.lund)["Mona Lie"].active

    def test_somebody_known_keeps_their_own_name(self, cast):
        bjarne = now(add(cast.siri, identity_number=number("bjarne"), name="En Annen"))

        assert bjarne.name == "Bjarne Aas"

    def test_nobody_is_added_twice(self, cast):
        add(cast.siri)

        with pytest.raises(InvalidInput) as refusal:
            add(cast.siri)

        assert refusal.value.field == "identity_number"

    def test_staff_do_not_make_doctors(self, cast):
        with pytest.raises(NotAllowed):
            add(cast.siri, role=Role.PRACTITIONER)

    @pytest.mark.parametrize("role", [Role.PATIENT, Role.PROXY, Role.PLATFORM])
    def test_nobody_works_as_what_is_no_work(self, cast, role):
        with pytest.raises(InvalidInput):
            add(cast.lund, role=role)

    @pytest.mark.parametrize("who", ["nina", "kari"])
    def test_whoever_does_not_manage_the_office_may_not(self, cast, who):
        with pytest.raises(NotAllowed):
            add(getattr(cast, who))


class TestAddMember:
    def test_somebody_known_works_here_from_a_day_on(self, cast):
        later = queries.today() + timedelta(days=3)

        actions.add_member(
            by=cast.siri,
            practice_id=cast.siri.practice_id,
            account_id=cast.bjarne.account_id,
            role=Role.NURSE,
            since=later,
        )

        assert now(cast.bjarne.account_id) is None
        with at(cast.siri):
            kept = Membership.objects.get(account_id=cast.bjarne.account_id)
            assert kept.period.lower == later

    def test_one_role_at_a_time(self, cast):
        with pytest.raises(InvalidInput):
            actions.add_member(
                by=cast.siri,
                practice_id=cast.siri.practice_id,
                account_id=cast.nina.account_id,
                role=Role.STAFF,
            )

    def test_another_practice_is_not_found(self, cast):
        with pytest.raises(NotFound):
            actions.add_member(
                by=cast.berg,
                practice_id=cast.siri.practice_id,
                account_id=cast.berg.account_id,
                role=Role.NURSE,
            )


class TestRemoveMember:
    def test_the_right_is_gone_with_the_next_question(self, cast):
        actions.remove_member(by=cast.lund, account_id=cast.siri.account_id)

        assert now(cast.siri.account_id) is None

    def test_what_they_did_keeps_their_name(self, cast):
        actions.remove_member(by=cast.lund, account_id=cast.siri.account_id)

        with at(cast.lund):
            names = queries.names_of([cast.siri.account_id])
        assert names == {cast.siri.account_id: "Siri Dahl"}

    def test_it_is_written_down(self, cast):
        actions.remove_member(by=cast.lund, account_id=cast.siri.account_id)

        assert kinds(practice=cast.lund.practice_id)[-1] == "MemberRemoved"

    def test_nobody_locks_themselves_out(self, cast):
        with pytest.raises(NotAllowed):
            actions.remove_member(by=cast.siri, account_id=cast.siri.account_id)

    def test_staff_do_not_remove_doctors(self, cast):
        with pytest.raises(NotAllowed):
            actions.remove_member(by=cast.siri, account_id=cast.lund.account_id)

    def test_a_doctor_with_a_list_hands_it_over_first(self, cast):
        mona = now(add(cast.lund, role=Role.PRACTITIONER))
        with pytest.raises(InvalidInput):
            actions.remove_member(by=mona, account_id=cast.lund.account_id)

        actions.change_list(
            by=mona, list_id=list_of_dr_lund(cast), practitioner_id=mona.practitioner_id
        )
        actions.set_reviewers(by=mona, account_ids=frozenset({mona.account_id}))
        actions.remove_member(by=mona, account_id=cast.lund.account_id)

        assert now(cast.lund.account_id) is None
        assert list_of_dr_lund(cast) in now(mona.account_id).list_ids

    def test_another_practices_people_are_not_found(self, cast):
        with pytest.raises(NotFound):
            actions.remove_member(by=cast.berg, account_id=cast.siri.account_id)


def list_of_dr_lund(cast):
    with rows.seeing(patient=cast.kari.patient_id):
        return queries.list_of(cast.kari.patient).list_id


class TestAddPractitioner:
    def test_the_lab_has_a_timebook(self, cast):
        actions.add_practitioner(
            by=cast.siri,
            practice_id=cast.siri.practice,
            name="Skiftestua",
            profession=Profession.NURSE,
        )

        assert timebooks(cast.siri)["Skiftestua"].profession is Profession.NURSE
        assert kinds(practice=cast.siri.practice_id)[-1] == "PractitionerChanged"

    def test_one_timebook_for_each_person(self, cast):
        with pytest.raises(InvalidInput):
            actions.add_practitioner(
                by=cast.siri,
                practice_id=cast.siri.practice,
                name="Nina igjen",
                account_id=cast.nina.account_id,
            )

    def test_another_practice_is_not_found(self, cast):
        with pytest.raises(NotFound):
            actions.add_practitioner(
                by=cast.berg, practice_id=cast.siri.practice, name="Inntrenger"
            )


class TestChangePractitioner:
    def lab(self, cast):
        return timebooks(cast.siri)["Laboratoriet"]

    def test_it_has_a_new_name(self, cast):
        actions.change_practitioner(by=cast.siri, practitioner_id=self.lab(cast).id, name="Prøver")

        assert "Prøver" in timebooks(cast.siri)
        assert kinds(practice=cast.siri.practice_id)[-1] == "PractitionerChanged"

    @pytest.mark.parametrize("closed", [{"bookable": False}, {"active": False}])
    def test_patients_do_not_meet_what_is_closed_to_them(self, cast, closed):
        lab = self.lab(cast)

        actions.change_practitioner(by=cast.siri, practitioner_id=lab.id, name=lab.name, **closed)

        with rows.seeing(patient=cast.kari.patient_id):
            met = queries.clinicians_for_list(list_of(cast.lund))
        assert lab.id not in {one.id for one in met}

    def test_a_doctor_with_a_list_keeps_a_timebook(self, cast):
        lund = timebooks(cast.siri)["Ingrid Lund"]

        with pytest.raises(InvalidInput):
            actions.change_practitioner(
                by=cast.siri, practitioner_id=lund.id, name=lund.name, active=False
            )

    def test_another_practices_is_not_found(self, cast):
        with pytest.raises(NotFound):
            actions.change_practitioner(
                by=cast.berg, practitioner_id=self.lab(cast).id, name="Inntrenger"
            )
