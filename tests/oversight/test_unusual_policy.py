"""Which looks are unlike the usual, cell by cell."""

from datetime import UTC, datetime, timedelta
from itertools import combinations, product

import pytest

from dialog.actor import Actor, Duty, Role
from dialog.oversight.policy import (
    Look,
    Matter,
    Sign,
    Standing,
    in_sample,
    is_many,
    is_unusual,
    matter_of,
    may_judge,
    signs,
    standing,
    weight,
)
from dialog.oversight.policy.unusual import FLAGGED_AT, MANY, ONE_IN, WATCHED_AT
from dialog.people.policy import Relation, same_family_name

NOON = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)  # a Wednesday; noon in Oslo
ALONE = {
    # With a matter, or when that is not known; and without one.
    Sign.SELF: (3, 3),
    Sign.CHILD: (3, 3),
    Sign.PARENT: (3, 3),
    Sign.ACTS_FOR: (3, 3),
    Sign.COLLEAGUE: (1, 3),
    Sign.SAME_NAME: (0, 1),
    Sign.NIGHT: (1, 2),
    Sign.CLOSED: (0, 1),
    Sign.OTHER_REASON: (0, 2),
    Sign.MANY: (0, 3),
}
# What is asked about because two weak signs come together where no matter is going on.
TOGETHER = {
    frozenset({Sign.NIGHT, Sign.OTHER_REASON}),
    frozenset({Sign.NIGHT, Sign.SAME_NAME}),
    frozenset({Sign.CLOSED, Sign.OTHER_REASON}),
    frozenset({Sign.SAME_NAME, Sign.OTHER_REASON}),
    frozenset({Sign.NIGHT, Sign.CLOSED}),  # one look is never both
}
WEAK = [Sign.SAME_NAME, Sign.NIGHT, Sign.CLOSED, Sign.OTHER_REASON]
CLOCK = {
    # Summer time and winter time: the clock on the wall counts.
    datetime(2026, 11, 25, 4, 59, tzinfo=UTC): Sign.NIGHT,
    datetime(2026, 11, 25, 5, 0, tzinfo=UTC): Sign.CLOSED,
    datetime(2026, 11, 25, 5, 59, tzinfo=UTC): Sign.CLOSED,
    datetime(2026, 11, 25, 6, 0, tzinfo=UTC): None,
    datetime(2026, 11, 25, 16, 59, tzinfo=UTC): None,
    datetime(2026, 11, 25, 17, 0, tzinfo=UTC): Sign.CLOSED,
    datetime(2026, 11, 25, 20, 59, tzinfo=UTC): Sign.CLOSED,
    datetime(2026, 11, 25, 21, 0, tzinfo=UTC): Sign.NIGHT,
    datetime(2026, 7, 1, 19, 59, tzinfo=UTC): Sign.CLOSED,
    datetime(2026, 7, 1, 20, 0, tzinfo=UTC): Sign.NIGHT,
    datetime(2026, 7, 1, 5, 0, tzinfo=UTC): None,
}


def look(matter=Matter.NONE, at=NOON, reason="call"):
    return Look(at=at, matter=matter, reason=reason if matter is Matter.NONE else "")


def found(one, *relations, working_day=True):
    return set(signs(one, relations, working_day=working_day))


class TestWeights:
    @pytest.mark.parametrize(("sign", "matter"), list(product(Sign, Matter)))
    def test_each_sign_alone(self, sign, matter):
        going_on, none = ALONE[sign]

        assert weight([sign], matter) == (none if matter is Matter.NONE else going_on)

    @pytest.mark.parametrize("pair", list(combinations(WEAK, 2)))
    def test_two_weak_ones_together_without_a_matter(self, pair):
        asked = is_unusual(weight(pair, Matter.NONE), watched=False)

        assert asked == (frozenset(pair) in TOGETHER)

    @pytest.mark.parametrize("pair", list(combinations(WEAK, 2)))
    def test_two_weak_ones_together_with_a_matter_are_nothing(self, pair):
        assert not is_unusual(weight(pair, Matter.GOING_ON), watched=True)

    def test_a_name_alone_is_never_asked_about_also_of_those_who_are_watched(self):
        assert not is_unusual(weight([Sign.SAME_NAME], Matter.NONE), watched=True)

    @pytest.mark.parametrize(
        ("weighs", "watched", "asked"),
        [
            (WATCHED_AT - 1, True, False),
            (WATCHED_AT, True, True),
            (WATCHED_AT, False, False),
            (FLAGGED_AT, False, True),
        ],
    )
    def test_watched_are_looked_at_for_less(self, weighs, watched, asked):
        assert is_unusual(weighs, watched=watched) == asked

    def test_whom_it_is_about_is_never_enough_by_itself(self):
        """A protected address, on an ordinary day, for an ordinary reason."""
        assert not is_unusual(
            weight(signs(look(), [], working_day=True), Matter.NONE), watched=True
        )


