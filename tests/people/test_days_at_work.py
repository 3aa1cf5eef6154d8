"""From and until which day somebody works at an office."""

from datetime import date

import pytest

from dialog import rows
from dialog.actor import Actor, Duty, Role
from dialog.demo.cast import Cast
from dialog.errors import InvalidInput, NotAllowed, NotFound
from dialog.oversight.log_words import what
from dialog.people import actions, queries, texts
from dialog.people.chores import shut_timebooks
from dialog.people.models import Practitioner
from tests.people.at_work import A_DAY, add, now, of, put
from tests.people.on_lists import kinds, list_of


class TestAdding:
    def test_a_locum_works_here_to_the_last_day_and_no_longer(self, cast: Cast) -> None:
        today = queries.today()
        mona = add(cast.lund, last=today)

        assert now(mona) is not None
        put(cast.lund, mona, today - 4 * A_DAY, today - A_DAY)
        assert now(mona) is None

    def test_whoever_is_to_begin_is_among_the_employees_and_not_at_work(self, cast: Cast) -> None:
        first = queries.today() + A_DAY
        mona = add(cast.lund, since=first)

        assert now(mona) is None
        assert of(cast.lund, mona).first == first
        with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
            assert mona not in {one.account_id for one in queries.colleagues(cast.lund)}
            assert mona not in {one.account_id for one in queries.workers(cast.lund)}

    def test_and_is_not_added_once_more(self, cast: Cast) -> None:
        add(cast.lund, since=queries.today() + A_DAY)

        with pytest.raises(InvalidInput) as refusal:
            add(cast.lund)

        assert refusal.value.field == "identity_number"

    @pytest.mark.parametrize(
        ("since", "last", "field"), [(-1, 3, "since"), (0, -1, "last"), (3, 2, "last")]
    )
    def test_days_that_cannot_be_are_refused_at_their_field(
        self, cast: Cast, since: int, last: int, field: str
    ) -> None:
        today = queries.today()

        with pytest.raises(InvalidInput) as refusal:
            add(cast.lund, since=today + since * A_DAY, last=today + last * A_DAY)

        assert refusal.value.field == field


