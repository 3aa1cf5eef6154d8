"""What the health-personnel register says, and what it does to who works as what (R204)."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from dialog import rows
from dialog.actor import PLATFORM, Duty, Role
from dialog.conversations.policy import Kind, may_answer
from dialog.demo.who import number
from dialog.errors import InvalidInput, NotAllowed
from dialog.people import actions, chores, queries
from dialog.people.models import Authorisation, Practitioner, Professional
from dialog.people.personnel_register import Authorised
from dialog.people.queries import Standing
from dialog.renewals.policy import may_sign
from tests.people.on_lists import kinds
from tests.people.personnel_in_memory import HPR, at_work, note

A_DAY = timedelta(days=1)


def known_of(actor):
    with rows.seeing(account=actor.account_id, practice=actor.practice_id):
        return queries.known_of_colleagues(actor)[actor.account]


def aged(by):
    """The register was asked so long ago."""
    with rows.seeing(scope="door"):
        Professional.objects.update(heard_at=timezone.now() - by)


class TestNoteProfessional:
    def test_nobody_does_clinical_work_before_the_register_has_said_so(self, cast, personnel):
        before = at_work(cast.lund)
        note(cast.lund)
        after = at_work(cast.lund)

        assert (before.role, before.unauthorised) == (Role.STAFF, True)
        assert (after.role, after.unauthorised) == (Role.PRACTITIONER, False)
        for doctor, may in ((before, False), (after, True)):
            assert may_answer(Kind.ECONSULTATION, doctor) is may
            assert may_sign(doctor) is may

    def test_an_office_without_a_register_is_as_the_office_has_said(self, cast):
        assert at_work(cast.lund).role is Role.PRACTITIONER

    @pytest.mark.parametrize(
        "authorised",
        [
            Authorised(kind="LE", withdrawn=True),
            Authorised(kind="LE", last=queries.today() - A_DAY),
            Authorised(kind="LE", since=queries.today() + A_DAY),
            Authorised(kind="SP"),
        ],
        ids=["withdrawn", "run out", "not begun", "of another kind"],
    )
    def test_what_does_not_hold_stops_the_next_request(self, cast, personnel, authorised):
        note(cast.lund)
        personnel.knows("lund", authorised)

        note(cast.lund)

        stopped = at_work(cast.lund)
        assert (stopped.role, stopped.unauthorised) == (Role.STAFF, True)
        assert known_of(cast.lund).standing is Standing.NOT_HELD

    def test_whoever_the_register_knows_no_more(self, cast, personnel):
        note(cast.lund)
        personnel.known.clear()

        note(cast.lund)

        assert at_work(cast.lund).unauthorised
        assert known_of(cast.lund).hpr_number == ""

    def test_the_last_day_counts(self, cast, personnel):
        personnel.knows("lund", Authorised(kind="LE", last=queries.today()))

        note(cast.lund)

        assert at_work(cast.lund).role is Role.PRACTITIONER

    def test_the_office_stays_in_their_hands_and_nothing_clinical(self, cast, personnel):
        stopped = at_work(cast.lund)

        assert stopped.duties == {Duty.MANAGE_OFFICE, Duty.REVIEW_ACCESS}

    def test_a_nurse_gets_no_more_by_losing_it(self, cast, personnel):
        stopped = at_work(cast.nina)

        assert (stopped.role, stopped.duties) == (Role.STAFF, frozenset())

    def test_staff_need_none(self, cast, personnel):
        assert at_work(cast.siri) == cast.siri

    def test_a_change_is_written_down_once(self, cast, personnel):
        for _again in range(2):
            note(cast.lund)
        personnel.known.clear()
        note(cast.lund)

        heard = [one for one in kinds(practice=cast.lund.practice_id) if one.startswith("Authoris")]
        assert len(heard) == 2

    def test_an_answer_counts_for_as_long_as_the_settings_say(self, cast, personnel, settings):
        note(cast.lund)
        aged(settings.PERSONNEL_TO_WORK + A_DAY)

        assert at_work(cast.lund).unauthorised
        assert known_of(cast.lund).standing is Standing.TOO_OLD

    def test_nobody_says_it_for_themselves(self, cast, personnel):
        note(cast.lund)
        wrong = r"row-level security|permission denied"

        with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
            known = Professional.objects.get(account_id=cast.lund.account)
            Professional.objects.update(heard_at=timezone.now() + A_DAY)
            with pytest.raises(ProgrammingError, match=wrong), transaction.atomic():
                Authorisation.objects.create(
                    professional=known, kind="SP", period=(queries.today(), None)
                )

        assert known_of(cast.lund).heard_at == known.heard_at

    def test_another_office_sees_nothing_of_it(self, cast, personnel):
        note(cast.lund)

        with rows.seeing(account=cast.berg.account_id, practice=cast.berg.practice_id):
            assert not Professional.objects.exists()
            assert not Authorisation.objects.exists()


class TestWelcomeProfessional:
    def welcome(self, actor, **more):
        actions.welcome_professional(by=PLATFORM, account_id=actor.account, **more)

    def test_the_register_is_asked_and_not_again_the_same_day(self, cast, personnel):
        for _again in range(2):
            self.welcome(cast.lund)

        assert personnel.asked == [number("lund")]
        assert at_work(cast.lund).role is Role.PRACTITIONER

    def test_while_it_is_away_what_it_said_counts_as_long_as_it_may(
        self, cast, personnel, settings
    ):
        self.welcome(cast.lund)
        aged(settings.PERSONNEL_TO_ASK + A_DAY)
        personnel.away = True

        self.welcome(cast.lund)

        assert at_work(cast.lund).role is Role.PRACTITIONER

    def test_while_it_is_away_nobody_new_is_believed(self, cast, personnel):
        personnel.away = True

        self.welcome(cast.lund)

        assert at_work(cast.lund).unauthorised

    def test_nobody_comes_in_with_anothers_hpr_number(self, cast, personnel):
        self.welcome(cast.lund, hpr_number=HPR)

        with pytest.raises(NotAllowed):
            self.welcome(cast.lund, hpr_number="9000002")

    def test_nothing_is_asked_where_there_is_no_register(self, cast):
        self.welcome(cast.lund, hpr_number="9000002")

        with rows.seeing(scope="door"):
            assert not Professional.objects.exists()


class TestAddingHealthPersonnel:
    @pytest.fixture
    def lund(self, cast, personnel):
        note(cast.lund)
        return cast.lund

    def add(self, by, role=Role.PRACTITIONER):
        return actions.add_colleague(
            by=by, identity_number=number("bjarne"), name="Bjarne Aas", role=role
        )

    def test_the_register_says_the_number(self, cast, lund, personnel):
        personnel.knows("bjarne", Authorised(kind="LE"), hpr_number="9000009")

        account = self.add(lund)

        with rows.seeing(practice=lund.practice_id):
            made = Practitioner.objects.get(practice_id=lund.practice_id, account_id=account)
        assert made.hpr_number == "9000009"
        assert at_work(cast.bjarne).role is Role.PRACTITIONER

    @pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.NURSE])
    def test_nobody_without_an_authorisation(self, cast, lund, personnel, role):
        personnel.knows("bjarne", Authorised(kind="TL"))

        with pytest.raises(InvalidInput) as refused:
            self.add(lund, role)

        assert refused.value.field == "identity_number"
        assert at_work(cast.bjarne) is None

    def test_nobody_while_it_is_away(self, cast, lund, personnel):
        personnel.away = True

        with pytest.raises(InvalidInput) as refused:
            self.add(lund)

        assert "prøv igjen" in str(refused.value.sentence).lower()
        assert at_work(cast.bjarne) is None

    def test_staff_are_not_asked_about(self, cast, lund, personnel):
        personnel.away = True

        self.add(lund, Role.STAFF)

        assert at_work(cast.bjarne).role is Role.STAFF


class TestAskAboutPersonnel:
    def test_those_whose_answer_has_aged_are_asked_about(self, cast, personnel, settings):
        chores.ask_about_personnel()
        first = set(personnel.asked)
        chores.ask_about_personnel()
        aged(settings.PERSONNEL_TO_ASK + A_DAY)
        personnel.asked.clear()

        chores.ask_about_personnel()

        assert first == {number(who) for who in ("lund", "nina", "berg")} == set(personnel.asked)
        assert at_work(cast.lund).role is Role.PRACTITIONER

    def test_one_who_does_not_answer_is_not_asked_about_the_rest(self, cast, personnel):
        personnel.away = True

        chores.ask_about_personnel()

        assert len(personnel.asked) == 1

    def test_nobody_is_asked_where_there_is_no_register(self, cast):
        chores.ask_about_personnel()

        with rows.seeing(scope="door"):
            assert not Professional.objects.exists()
