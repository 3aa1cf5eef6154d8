"""Patient lists: whose they are, and who looks after them for a while (R180, R182, R190)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from dialog import rows
from dialog.actor import Role
from dialog.conversations import queries as matters
from dialog.errors import InvalidInput, NotAllowed, NotFound
from dialog.people import actions, queries
from dialog.people.identity_number import synthetic
from tests.people.on_lists import kinds, list_of, team_list

SUBSTITUTE = synthetic(date(1981, 9, 10))


@pytest.fixture
def vikar(cast):
    """A doctor here without a list."""
    account = actions.add_colleague(
        by=cast.lund, identity_number=SUBSTITUTE, name="Vera Vik", role=Role.PRACTITIONER
    )
    return now(account)


def now(account_id):
    with rows.seeing(account=account_id):
        return queries.practice_actor(account_id)


def dr_lunds(cast):
    return next(one for one in cast.lund.list_ids if one != team_list(cast))


def open_list(by, **more):
    return actions.open_list(by=by, practice_id=by.practice, **more)


class TestOpenList:
    def test_a_doctor_without_one_gets_a_list(self, cast, vikar):
        made = open_list(cast.siri, practitioner_id=vikar.practitioner_id)

        assert made.id in now(vikar.account_id).list_ids
        assert kinds(practice=cast.siri.practice_id)[-1] == "ListOpened"

    def test_a_doctor_has_one_list(self, cast):
        with pytest.raises(InvalidInput):
            open_list(cast.siri, practitioner_id=cast.lund.practitioner_id)

    def test_a_team_looks_after_a_shared_list(self, cast, vikar):
        made = open_list(cast.siri, name="Felles", team=[vikar.practitioner_id])

        with rows.seeing(practice=cast.siri.practice_id):
            team = queries.team_of(made.id)
        assert [one.name for one in team] == ["Vera Vik"]

    @pytest.mark.parametrize(
        ("said", "field"), [({"name": "Felles"}, "team"), ({"team": [1]}, "name")]
    )
    def test_a_shared_list_has_a_name_and_a_team(self, cast, said, field):
        with pytest.raises(InvalidInput) as refusal:
            open_list(cast.siri, **said)

        assert refusal.value.field == field

    @pytest.mark.parametrize("as_team", [True, False])
    def test_nobody_from_another_practice_gets_one_here(self, cast, as_team):
        berg = cast.berg.practitioner_id
        said = {"name": "Felles", "team": [berg]} if as_team else {"practitioner_id": berg}

        with pytest.raises(NotFound):
            open_list(cast.siri, **said)

    def test_another_practice_is_not_found(self, cast):
        with pytest.raises(NotFound):
            actions.open_list(
                by=cast.berg,
                practice_id=cast.siri.practice,
                practitioner_id=cast.berg.practitioner_id,
            )

    def test_a_nurse_may_not(self, cast, vikar):
        with pytest.raises(NotAllowed):
            open_list(cast.nina, practitioner_id=vikar.practitioner_id)


class TestChangeList:
    def test_the_patients_stay_when_the_doctor_changes(self, cast, vikar):
        actions.change_list(
            by=cast.lund, list_id=dr_lunds(cast), practitioner_id=vikar.practitioner_id
        )

        with rows.seeing(patient=cast.kari.patient_id):
            assert queries.list_of(cast.kari.patient).name == "Vera Vik"
        assert kinds(practice=cast.lund.practice_id)[-1] == "ListChanged"

    def test_the_old_doctor_no_longer_looks_after_it(self, cast, vikar):
        actions.change_list(
            by=cast.lund, list_id=dr_lunds(cast), practitioner_id=vikar.practitioner_id
        )

        assert dr_lunds_id_after(cast) not in now(cast.lund.account_id).list_ids

    def test_who_leaves_a_team_is_out_and_who_comes_is_in(self, cast, vikar):
        shared = team_list(cast)

        actions.change_list(
            by=cast.lund, list_id=shared, name="Felles", team=[vikar.practitioner_id]
        )

        assert shared in now(vikar.account_id).list_ids
        assert shared not in now(cast.lund.account_id).list_ids

    def test_another_practices_list_is_not_found(self, cast):
        with pytest.raises(NotFound):
            actions.change_list(
                by=cast.berg, list_id=dr_lunds(cast), practitioner_id=cast.berg.practitioner_id
            )

    def test_a_nurse_may_not(self, cast, vikar):
        with pytest.raises(NotAllowed):
            actions.change_list(
                by=cast.nina, list_id=dr_lunds(cast), practitioner_id=vikar.practitioner_id
            )


def dr_lunds_id_after(cast):
    with rows.seeing(patient=cast.kari.patient_id):
        return queries.list_of(cast.kari.patient).list_id


def appoint(by, list_id, practitioner_id, *, first=0, days=7):
    start = queries.today() + timedelta(days=first)
    actions.appoint_substitute(
        by=by,
        list_id=list_id,
        practitioner_id=practitioner_id,
        since=start,
        until=start + timedelta(days=days),
    )


class TestAppointSubstitute:
    def test_the_substitute_looks_after_the_list_at_once(self, cast, vikar):
        appoint(cast.siri, dr_lunds(cast), vikar.practitioner_id)

        assert dr_lunds(cast) in now(vikar.account_id).list_ids
        assert kinds(practice=cast.siri.practice_id)[-1] == "SubstituteAppointed"

    def test_and_sees_what_only_the_lists_doctor_sees(self, cast, vikar):
        appoint(cast.siri, dr_lunds(cast), vikar.practitioner_id)

        substitute = now(vikar.account_id)
        with rows.seeing(account=substitute.account_id, practice=substitute.practice_id):
            states = matters.services_of(dr_lunds(cast))
        assert states
        assert substitute.list_ids == {dr_lunds(cast)}

    def test_it_ends_by_itself(self, cast, vikar, time_machine):
        appoint(cast.siri, dr_lunds(cast), vikar.practitioner_id, days=7)
        moment = timezone.now()

        time_machine.move_to(moment + timedelta(days=6))
        on_the_last_day = now(vikar.account_id).list_ids
        time_machine.move_to(moment + timedelta(days=7))

        assert dr_lunds(cast) in on_the_last_day
        assert now(vikar.account_id).list_ids == frozenset()

    def test_it_does_not_begin_before_its_day(self, cast, vikar):
        appoint(cast.siri, dr_lunds(cast), vikar.practitioner_id, first=3)

        assert now(vikar.account_id).list_ids == frozenset()

    def test_patients_see_who_and_until_when(self, cast, vikar):
        appoint(cast.siri, dr_lunds(cast), vikar.practitioner_id, days=7)

        with rows.seeing(patient=cast.kari.patient_id):
            seen = queries.substitute_now(dr_lunds(cast))
        assert (seen.name, seen.last) == ("Vera Vik", queries.today() + timedelta(days=6))

    def test_twice_at_once_is_refused(self, cast, vikar):
        appoint(cast.siri, dr_lunds(cast), vikar.practitioner_id)

        with pytest.raises(InvalidInput):
            appoint(cast.siri, dr_lunds(cast), vikar.practitioner_id, first=3)

    @pytest.mark.parametrize(("first", "days"), [(0, 0), (3, -1), (-9, 5)])
    def test_a_time_that_is_over_is_refused_at_its_field(self, cast, vikar, first, days):
        with pytest.raises(InvalidInput) as refusal:
            appoint(cast.siri, dr_lunds(cast), vikar.practitioner_id, first=first, days=days)

        assert refusal.value.field == "until"

    def test_nobody_is_a_substitute_for_themselves(self, cast):
        with pytest.raises(InvalidInput):
            appoint(cast.siri, dr_lunds(cast), cast.lund.practitioner_id)

    @pytest.mark.parametrize("who", ["nina", "berg"])
    def test_a_substitute_is_a_doctor_here(self, cast, who):
        with pytest.raises(NotFound):
            appoint(cast.siri, dr_lunds(cast), getattr(cast, who).practitioner_id)

    def test_another_practices_list_is_not_found(self, cast):
        with pytest.raises(NotFound):
            appoint(cast.siri, list_of(cast.berg), cast.lund.practitioner_id)

    def test_a_nurse_may_not(self, cast, vikar):
        with pytest.raises(NotAllowed):
            appoint(cast.nina, dr_lunds(cast), vikar.practitioner_id)


class TestEndSubstitute:
    def end(self, by, cast, vikar):
        actions.end_substitute(by=by, list_id=dr_lunds(cast), practitioner_id=vikar.practitioner_id)

    @pytest.mark.parametrize("first", [0, 3])
    def test_it_is_over_from_now(self, cast, vikar, first):
        appoint(cast.siri, dr_lunds(cast), vikar.practitioner_id, first=first)

        self.end(cast.siri, cast, vikar)

        assert now(vikar.account_id).list_ids == frozenset()
        with rows.seeing(practice=cast.siri.practice_id):
            assert queries.substitutes(dr_lunds(cast)) == []
        assert kinds(practice=cast.siri.practice_id)[-1] == "SubstituteEnded"

    def test_there_must_be_one(self, cast, vikar):
        with pytest.raises(NotFound):
            self.end(cast.siri, cast, vikar)

    def test_another_practices_list_is_not_found(self, cast, vikar):
        appoint(cast.siri, dr_lunds(cast), vikar.practitioner_id)

        with pytest.raises(NotFound):
            self.end(cast.berg, cast, vikar)