class TestChangeDays:
    def test_a_locum_stays_longer_and_then_for_good(self, cast: Cast) -> None:
        today = queries.today()
        mona = add(cast.lund, last=today)

        actions.change_days(by=cast.lund, account_id=mona, last=today + A_DAY)
        assert of(cast.lund, mona).last == today + A_DAY
        actions.change_days(by=cast.lund, account_id=mona)
        assert of(cast.lund, mona).last is None

    def test_only_what_changed_is_written_down_with_its_days(self, cast: Cast) -> None:
        today = queries.today()
        mona = add(cast.lund, last=today)
        for _twice in range(2):
            actions.change_days(by=cast.lund, account_id=mona, last=today + A_DAY)

        assert kinds(practice=cast.lund.practice_id).count("MemberDaysChanged") == 1

    def test_the_first_day_is_moved_before_it_has_come(self, cast: Cast) -> None:
        today = queries.today()
        mona = add(cast.lund, since=today + A_DAY)

        actions.change_days(by=cast.lund, account_id=mona, since=today)

        assert now(mona) is not None

    def test_and_not_after(self, cast: Cast) -> None:
        mona = add(cast.lund)

        with pytest.raises(InvalidInput) as refusal:
            actions.change_days(by=cast.lund, account_id=mona, since=queries.today() + A_DAY)

        assert refusal.value.field == "since"

    def test_nobody_stays_longer_by_their_own_word(self, cast: Cast) -> None:
        mona = now(add(cast.lund, last=queries.today()))
        assert mona is not None and mona.may(Duty.MANAGE_OFFICE)

        with pytest.raises(NotAllowed):
            actions.change_days(by=mona, account_id=mona.account)

    def test_staff_do_not_decide_about_doctors(self, cast: Cast) -> None:
        mona = add(cast.lund, last=queries.today())

        with pytest.raises(NotAllowed):
            actions.change_days(by=cast.siri, account_id=mona)

    @pytest.mark.parametrize("who", ["nina", "kari"])
    def test_nor_does_whoever_does_not_manage_the_office(self, cast: Cast, who: str) -> None:
        with pytest.raises(NotAllowed):
            actions.change_days(by=getattr(cast, who), account_id=cast.siri.account)

    def test_another_offices_people_are_not_found(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            actions.change_days(by=cast.berg, account_id=cast.siri.account)

    def test_nor_whoever_has_left(self, cast: Cast) -> None:
        mona, today = add(cast.lund), queries.today()
        put(cast.lund, mona, today - 4 * A_DAY, today - A_DAY)

        with pytest.raises(NotFound):
            actions.change_days(by=cast.lund, account_id=mona, last=today + A_DAY)

    def test_whoever_is_to_begin_can_be_taken_away(self, cast: Cast) -> None:
        mona = add(cast.lund, since=queries.today() + A_DAY)

        actions.remove_member(by=cast.lund, account_id=mona)

        assert mona not in {one.account_id for one in employees(cast.lund)}


def employees(by: Actor) -> list[queries.Colleague]:
    with rows.seeing(account=by.account_id, practice=by.practice_id):
        return queries.employees(by)


class TestWhatMustBeSettledFirst:
    def test_a_list_has_somebody_who_stays(self, cast: Cast) -> None:
        mona = now(add(cast.lund))
        assert mona is not None

        with pytest.raises(InvalidInput) as refusal:
            actions.change_days(by=mona, account_id=cast.lund.account, last=queries.today())

        assert refusal.value.field == "last" and "pasientliste" in str(refusal.value.sentence)

    def test_a_locum_is_given_no_list_of_their_own(self, cast: Cast) -> None:
        mona = now(add(cast.lund, last=queries.today()))
        assert mona is not None

        with pytest.raises(InvalidInput) as refusal:
            actions.change_list(
                by=cast.lund, list_id=list_of(cast.lund), practitioner_id=mona.practitioner_id
            )

        assert refusal.value.field == "practitioner"

    def test_nor_looks_after_one_longer_than_they_are_here(self, cast: Cast) -> None:
        today = queries.today()
        mona = now(add(cast.lund, last=today + A_DAY))
        assert mona is not None

        with pytest.raises(InvalidInput) as refusal:
            substitute(cast, mona, until=today + 3 * A_DAY)
        substitute(cast, mona, until=today + 2 * A_DAY)

        assert refusal.value.field == "until"
        with pytest.raises(InvalidInput):
            actions.change_days(by=cast.lund, account_id=mona.account, last=today)

    def test_the_log_is_not_followed_up_by_locums_alone(self, cast: Cast) -> None:
        mona = add(cast.lund, last=queries.today())

        with pytest.raises(InvalidInput) as refusal:
            actions.set_reviewers(by=cast.lund, account_ids=frozenset({mona}))
        actions.set_reviewers(by=cast.lund, account_ids=frozenset({mona, cast.siri.account}))

        assert refusal.value.field == "reviewers"
        with pytest.raises(InvalidInput):
            actions.change_days(by=cast.lund, account_id=cast.siri.account, last=queries.today())
        with pytest.raises(InvalidInput):
            actions.remove_member(by=cast.lund, account_id=cast.siri.account)

    def test_a_doctor_who_stays_is_left(self, cast: Cast) -> None:
        mona = now(add(cast.lund, last=queries.today()))
        assert mona is not None
        actions.change_list(
            by=cast.lund, list_id=list_of(cast.lund), name="Felles", team=[mona.practitioner_id]
        )
        actions.set_reviewers(by=cast.lund, account_ids=frozenset({cast.siri.account}))

        with pytest.raises(InvalidInput) as refusal:
            actions.remove_member(by=mona, account_id=cast.lund.account)

        assert "minst én lege" in str(refusal.value.sentence)


def substitute(cast: Cast, mona: Actor, *, until: date) -> None:
    actions.appoint_substitute(
        by=cast.lund,
        list_id=list_of(cast.lund),
        practitioner_id=mona.practitioner_id,
        since=queries.today(),
        until=until,
    )


class TestShutTimebook:
    def test_is_shut_when_the_last_day_is_over_and_no_sooner(self, cast: Cast) -> None:
        today = queries.today()
        mona = add(cast.lund, last=today)

        before = kinds(practice=cast.lund.practice_id).count("PractitionerChanged")

        shut_timebooks()
        assert timebook(cast, mona).active
        put(cast.lund, mona, today - 4 * A_DAY, today - A_DAY)
        for _twice in range(2):
            shut_timebooks()

        assert not timebook(cast, mona).active
        assert kinds(practice=cast.lund.practice_id).count("PractitionerChanged") == before + 1

    def test_by_the_role_that_does_it(self, cast: Cast, as_role) -> None:  # type: ignore[no-untyped-def]  # a fixture
        mona, today = add(cast.lund), queries.today()
        put(cast.lund, mona, today - 4 * A_DAY, today - A_DAY)

        with as_role("dialog_relay"):
            shut_timebooks()

        assert not timebook(cast, mona).active

    def test_and_is_not_opened_for_somebody_who_has_left(self, cast: Cast) -> None:
        mona, today = add(cast.lund), queries.today()
        put(cast.lund, mona, today - 4 * A_DAY, today - A_DAY)
        shut_timebooks()

        with pytest.raises(InvalidInput) as refusal:
            actions.change_practitioner(
                by=cast.lund, practitioner_id=timebook(cast, mona).id, name="Mona Lie"
            )

        assert refusal.value.field == "active"

    def test_is_open_again_for_whoever_is_to_begin_again(self, cast: Cast) -> None:
        mona, today = add(cast.lund), queries.today()
        put(cast.lund, mona, today - 4 * A_DAY, today - A_DAY)
        shut_timebooks()

        add(cast.lund, since=today + A_DAY)
        shut_timebooks()

        assert timebook(cast, mona).active


def timebook(cast: Cast, account_id: int) -> Practitioner:
    with rows.seeing(practice=cast.lund.practice_id):
        return Practitioner.objects.get(account_id=account_id)


class TestInWords:
    ON = date(2026, 11, 28)

    @pytest.mark.parametrize(
        ("role", "first", "last", "words"),
        [
            (Role.PRACTITIONER, ON, None, ""),
            (Role.PRACTITIONER, ON, date(2026, 12, 14), "Vikar til og med 14. desember"),
            (Role.PRACTITIONER, date(2026, 12, 1), None, "Begynner 1. desember"),
            (Role.SUPPORT, ON, date(2026, 12, 14), "Fra 28. november til og med 14. desember"),
            (
                Role.PRACTITIONER,
                date(2026, 12, 1),
                date(2026, 12, 14),
                "Vikar fra 1. desember til og med 14. desember",
            ),
        ],
    )
    def test_on_the_page(self, role: Role, first: date, last: date | None, words: str) -> None:
        said = texts.days_at_work(role, first, last, on=self.ON)

        assert said.replace("\u00a0", " ").replace(" 2026", "") == words

    def test_in_the_log(self) -> None:
        said = what("MemberDaysChanged", {"first": "2026-12-01", "last": "2026-12-14"})

        assert said.replace("\u00a0", " ").replace(" 2026", "") == (
            "Endret hvor lenge en ansatt jobber her: fra 1. desember til og med 14. desember"
        )

    def test_an_older_line_says_what_it_knows(self) -> None:
        assert what("MemberAdded", {"member_account_id": 1}) == "La til en ansatt"