class TestSigns:
    @pytest.mark.parametrize(("relation", "matter"), list(product(Relation, Matter)))
    def test_each_relation(self, relation, matter):
        sign = Sign(relation.value)
        weighs = ALONE[sign][matter is Matter.NONE]

        assert found(look(matter), relation) == ({sign} if weighs else set())

    @pytest.mark.parametrize(("at", "sign"), CLOCK.items())
    def test_the_clock(self, at, sign):
        assert found(look(at=at)) == ({sign} if sign else set())

    @pytest.mark.parametrize(("at", "sign"), CLOCK.items())
    def test_the_clock_on_a_day_the_office_is_shut(self, at, sign):
        assert found(look(at=at), working_day=False) == {sign or Sign.CLOSED}

    @pytest.mark.parametrize(("at", "sign"), CLOCK.items())
    def test_with_a_matter_only_the_night_counts(self, at, sign):
        seen = found(look(Matter.GOING_ON, at=at), working_day=False)

        assert seen == ({sign} & {Sign.NIGHT})

    @pytest.mark.parametrize("reason", ["call", "preparing", "results", "mistake", "other", ""])
    def test_the_reason(self, reason):
        assert found(look(reason=reason)) == ({Sign.OTHER_REASON} if reason == "other" else set())

    def test_they_come_in_the_order_of_the_vocabulary(self):
        seen = signs(
            look(at=datetime(2026, 11, 25, 2, tzinfo=UTC), reason="other"),
            [Relation.SAME_NAME, Relation.COLLEAGUE],
            working_day=True,
        )

        assert list(seen) == sorted(seen, key=list(Sign).index)
        assert len(seen) == 4

    @pytest.mark.parametrize(
        ("basis", "matter"),
        [
            ("", Matter.UNKNOWN),
            ("reason", Matter.NONE),
            ("open-matter", Matter.GOING_ON),
            ("just-closed", Matter.GOING_ON),
            ("appointment", Matter.GOING_ON),
        ],
    )
    def test_whether_something_was_going_on(self, basis, matter):
        assert matter_of(basis) is matter


class TestMany:
    USUAL = (6, 8, 7, 5, 9)

    @pytest.mark.parametrize(
        ("patients", "own", "others", "many"),
        [
            (MANY.least - 1, (1,) * 5, (1,) * 5, False),
            (MANY.least, (1,) * 5, (1,) * 5, True),
            (20, USUAL, USUAL, False),
            (21, USUAL, USUAL, True),
            # Both must be far below: one is at the telephone every day, or the others are.
            (60, (30,) * 5, (2,) * 5, False),
            (60, (2,) * 5, (30,) * 5, False),
            # Nothing is usual after four days.
            (59, (1,) * 4, (1,) * 4, False),
            (60, (1,) * 4, (1,) * 4, True),
            (60, (), (), True),
            (21, USUAL, (), True),
            (21, (), USUAL, True),
            (20, (), USUAL, False),
            # Days with none count as one, so that nothing is three times nothing.
            (MANY.least, (0,) * 9, (), True),
        ],
    )
    def test_against_the_usual(self, patients, own, others, many):
        assert is_many(patients, own, others) == many

    def test_four_weeks_are_looked_at(self):
        assert timedelta(days=28) == MANY.days_looked_at


class TestSample:
    def test_one_in_ten_is_in_it(self):
        assert sum(in_sample(lot) for lot in range(1000)) == 1000 // ONE_IN == 100


class TestNames:
    @pytest.mark.parametrize(
        ("name", "family_name", "same"),
        [
            ("Siri Dahl", "Dahl", True),
            ("Siri DAHL", "dahl", True),
            ("Siri Dahl", "Berg-Dahl", True),
            ("Siri Berg Dahl", "Berg", False),
            ("Siri Dahl", "Dahle", False),
            ("", "", False),
        ],
    )
    def test_the_last_one_counts(self, name, family_name, same):
        assert same_family_name(name, family_name) == same


class TestJudging:
    @pytest.mark.parametrize(
        ("role", "reviews", "own", "may"),
        [
            (role, reviews, own, reviews and not own)
            for role, reviews, own in product(
                (Role.PRACTITIONER, Role.NURSE, Role.STAFF), (True, False), (True, False)
            )
        ],
    )
    def test_by_those_who_follow_up_the_log_and_never_their_own(self, role, reviews, own, may):
        by = Actor(
            role=role,
            account_id=7,
            practice_id=1,
            duties=frozenset({Duty.REVIEW_ACCESS}) if reviews else frozenset(),
        )

        assert may_judge(by, 7 if own else 8) == may

    @pytest.mark.parametrize(
        ("asked", "answered", "judged", "stands"),
        [
            (False, False, False, Standing.WAITS),
            (True, False, False, Standing.ASKED),
            (True, True, False, Standing.ANSWERED),
            (True, True, True, Standing.JUDGED),
            (True, False, True, Standing.JUDGED),
            (False, False, True, Standing.JUDGED),
        ],
    )
    def test_where_it_stands(self, asked, answered, judged, stands):
        assert standing(asked=asked, answered=answered, judged=judged) is stands
