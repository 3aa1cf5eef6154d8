"""What a search in the log finds, for whom, and what everybody reads of themselves."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from dialog import rows
from dialog.errors import NotFound
from dialog.oversight import actions, queries
from dialog.oversight.actions import Asked
from dialog.oversight.models import LogSearch
from dialog.oversight.policy import LASTS, LOOKS, Purpose
from dialog.people import actions as people
from dialog.people.queries import practice_actor
from tests.oversight.searched import SAMPLE, at_work, lines, looked
from tests.people.on_lists import uuid_of


class TestWhatIsFound:
    def test_only_looks(self, cast):
        looked(cast.siri, cast.kari)
        search = actions.search_patient(
            by=cast.lund,
            patient_uuid=uuid_of(cast.kari),
            asked=Asked(purpose=Purpose.SAMPLE, looks_only=True),
        )

        found = lines(cast.lund, search)

        assert found and {one.kind for one in found} <= LOOKS

    @pytest.mark.parametrize(
        ("first", "last", "there"), [(0, 0, True), (1, 1, False), (-1, -1, False)]
    )
    def test_only_some_days(self, cast, first, last, there):
        looked(cast.siri, cast.kari)
        today = timezone.localdate()
        search = actions.search_patient(
            by=cast.lund,
            patient_uuid=uuid_of(cast.kari),
            asked=Asked(
                purpose=Purpose.SAMPLE,
                first_day=today + timedelta(days=first),
                last_day=today + timedelta(days=last),
            ),
        )

        assert bool(lines(cast.lund, search)) is there

    def test_newest_first_page_by_page(self, cast):
        looked(cast.siri, cast.kari)
        search = actions.search_patient(by=cast.lund, patient_uuid=uuid_of(cast.kari), asked=SAMPLE)
        with at_work(cast.lund):
            whole = queries.found(cast.lund, search, most=50)
            first = queries.found(cast.lund, search, most=2)
            rest = queries.found(cast.lund, search, before=first[-1].id, most=50)

        assert [one.id for one in first + rest] == [one.id for one in whole]
        assert [one.id for one in whole] == sorted((one.id for one in whole), reverse=True)

    def test_a_purpose_is_not_for_the_next_person(self, cast):
        people.set_reviewers(
            by=cast.lund,
            account_ids=frozenset({cast.lund.account, cast.siri.account}),
        )
        search = actions.search_patient(by=cast.lund, patient_uuid=uuid_of(cast.kari), asked=SAMPLE)
        with rows.seeing(account=cast.siri.account_id):
            siri = practice_actor(cast.siri.account)

        for by in (siri, cast.berg, cast.kari):
            with pytest.raises(NotFound):
                lines(by, search)

    def test_nor_for_ever(self, cast, as_role):
        search = actions.search_patient(by=cast.lund, patient_uuid=uuid_of(cast.kari), asked=SAMPLE)
        with as_role("postgres"):
            LogSearch.objects.update(stated_at=timezone.now() - LASTS)

        with pytest.raises(NotFound):
            lines(cast.lund, search)

    def test_nor_for_somebody_who_no_longer_follows_up_the_log(self, cast):
        search = actions.search_patient(by=cast.lund, patient_uuid=uuid_of(cast.kari), asked=SAMPLE)
        people.set_reviewers(by=cast.lund, account_ids=frozenset({cast.siri.account}))
        with rows.seeing(account=cast.lund.account_id):
            lund = practice_actor(cast.lund.account)

        with pytest.raises(NotFound):
            lines(lund, search)

    def test_nothing_is_found_without_a_search(self, cast):
        with pytest.raises(NotFound):
            lines(cast.lund, uuid4())


class TestWhatOnesOwnLogSays:
    def test_everybody_reads_what_they_have_done_themselves(self, cast):
        looked(cast.siri, cast.kari)
        looked(cast.nina, cast.per)

        with at_work(cast.siri):
            mine = queries.of_mine(cast.siri, most=50)

        assert {one.name for one in mine} == {"Siri Dahl"}
        assert "Kari Nordmann" in {one.patient for one in mine}

    def test_and_who_has_searched_for_it_and_why_but_not_what_else_was_said(self, cast):
        actions.search_colleague(
            by=cast.lund,
            account_uuid=cast.siri.account_uuid,
            asked=Asked(purpose=Purpose.SUSPICION, words="Kari har sagt det"),
        )

        with at_work(cast.siri):
            (search,) = queries.searches_about_me(cast.siri, most=50)
        with at_work(cast.nina):
            of_another = queries.searches_about_me(cast.nina, most=50)

        assert (search.name, search.purpose) == (cast.lund.name, Purpose.SUSPICION)
        assert search.words == "" and of_another == []

    def test_nobody_on_the_patients_side(self, cast):
        assert queries.of_mine(cast.kari, most=50) == []
        assert queries.searches_about_me(cast.kari, most=50) == []

    def test_those_who_follow_up_the_log_see_one_anothers_searches(self, cast):
        actions.search_patient(by=cast.lund, patient_uuid=uuid_of(cast.kari), asked=SAMPLE)

        with at_work(cast.lund):
            (search,) = queries.searches(cast.lund, most=50)
        with at_work(cast.siri):
            seen_by_siri = queries.searches(cast.siri, most=50)

        assert (search.about, search.name) == ("Kari Nordmann", cast.lund.name)
        assert seen_by_siri == []


class TestTheDatabase:
    """The second wall: what a wrong query reads of the searches."""

    @pytest.fixture(autouse=True)
    def searched(self, cast):
        actions.search_colleague(by=cast.lund, account_uuid=cast.siri.account_uuid, asked=SAMPLE)
        actions.search_patient(by=cast.lund, patient_uuid=uuid_of(cast.kari), asked=SAMPLE)

    @pytest.mark.parametrize(
        ("who", "seen"), [("lund", 2), ("siri", 1), ("nina", 0), ("berg", 0), ("kari", 0)]
    )
    def test_whoever_it_is_about_and_those_who_follow_up_the_log(self, cast, who, seen):
        by = getattr(cast, who)
        with rows.seeing(account=by.account_id, patient=by.patient_id, practice=by.practice_id):
            assert LogSearch.objects.count() == seen

    @pytest.mark.parametrize(
        "change",
        ["UPDATE oversight_logsearch SET purpose = 'sample'", "DELETE FROM oversight_logsearch"],
    )
    def test_nobody_changes_what_was_said(self, cast, change):
        with pytest.raises(ProgrammingError, match="permission denied"), at_work(cast.lund):
            connection.cursor().execute(change)

    def test_nobody_else_writes_one(self, cast):
        with (
            pytest.raises(ProgrammingError, match="row-level"),
            at_work(cast.siri),
            transaction.atomic(),
        ):
            LogSearch.objects.create(
                practice_id=cast.siri.practice_id,
                account_id=cast.siri.account_id,
                patient_id=cast.kari.patient_id,
                purpose=Purpose.SAMPLE,
            )
