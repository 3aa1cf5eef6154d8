"""Opening a practice, what patients read about it, and when it is closed."""

from datetime import date, timedelta

import pytest

from dialog import rows
from dialog.actor import PLATFORM, Duty, Role
from dialog.errors import InvalidInput, NotAllowed
from dialog.ledger.models import Entry
from dialog.people import actions, queries
from dialog.people.identity_number import synthetic
from dialog.working_days import is_working_day
from tests.people.on_lists import kinds

SAID = {
    "name": "Havna legekontor",
    "phone": "22 33 44 55",
    "doctor": "Eva Strand",
    "identity_number": synthetic(date(1971, 2, 3)),
}
FACTS = {"name": "Storgata legesenter", "phone": "22334455"}


def office(actor):
    with rows.seeing(practice=actor.practice_id):
        return queries.office_by_id(actor.practice)


@pytest.fixture
def as_owner(cast, as_role):
    with as_role("dialog_owner"), rows.seeing(scope="setup"):
        yield


class TestOpenPractice:
    def test_it_is_there_and_written_down(self, as_owner):
        practice = actions.open_practice(by=PLATFORM, name="Havna", phone="22334455")

        assert queries.office_by_id(practice.id).name == "Havna"
        assert not queries.office_by_id(practice.id).set_up
        assert Entry.objects.get(practice_id=practice.id).kind == "PracticeOpened"

    @pytest.mark.parametrize("who", ["lund", "kari"])
    def test_nobody_opens_one_from_inside(self, cast, who):
        with pytest.raises(NotAllowed):
            actions.open_practice(by=getattr(cast, who), name="Havna", phone="22334455")


class TestStartOffice:
    def test_the_doctor_has_a_role_a_timebook_and_a_list(self, as_owner):
        started = actions.start_office(by=PLATFORM, **SAID)

        owner = queries.list_by_id(started.list_id)
        assert (owner.name, owner.office.id, started.new) == (
            "Eva Strand",
            started.practice_id,
            True,
        )

    def test_the_same_again_finds_what_is_there(self, as_owner):
        first = actions.start_office(by=PLATFORM, **SAID)
        again = actions.start_office(by=PLATFORM, **SAID | {"name": "havna LEGEKONTOR"})

        assert (again.practice_id, again.new) == (first.practice_id, False)

    @pytest.mark.parametrize(
        ("field", "wrong"),
        [("name", " "), ("doctor", ""), ("phone", "ring"), ("identity_number", "123")],
    )
    def test_what_is_wrong_is_said_at_its_field(self, as_owner, field, wrong):
        with pytest.raises(InvalidInput) as refusal:
            actions.start_office(by=PLATFORM, **SAID | {field: wrong})

        assert refusal.value.field == field

    def test_nobody_starts_one_from_inside(self, cast):
        with pytest.raises(NotAllowed):
            actions.start_office(by=cast.lund, **SAID)


class TestChangePractice:
    def test_patients_read_the_new_facts(self, cast):
        actions.change_practice(by=cast.siri, **FACTS | {"phone": "99 88 77 66"})

        assert office(cast.siri).phone == "99887766"

    def test_it_is_written_down(self, cast):
        actions.change_practice(by=cast.siri, **FACTS)

        assert kinds(practice=cast.siri.practice_id)[-1] == "PracticeChanged"

    def test_another_office_is_untouched(self, cast):
        before = office(cast.berg)

        actions.change_practice(by=cast.siri, **FACTS)

        assert office(cast.berg) == before

    @pytest.mark.parametrize("who", ["nina", "kari"])
    def test_whoever_does_not_manage_it_may_not(self, cast, who):
        with pytest.raises(NotAllowed):
            actions.change_practice(by=getattr(cast, who), **FACTS)

    @pytest.mark.parametrize(("field", "wrong"), [("name", ""), ("phone", "12")])
    def test_what_patients_need_cannot_be_left_out(self, cast, field, wrong):
        with pytest.raises(InvalidInput) as refusal:
            actions.change_practice(by=cast.siri, **FACTS | {field: wrong})

        assert refusal.value.field == field


class TestFinishSetUp:
    def test_it_is_done_once_and_written_down_once(self, cast, as_role):
        with as_role("dialog_owner"), rows.seeing(scope="setup"):
            started = actions.start_office(by=PLATFORM, **SAID)
            account = queries.account_at_the_door(SAID["identity_number"])
            eva = queries.practice_actor(account.id)

        for _time in range(2):
            actions.finish_set_up(by=eva)

        assert office(eva).set_up
        assert kinds(practice=started.practice_id).count("PracticeChanged") == 1

    def test_a_nurse_may_not(self, cast):
        with pytest.raises(NotAllowed):
            actions.finish_set_up(by=cast.nina)


@pytest.fixture
def monday():
    soon = (queries.today() + timedelta(days=n) for n in range(14, 60))
    return next(day for day in soon if day.weekday() == 0 and is_working_day(day))


