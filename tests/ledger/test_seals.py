"""What is hashed and signed: nothing can be changed in it, and no two things have one form."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.ledger.seals import Head, Line, Seal, moment_of, text_of, unsigned

LINE = Line(7, "1.000000", "MessageSent", 1, "staff", 2, 3, "5b9e", '{"a": 1}')
WORDS = st.text(max_size=6)
KEYS = st.none() | st.integers(-9, 9)
LINES = st.builds(
    Line, st.integers(1, 9), WORDS, WORDS, KEYS, WORDS, KEYS, KEYS, st.none() | WORDS, WORDS
)
SEAL = Seal(
    number=2,
    previous=bytes(32),
    root=bytes(32),
    lines=1,
    ids=[7, 7],
    last_id=7,
    floor=7,
    sealed_at="1.000000",
    key="k",
)


@given(LINES, LINES)
def test_two_lines_have_one_leaf_when_they_are_one(some: Line, other: Line) -> None:
    assert (some.leaf() == other.leaf()) == (some == other)


@pytest.mark.parametrize("field", Line._fields)
def test_a_leaf_is_of_every_column(field: str) -> None:
    assert LINE._replace(**{field: None}).leaf() != LINE.leaf()


@pytest.mark.parametrize(
    "change",
    [
        {"number": 3},
        {"previous": bytes(31) + b"1"},
        {"root": bytes(31) + b"1"},
        {"lines": 2},
        {"ids": [7, 8]},
        {"last_id": 8},
        {"floor": 8},
        {"sealed_at": "1.000001"},
        {"key": "l"},
    ],
)
def test_a_head_is_of_every_column(change: dict[str, object]) -> None:
    assert replace(SEAL, **change).true_head() != SEAL.true_head()  # type: ignore[arg-type]


@pytest.mark.parametrize("change", [{"number": 3}, {"sealed_at": "2.0"}, {"head": b"2"}])
def test_a_signature_is_of_number_time_and_head(change: dict[str, object]) -> None:
    head = Head(number=2, sealed_at="1.0", head=b"1", key="k", signature=b"")

    assert replace(head, **change).signed() != head.signed()  # type: ignore[arg-type]


def test_a_batch_follows_the_one_before() -> None:
    first, leaves = unsigned([LINE], after=None, floor=0, key="k")
    after = replace(first, head=first.true_head()).as_head()
    second, _ = unsigned([LINE._replace(id=9)], after=after, floor=0, key="k")

    assert (first.number, first.previous, first.ids, leaves) == (
        1,
        bytes(32),
        [7, 7],
        LINE.leaf(),
    )
    assert (second.number, second.previous, second.last_id) == (2, after.head, 9)


@given(st.datetimes(min_value=datetime(1990, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_time_is_the_same_time_again(moment: datetime) -> None:
    assert moment_of(text_of(moment)) == moment
