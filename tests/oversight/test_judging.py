"""Asking about a look, answering, and judging it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from dialog import rows
from dialog.actor import PLATFORM
from dialog.adapters import database_roles as roles
from dialog.errors import InvalidInput, NotAllowed, NotFound, WrongState
from dialog.ledger.models import Entry
from dialog.oversight import actions, chores, queries
from dialog.oversight.models import UnusualLook
from dialog.oversight.policy import LONGEST_WORDS, Standing, Verdict
from dialog.people import actions as people
from dialog.people.queries import practice_actor
from tests.oversight.looked import NIGHT, Following, flags, without_matter
from tests.oversight.searched import at_work


@pytest.fixture
def follow(db, as_role, monkeypatch):
    monkeypatch.setattr("dialog.oversight.actions.noticing.in_sample", lambda lot: False)
    return Following(as_role)


@pytest.fixture
def siris(cast, follow):
    """Something Siri has looked at; Dr Lund follows up the log."""
    return flag(cast.siri, cast, follow)


def flag(by, cast, follow):
    without_matter(by, cast.kari.patient_id, NIGHT, reason="other")
    follow()
    return next(one.id for one in flags(by) if one.account_id == by.account_id)


def reread(by, id):
    with at_work(by):
        return queries.unusual_look_for(by, id)


def facts(by):
    with at_work(by):
        found = Entry.objects.filter(kind__startswith="UnusualLook").order_by("id")
        return [(one.kind, one.account_id, one.patient_id) for one in found]


def counts(by):
    with at_work(by):
        found = queries.unusual_counts(by).answer()
    return found.to_judge, found.to_answer


def also_reviews(cast, who):
    """Somebody follows up the log beside Dr Lund."""
    people.set_reviewers(
        by=cast.lund, account_ids=frozenset({cast.lund.account_id, who.account_id})
    )
    with rows.seeing(account=who.account_id, practice=who.practice_id):
        return practice_actor(who.account_id)


def judge(by, id, verdict=Verdict.IN_ORDER, reason="Hun tok en telefon fra legevakten."):
    actions.judge_look(by=by, unusual_look_id=id, verdict=verdict, reason=reason)


class TestJudgeLook:
    @pytest.mark.parametrize("verdict", Verdict)
    def test_it_no_longer_waits_and_who_looked_reads_why(self, cast, siris, verdict):
        judge(cast.lund, siris, verdict)

        with at_work(cast.lund):
            assert queries.unusual_looks(cast.lund) == []
            (last,) = queries.judged_looks(cast.lund, most=5)
        mine = reread(cast.siri, siris)
        assert last.id == siris
        assert (mine.verdict, mine.judged_by) == (verdict, cast.lund.name)
        assert mine.reason == "Hun tok en telefon fra legevakten."
        assert mine.standing is Standing.JUDGED

    def test_it_is_a_fact_that_says_neither_whose_it_was_nor_about_whom(self, cast, siris):
        judge(cast.lund, siris)

        assert facts(cast.lund) == [
            ("UnusualLookNoticed", None, None),
            ("UnusualLookJudged", cast.lund.account_id, None),
        ]

    def test_nobody_judges_their_own(self, cast, follow):
        own = flag(cast.lund, cast, follow)

        with pytest.raises(NotAllowed):
            judge(cast.lund, own)

        assert reread(cast.lund, own).standing is Standing.WAITS
        assert counts(cast.lund) == (0, 0)

    def test_another_who_follows_up_the_log_judges_it(self, cast, follow):
        own = flag(cast.lund, cast, follow)
        nina = also_reviews(cast, cast.nina)

        judge(nina, own)

        assert reread(cast.lund, own).judged_by == cast.nina.name

    def test_nor_does_the_database_let_them(self, cast, follow):
        flag(cast.lund, cast, follow)
        judged = "UPDATE oversight_unusuallook SET verdict = 'in-order', judged_at = now(),"

        with at_work(cast.lund), connection.cursor() as cursor:
            cursor.execute(f"{judged} judged_by_id = account_id")
            assert cursor.rowcount == 0
        with at_work(cast.nina), connection.cursor() as cursor:
            cursor.execute(f"{judged} judged_by_id = {cast.nina.account_id}")
            assert cursor.rowcount == 0

    def test_the_second_who_judges_is_told_that_it_has_been(self, cast, siris):
        judge(cast.lund, siris)

        with pytest.raises(WrongState):
            judge(cast.lund, siris, Verdict.BREACH)

        assert reread(cast.lund, siris).verdict is Verdict.IN_ORDER

    def test_what_was_judged_stands_in_the_database(self, cast, siris):
        judge(cast.lund, siris)

        with at_work(cast.lund), connection.cursor() as cursor:
            cursor.execute("UPDATE oversight_unusuallook SET verdict = 'breach'")
            assert cursor.rowcount == 0

    @pytest.mark.parametrize("who", ["siri", "nina", "berg", "kari"])
    def test_nobody_but_those_who_follow_up_the_log_here(self, cast, siris, who):
        with pytest.raises(NotFound):
            judge(getattr(cast, who), siris)

    @pytest.mark.parametrize("reason", ["  ", "x" * (LONGEST_WORDS + 1)])
    def test_a_reason_is_short_and_not_nothing(self, cast, siris, reason):
        with pytest.raises(InvalidInput) as refused:
            judge(cast.lund, siris, reason=reason)

        assert refused.value.field == "reason"

    def test_what_is_judged_in_order_is_not_raised_again_that_day(self, cast, siris, follow):
        judge(cast.lund, siris)
        without_matter(cast.siri, cast.kari.patient_id, NIGHT, reason="other")
        follow()

        assert len(flags(cast.lund)) == 1

    def test_after_a_breach_the_next_is_another(self, cast, siris, follow):
        judge(cast.lund, siris, Verdict.BREACH)
        without_matter(cast.siri, cast.kari.patient_id, NIGHT, reason="other")
        follow()

        assert [one.verdict for one in flags(cast.lund)] in (["breach", ""], ["", "breach"])


class TestAskAboutLook:
    def test_it_waits_for_the_one_who_looked(self, cast, siris):
        before = counts(cast.lund), counts(cast.siri)

        actions.ask_about_look(by=cast.lund, unusual_look_id=siris, question="Hva gjaldt det?")

        assert before == ((1, 0), (0, 0))
        assert (counts(cast.lund), counts(cast.siri)) == ((0, 0), (0, 1))
        asked = reread(cast.siri, siris)
        assert (asked.question, asked.asked_by) == ("Hva gjaldt det?", cast.lund.name)
        assert facts(cast.lund)[-1] == ("UnusualLookAsked", cast.lund.account_id, None)

    def test_asked_once_more_it_is_a_new_question(self, cast, siris):
        actions.ask_about_look(by=cast.lund, unusual_look_id=siris, question="Hva gjaldt det?")
        actions.answer_about_look(by=cast.siri, unusual_look_id=siris, answer="Husker ikke.")

        actions.ask_about_look(by=cast.lund, unusual_look_id=siris, question="Se i vaktplanen?")

        asked = reread(cast.siri, siris)
        assert (asked.question, asked.answer, asked.standing) == (
            "Se i vaktplanen?",
            "",
            Standing.ASKED,
        )

    def test_nobody_asks_themselves(self, cast, follow):
        own = flag(cast.lund, cast, follow)

        with pytest.raises(NotAllowed):
            actions.ask_about_look(by=cast.lund, unusual_look_id=own, question="Hvorfor?")


class TestAnswerAboutLook:
    def test_it_waits_for_a_judge_again(self, cast, siris):
        actions.ask_about_look(by=cast.lund, unusual_look_id=siris, question="Hva gjaldt det?")

        actions.answer_about_look(by=cast.siri, unusual_look_id=siris, answer="Legevakten ringte.")

        assert (counts(cast.lund), counts(cast.siri)) == ((1, 0), (0, 0))
        assert reread(cast.lund, siris).answer == "Legevakten ringte."
        assert facts(cast.lund)[-1] == ("UnusualLookAnswered", cast.siri.account_id, None)

    def test_not_before_one_is_asked_nor_after_it_is_judged(self, cast, siris):
        with pytest.raises(WrongState):
            actions.answer_about_look(by=cast.siri, unusual_look_id=siris, answer="Nei.")
        actions.ask_about_look(by=cast.lund, unusual_look_id=siris, question="Hva gjaldt det?")
        judge(cast.lund, siris)
        with pytest.raises(WrongState):
            actions.answer_about_look(by=cast.siri, unusual_look_id=siris, answer="Nei.")

    @pytest.mark.parametrize("who", ["lund", "nina", "berg", "kari"])
    def test_nobody_answers_for_another(self, cast, siris, who):
        actions.ask_about_look(by=cast.lund, unusual_look_id=siris, question="Hva gjaldt det?")

        with pytest.raises(NotFound):
            actions.answer_about_look(
                by=getattr(cast, who), unusual_look_id=siris, answer="Ingenting."
            )


class TestWhoSees:
    @pytest.mark.parametrize("who", ["nina", "berg", "kari"])
    def test_no_colleague_no_other_office_and_not_the_patient(self, cast, siris, who):
        by = getattr(cast, who)
        with rows.seeing(account=by.account_id, practice=by.practice_id, patient=by.patient_id):
            assert UnusualLook.objects.count() == 0
            assert queries.unusual_looks(by) == []
            assert queries.my_unusual_looks(by, most=9) == []
            with pytest.raises(NotFound):
                queries.unusual_look_for(by, siris)

    def test_those_who_follow_up_the_log_see_the_looks_themselves(self, cast, siris):
        one = reread(cast.lund, siris)
        with at_work(cast.lund):
            (line,) = queries.looks_of(cast.lund, one, most=9)

        assert (one.name, one.patient) == ("Siri Dahl", "Kari Nordmann")
        assert (line.kind, line.patient) == ("PatientLookedUp", "Kari Nordmann")

    def test_who_looked_sees_their_own(self, cast, siris):
        with at_work(cast.siri):
            (mine,) = queries.my_unusual_looks(cast.siri, most=9)

        assert (mine.id, mine.mine, mine.may_judge) == (siris, True, False)


class TestForgetUnusualLook:
    def test_what_was_judged_long_ago_goes_and_what_waits_stays(self, cast, siris, follow, as_role):
        waits = flag(cast.nina, cast, follow)
        judge(cast.lund, siris)
        with time_machine.travel(timezone.now() + timedelta(days=731)), as_role(roles.RELAY):
            chores.forget_what_was_unusual()

        assert [one.id for one in flags(cast.lund)] == [waits]

    def test_only_the_platform_does_and_only_what_is_judged(self, cast, siris, as_role):
        with pytest.raises(NotAllowed):
            actions.forget_unusual_look(by=cast.lund, unusual_look_id=siris)
        with rows.seeing(practice=cast.lund.practice_id), as_role(roles.RELAY):
            actions.forget_unusual_look(by=PLATFORM, unusual_look_id=siris)
        assert len(flags(cast.lund)) == 1


class TestConstraints:
    @pytest.mark.parametrize(
        ("change", "broken"),
        [
            ("judged_by_id = NULL", "unusual_look_judged_by_and_at"),
            ("judged_by_id = account_id", "unusual_look_not_judged_by_oneself"),
            ("verdict = 'hm'", "unusual_look_verdict_known"),
            ("asked_at = now()", "unusual_look_asked_by_and_at"),
            ("answered_at = now()", "unusual_look_answered_when_asked"),
            ("signs = '{}'", "unusual_look_signs_known"),
            ("signs = '{odd}'", "unusual_look_signs_known"),
        ],
    )
    def test_each_is_broken(self, cast, siris, as_role, change, broken):
        judge(cast.lund, siris)
        with (
            as_role("postgres"),
            pytest.raises(IntegrityError, match=broken),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE oversight_unusuallook SET {change}")  # noqa: S608 - ours

    def test_only_one_waits_for_the_same(self, cast, siris, as_role):
        copy = """INSERT INTO oversight_unusuallook SELECT (json_populate_record(one,
            json_build_object('id', gen_random_uuid()))).* FROM oversight_unusuallook AS one"""
        with (
            as_role("postgres"),
            pytest.raises(IntegrityError, match="unusual_look_open_once"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(copy)