def closed(actor):
    with rows.seeing(practice=actor.practice_id):
        return queries.closing_days(actor.practice)


class TestCloseDays:
    def test_only_days_one_would_have_been_open_are_kept(self, cast, monday):
        many = actions.close_days(by=cast.siri, first=monday, last=monday + timedelta(days=6))

        expected = [monday + timedelta(days=n) for n in range(7)]
        working = {day for day in expected if is_working_day(day)}
        assert closed(cast.siri) == working
        assert many == len(working)

    def test_it_is_written_down(self, cast, monday):
        actions.close_days(by=cast.siri, first=monday, last=monday)

        assert kinds(practice=cast.siri.practice_id)[-1] == "PracticeChanged"

    @pytest.mark.parametrize(
        ("first", "last", "field"), [(-1, 0, "first"), (5, 4, "last"), (1, 90, "last")]
    )
    def test_a_stretch_that_cannot_be_is_refused_at_its_field(self, cast, first, last, field):
        today = queries.today()

        with pytest.raises(InvalidInput) as refusal:
            actions.close_days(
                by=cast.siri,
                first=today + timedelta(days=first),
                last=today + timedelta(days=last),
            )

        assert refusal.value.field == field

    def test_a_weekend_is_closed_already(self, cast, monday):
        saturday = monday + timedelta(days=5)

        with pytest.raises(InvalidInput):
            actions.close_days(by=cast.siri, first=saturday, last=saturday + timedelta(days=1))

    def test_another_offices_days_are_untouched(self, cast, monday):
        actions.close_days(by=cast.siri, first=monday, last=monday)

        assert closed(cast.berg) == frozenset()

    def test_a_nurse_may_not(self, cast, monday):
        with pytest.raises(NotAllowed):
            actions.close_days(by=cast.nina, first=monday, last=monday)


class TestOpenDay:
    def test_the_day_is_open_again(self, cast, monday):
        actions.close_days(by=cast.siri, first=monday, last=monday)

        actions.open_day(by=cast.siri, day=monday)

        assert closed(cast.siri) == frozenset()

    def test_another_offices_day_stays_closed(self, cast, monday):
        actions.close_days(by=cast.siri, first=monday, last=monday)

        actions.open_day(by=cast.berg, day=monday)

        assert closed(cast.siri) == {monday}

    def test_a_nurse_may_not(self, cast, monday):
        with pytest.raises(NotAllowed):
            actions.open_day(by=cast.nina, day=monday)


class TestDelegate:
    def test_everybody_in_the_role_may_from_now_and_until_it_is_taken_back(self, cast):
        actions.delegate(by=cast.lund, role=Role.NURSE, duty=Duty.PREPARE_RENEWALS, on=True)
        handed = nina_now(cast).may(Duty.PREPARE_RENEWALS)
        actions.delegate(by=cast.lund, role=Role.NURSE, duty=Duty.PREPARE_RENEWALS, on=False)

        assert handed
        assert not nina_now(cast).may(Duty.PREPARE_RENEWALS)

    def test_it_is_written_down(self, cast):
        actions.delegate(by=cast.lund, role=Role.NURSE, duty=Duty.PREPARE_RENEWALS, on=True)

        assert kinds(practice=cast.lund.practice_id)[-1] == "DutyDelegated"

    def test_another_office_hands_out_nothing_here(self, cast):
        actions.delegate(by=cast.berg, role=Role.NURSE, duty=Duty.PREPARE_RENEWALS, on=True)

        assert not nina_now(cast).may(Duty.PREPARE_RENEWALS)

    @pytest.mark.parametrize("who", ["siri", "nina", "kari"])
    def test_only_doctors_decide(self, cast, who):
        with pytest.raises(NotAllowed):
            actions.delegate(
                by=getattr(cast, who), role=Role.STAFF, duty=Duty.SEE_ECONSULTATIONS, on=True
            )


def nina_now(cast):
    with rows.seeing(account=cast.nina.account_id):
        return queries.practice_actor(cast.nina.account_id)


class TestSetDuties:
    def test_only_what_changed_is_written_down(self, cast):
        handed = frozenset({(Role.NURSE, Duty.PREPARE_RENEWALS)})
        actions.set_duties(by=cast.lund, handed=handed)
        actions.set_duties(by=cast.lund, handed=handed | {(Role.STAFF, Duty.PREPARE_RENEWALS)})
        actions.set_duties(by=cast.lund, handed=frozenset())

        written = kinds(practice=cast.lund.practice_id)
        assert written.count("DutyDelegated") == 4
        assert not nina_now(cast).may(Duty.PREPARE_RENEWALS)

    def test_only_doctors_decide(self, cast):
        with pytest.raises(NotAllowed):
            actions.set_duties(
                by=cast.siri, handed=frozenset({(Role.STAFF, Duty.SEE_ECONSULTATIONS)})
            )
