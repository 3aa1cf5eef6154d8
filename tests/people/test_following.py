"""Whose list patients are on, by the GP register (R191)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dialog import rows
from dialog.actor import PLATFORM
from dialog.conversations.models import Conversation
from dialog.demo.who import BORN, number
from dialog.errors import InvalidInput, NotFound, PortError
from dialog.people import actions, chores, queries
from dialog.people.models import PatientList, RegisterAnswer
from dialog.people.policy import Follow
from tests.people.gps_in_memory import follow, stays
from tests.people.on_lists import asked, enquiry, kinds, list_of, team_list

A_DAY = timedelta(days=1)


@pytest.fixture
def berg_has_a_number(cast, as_role):
    """Dr Berg's list too has a number in the register, at an office with a number."""
    with as_role("dialog_owner"), rows.seeing(scope="setup"):
        mine = PatientList.objects.select_related("practice").get(id=list_of(cast.berg))
        mine.practice.organisation_number = "988888888"
        mine.practice.save(update_fields=["organisation_number"])
        mine.register_number = "2001"
        mine.save(update_fields=["register_number"])


def to_berg(gps, who):
    gps.puts(who, "2001", organisation_number="988888888")


def aged(by):
    with rows.seeing(scope="door"):
        RegisterAnswer.objects.update(asked_at=timezone.now() - by)


class TestFollowGpRegister:
    def test_whoever_is_where_the_register_says_stays(self, cast, gps):
        assert follow(cast.kari, "kari") is Follow.KEEP
        assert stays(cast.kari) == [list_of(cast.lund)]

    def test_another_list_at_the_same_office(self, cast, gps):
        gps.puts("kari", "1002")

        assert follow(cast.kari, "kari") is Follow.MOVE
        assert stays(cast.kari) == [team_list(cast)]

    def test_another_office_here_and_nothing_follows_along(self, cast, gps, berg_has_a_number):
        old = enquiry(cast.kari)
        to_berg(gps, "kari")

        assert follow(cast.kari, "kari") is Follow.MOVE

        assert stays(cast.kari) == [list_of(cast.berg)]
        with rows.seeing(account=cast.berg.account_id, practice=cast.berg.practice_id):
            assert not Conversation.objects.filter(id=old.id).exists()
        with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
            assert Conversation.objects.filter(id=old.id).exists()

    def test_both_offices_have_it_written_down(self, cast, gps, berg_has_a_number):
        to_berg(gps, "kari")

        follow(cast.kari, "kari")

        assert kinds(practice=cast.lund.practice_id)[-1] == "GpUnassigned"
        assert kinds(practice=cast.berg.practice_id)[-1] == "GpAssigned"

    def test_an_office_that_is_not_here(self, cast, gps):
        gps.puts("kari", "7777", organisation_number="977777777")

        assert follow(cast.kari, "kari") is Follow.LEAVE
        assert stays(cast.kari) == []

    @pytest.mark.parametrize(
        ("contract", "office"), [("1002", "977777777"), ("7777", "999999999"), ("", "999999999")]
    )
    def test_a_number_alone_is_no_list_of_ours(self, cast, gps, contract, office):
        gps.puts("kari", contract, organisation_number=office)

        assert follow(cast.kari, "kari") is Follow.LEAVE
        assert stays(cast.kari) == []

    def test_a_register_that_knows_of_no_list_changes_nothing(self, cast, gps):
        del gps.known[number("kari")]

        assert follow(cast.kari, "kari") is Follow.KEEP
        assert stays(cast.kari) == [list_of(cast.lund)]

    def test_a_register_that_is_away_changes_nothing(self, cast, gps):
        gps.puts("kari", "1002")
        gps.away = True

        with pytest.raises(PortError):
            follow(cast.kari, "kari")

        assert stays(cast.kari) == [list_of(cast.lund)]

    def test_what_an_office_has_written_gives_way_only_with_a_yes(self, cast, gps):
        gps.puts("bjarne", "1001")  # Dr Berg's list has no number

        assert follow(cast.bjarne, "bjarne") is Follow.ASK
        with rows.seeing(patient=cast.bjarne.patient_id):
            wish = queries.gp_wishes(cast.bjarne)[0]
        before = stays(cast.bjarne)
        actions.answer_gp_change(by=cast.bjarne, change_uuid=wish.uuid, yes=True)

        assert (before, stays(cast.bjarne)) == ([list_of(cast.berg)], [list_of(cast.lund)])

    def test_whoever_said_no_is_not_asked_again(self, cast, gps):
        gps.puts("bjarne", "1001")
        follow(cast.bjarne, "bjarne")
        with rows.seeing(patient=cast.bjarne.patient_id):
            wish = queries.gp_wishes(cast.bjarne)[0]
        actions.answer_gp_change(by=cast.bjarne, change_uuid=wish.uuid, yes=False)

        follow(cast.bjarne, "bjarne")

        with rows.seeing(patient=cast.bjarne.patient_id):
            assert queries.gp_wishes(cast.bjarne) == []

    def test_an_offices_question_that_the_register_has_answered_is_over(
        self, cast, gps, berg_has_a_number
    ):
        asked(cast)
        to_berg(gps, "kari")

        follow(cast.kari, "kari")

        with rows.seeing(patient=cast.kari.patient_id):
            assert queries.gp_wishes(cast.kari) == []
            assert not queries.asked_by_a_new_office(cast.kari)


