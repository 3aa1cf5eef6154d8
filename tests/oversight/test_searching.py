"""Saying for what one searches the log."""

from datetime import date

import pytest

from dialog.actor import Role
from dialog.conversations.policy import Kind
from dialog.errors import InvalidInput, NotAllowed, NotFound
from dialog.oversight import actions
from dialog.oversight.actions import Asked
from dialog.oversight.models import LogSearch
from dialog.oversight.policy import SAID_IN_WORDS, Purpose
from dialog.people import actions as people
from tests.oversight.searched import (
    SAMPLE,
    as_a_patient,
    at_work,
    entries,
    lines,
    looked,
    question,
)
from tests.people.on_lists import asked, uuid_of


class TestSearchPatient:
    def test_who_searched_for_whom_and_why_is_a_fact_before_anything_is_shown(self, cast):
        search = actions.search_patient(
            by=cast.lund,
            patient_uuid=uuid_of(cast.kari),
            asked=Asked(purpose=Purpose.SUSPICION, words=" En nabo "),
        )

        (fact,) = entries(cast.lund, "LogSearched")
        assert (fact.account_id, fact.patient_id) == (cast.lund.account_id, cast.kari.patient_id)
        assert fact.details == {
            "search_id": str(search),
            "purpose": "suspicion",
            "colleague_account_id": None,
        }
        with at_work(cast.lund):
            assert LogSearch.objects.get().words == "En nabo"

    def test_it_finds_who_did_what_on_which_matter_and_not_what_was_written(self, cast):
        matter = looked(cast.siri, cast.kari)
        search = actions.search_patient(by=cast.lund, patient_uuid=uuid_of(cast.kari), asked=SAMPLE)

        found = {one.kind: one for one in lines(cast.lund, search)}

        look = found["ConversationRead"]
        assert (look.name, look.role, look.patient) == ("Siri Dahl", Role.STAFF, "Kari Nordmann")
        assert look.matter == (Kind.ENQUIRY, matter.started_at)
        assert found["ConversationStarted"].name == "Kari Nordmann"
        assert "Når åpner" not in repr(found)

    def test_it_finds_nothing_about_anybody_else(self, cast):
        looked(cast.siri, cast.per)
        search = actions.search_patient(by=cast.lund, patient_uuid=uuid_of(cast.kari), asked=SAMPLE)

        assert {one.patient for one in lines(cast.lund, search)} == {"Kari Nordmann"}

    def test_lines_from_another_office_are_not_there(self, cast):
        looked(cast.siri, cast.kari)
        people.answer_gp_change(by=cast.kari, change_uuid=asked(cast).uuid, yes=True)
        looked(cast.berg, cast.kari)
        search = actions.search_patient(by=cast.berg, patient_uuid=uuid_of(cast.kari), asked=SAMPLE)

        found = lines(cast.berg, search)

        assert {one.name for one in found if one.role is not Role.PATIENT} == {cast.berg.name}

    def test_a_patient_of_another_office_is_not_found(self, cast):
        with pytest.raises(NotFound):
            actions.search_patient(by=cast.lund, patient_uuid=uuid_of(cast.bjarne), asked=SAMPLE)

        assert entries(cast.lund, "LogSearched") == []

    @pytest.mark.parametrize("who", ["siri", "nina", "kari"])
    def test_nobody_but_those_who_follow_up_the_log(self, cast, who):
        with pytest.raises(NotAllowed):
            actions.search_patient(
                by=getattr(cast, who), patient_uuid=uuid_of(cast.kari), asked=SAMPLE
            )

    @pytest.mark.parametrize("purpose", SAID_IN_WORDS)
    def test_what_says_nothing_by_itself_is_said_in_words(self, cast, purpose):
        with pytest.raises(InvalidInput) as refused:
            actions.search_patient(
                by=cast.lund,
                patient_uuid=uuid_of(cast.kari),
                asked=Asked(purpose=purpose, words=" "),
            )

        assert refused.value.field == "words"

    def test_words_are_few(self, cast):
        with pytest.raises(InvalidInput) as refused:
            actions.search_patient(
                by=cast.lund,
                patient_uuid=uuid_of(cast.kari),
                asked=Asked(purpose=Purpose.SAMPLE, words="x" * 301),
            )

        assert refused.value.field == "words"

    def test_days_are_in_order(self, cast):
        with pytest.raises(InvalidInput) as refused:
            actions.search_patient(
                by=cast.lund,
                patient_uuid=uuid_of(cast.kari),
                asked=Asked(
                    purpose=Purpose.SAMPLE,
                    first_day=date(2026, 2, 2),
                    last_day=date(2026, 2, 1),
                ),
            )

        assert refused.value.field == "last_day"


class TestSearchColleague:
    def test_it_finds_what_they_did_at_work_about_whom(self, cast):
        looked(cast.siri, cast.kari)
        looked(cast.nina, cast.per)
        search = actions.search_colleague(
            by=cast.lund, account_uuid=cast.siri.account_uuid, asked=SAMPLE
        )

        found = [one for one in lines(cast.lund, search) if one.kind == "ConversationRead"]

        assert [(one.name, one.patient) for one in found] == [("Siri Dahl", "Kari Nordmann")]

    def test_what_a_colleague_does_as_a_patient_is_nobodys_business(self, cast):
        question(as_a_patient(cast, "siri"))
        search = actions.search_colleague(
            by=cast.lund, account_uuid=cast.siri.account_uuid, asked=SAMPLE
        )

        found = lines(cast.lund, search)

        assert "ConversationStarted" not in {one.kind for one in found}
        assert {one.role for one in found} <= {Role.STAFF}

    def test_somebody_who_has_left_is_found_too(self, cast):
        looked(cast.siri, cast.kari)
        people.remove_member(by=cast.lund, account_id=cast.siri.account_id)

        search = actions.search_colleague(
            by=cast.lund, account_uuid=cast.siri.account_uuid, asked=SAMPLE
        )

        assert "ConversationRead" in {one.kind for one in lines(cast.lund, search)}

    def test_somebody_at_another_office_is_not_found(self, cast):
        with pytest.raises(NotFound):
            actions.search_colleague(
                by=cast.lund, account_uuid=cast.berg.account_uuid, asked=SAMPLE
            )

    @pytest.mark.parametrize("who", ["siri", "nina", "kari"])
    def test_nobody_but_those_who_follow_up_the_log(self, cast, who):
        with pytest.raises(NotAllowed):
            actions.search_colleague(
                by=getattr(cast, who), account_uuid=cast.nina.account_uuid, asked=SAMPLE
            )
