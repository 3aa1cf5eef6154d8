"""Who follows up the log at a practice."""

import pytest

from dialog import rows
from dialog.actor import Duty, Role
from dialog.errors import InvalidInput, NotAllowed, NotFound
from dialog.people import actions, queries
from tests.people.on_lists import kinds


def now(actor):
    with rows.seeing(account=actor.account_id):
        return queries.practice_actor(actor.account_id)


def choose(by, *actors):
    actions.set_reviewers(by=by, account_ids=frozenset(one.account_id for one in actors))


class TestSetReviewers:
    def test_the_first_doctor_does_until_somebody_is_chosen(self, cast):
        assert cast.lund.may(Duty.REVIEW_ACCESS)
        assert not cast.siri.may(Duty.REVIEW_ACCESS) and not cast.nina.may(Duty.REVIEW_ACCESS)

    def test_the_chosen_may_at_the_next_request_and_the_others_no_longer(self, cast):
        choose(cast.lund, cast.siri)

        assert now(cast.siri).may(Duty.REVIEW_ACCESS) and not now(cast.lund).may(Duty.REVIEW_ACCESS)

    def test_only_what_changed_is_written_down(self, cast):
        choose(cast.lund, cast.lund, cast.siri)
        choose(cast.lund, cast.lund, cast.siri)

        assert kinds(practice=cast.lund.practice_id).count("DutyGiven") == 1

    def test_somebody_must(self, cast):
        with pytest.raises(InvalidInput) as refused:
            choose(cast.lund)

        assert refused.value.field == "reviewers"

    def test_nobody_from_another_office(self, cast):
        with pytest.raises(NotFound):
            choose(cast.lund, cast.lund, cast.berg)

    @pytest.mark.parametrize("who", ["siri", "nina", "kari"])
    def test_only_doctors_decide(self, cast, who):
        by = getattr(cast, who)
        with pytest.raises(NotAllowed):
            choose(by, by)

    def test_whoever_does_it_alone_is_not_taken_away(self, cast):
        choose(cast.lund, cast.siri)
        with pytest.raises(InvalidInput):
            actions.remove_member(by=cast.lund, account_id=cast.siri.account_id)

    def test_it_is_never_handed_to_a_role(self, cast):
        with pytest.raises(InvalidInput):
            actions.delegate(by=cast.lund, role=Role.NURSE, duty=Duty.REVIEW_ACCESS, on=True)