class TestConnectList:
    def connect(self, by, register_number, list_id=None):
        actions.connect_list(by=by, list_id=list_id or list_of(by), register_number=register_number)

    def number_of(self, cast, list_id):
        with rows.seeing(practice=cast.lund.practice_id):
            return PatientList.objects.get(id=list_id).register_number

    def test_it_has_the_number(self, cast):
        self.connect(cast.lund, " 3003 ")

        assert self.number_of(cast, list_of(cast.lund)) == "3003"
        assert kinds(practice=cast.lund.practice_id)[-1] == "ListChanged"

    @pytest.mark.parametrize(
        ("number", "words"), [("3A", "bare tallene"), ("1002", "En annen av listene")]
    )
    def test_what_is_no_number_of_its_own(self, cast, number, words):
        with pytest.raises(InvalidInput) as refused:
            self.connect(cast.lund, number)

        assert words in str(refused.value.sentence)
        assert refused.value.field == "register_number"

    def test_an_office_must_have_a_number_itself(self, cast):
        with pytest.raises(InvalidInput):
            self.connect(cast.berg, "2001")

    def test_another_offices_list_is_not_found(self, cast):
        with pytest.raises(NotFound):
            self.connect(cast.berg, "2001", list_of(cast.lund))


class TestWelcomePatient:
    def test_somebody_on_a_list_here_whom_nobody_has_written_down(self, cast, gps):
        gps.puts("siri", "1001")

        account = actions.welcome_patient(by=PLATFORM, identity_number=number("siri"))

        with rows.seeing(account=account.id):
            actor = queries.patient_actor(account.id)
        assert stays(actor) == [list_of(cast.lund)]
        with rows.seeing(patient=actor.patient_id):
            assert queries.the_patient(actor).born == BORN["siri"]

    @pytest.mark.parametrize("away", [True, False])
    def test_nobody_else(self, cast, gps, away):
        gps.away = away

        assert actions.welcome_patient(by=PLATFORM, identity_number=number("siri")) is None

    def test_nobody_where_there_is_no_register(self, cast):
        assert actions.welcome_patient(by=PLATFORM, identity_number=number("siri")) is None


class TestLookingAfterOnesOwnList:
    def test_it_is_asked_about_once_a_day(self, cast, gps, settings):
        actions.look_after_own_list(cast.kari.account)
        gps.puts("kari", "1002")
        actions.look_after_own_list(cast.kari.account)
        before = stays(cast.kari)
        aged(settings.GP_TO_ASK_AT_SIGN_IN + A_DAY)

        actions.look_after_own_list(cast.kari.account)

        assert (before, stays(cast.kari)) == ([list_of(cast.lund)], [team_list(cast)])

    def test_a_silent_register_keeps_nobody_out(self, cast, gps):
        gps.away = True

        actions.look_after_own_list(cast.kari.account)

        assert stays(cast.kari) == [list_of(cast.lund)]

    def test_whoever_is_no_patient(self, cast, gps):
        actions.look_after_own_list(cast.siri.account)

        assert gps.asked == []


class TestAskAboutLists:
    def test_those_on_a_numbered_list_as_the_answers_age(self, cast, gps, settings, as_role):
        gps.puts("kari", "1002")
        with as_role("dialog_relay"):
            chores.ask_about_lists()
            chores.ask_about_lists()

        assert sorted(gps.asked) == sorted(number(who) for who in ("kari", "ola", "per", "anne"))
        assert stays(cast.kari) == [team_list(cast)]

        aged(settings.GP_TO_ASK + A_DAY)
        chores.ask_about_lists()

        assert len(gps.asked) == 8

    def test_a_register_that_is_away_is_left_alone(self, cast, gps):
        gps.away = True

        chores.ask_about_lists()

        assert len(gps.asked) == 1

    def test_nobody_is_asked_where_there_is_no_register(self, cast):
        chores.ask_about_lists()

        with rows.seeing(scope="door"):
            assert not RegisterAnswer.objects.exists()


class TestTheAgeOfIt:
    def seen(self, cast, question, *about):
        with rows.seeing(account=cast.siri.account_id, practice=cast.siri.practice_id):
            return question(cast.siri, *about)

    def test_a_list_says_how_old_the_answers_are(self, cast, gps):
        before = self.seen(cast, queries.followed_lists)[list_of(cast.lund)]
        follow(cast.kari, "kari")
        after = self.seen(cast, queries.followed_lists)[list_of(cast.lund)]

        assert (before.register_number, before.not_asked, before.oldest) == ("1001", 3, None)
        assert after.not_asked == 2
        assert after.oldest == after.newest is not None

    def test_a_patient_says_what_was_answered(self, cast, gps):
        before = self.seen(cast, queries.answered_about, cast.kari.patient)
        follow(cast.kari, "kari")
        known = self.seen(cast, queries.answered_about, cast.kari.patient).known
        gps.known.clear()
        follow(cast.kari, "kari")

        assert before is None
        assert known == "on-a-list"
        assert self.seen(cast, queries.answered_about, cast.kari.patient).known == "no-list"

    def test_nothing_is_said_where_there_is_no_register(self, cast):
        assert self.seen(cast, queries.followed_lists) == {}
        assert self.seen(cast, queries.answered_about, cast.kari.patient) is None

    def test_another_offices_patient_is_not_found(self, cast, gps):
        with pytest.raises(NotFound):
            self.seen(cast, queries.answered_about, cast.bjarne.patient)
