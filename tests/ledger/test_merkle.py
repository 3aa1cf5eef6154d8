"""The tree: as RFC 6962 defines it, and no two lists of lines with one hash."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.ledger.merkle import leaf, node, path, root, root_by

LINES = st.lists(st.binary(max_size=8), max_size=40)


def defined(lines: list[bytes]) -> bytes:
    """The definition in section 2.1, word by word."""
    if not lines:
        return sha256(b"").digest()
    if len(lines) == 1:
        return sha256(b"\x00" + lines[0]).digest()
    split = 1
    while split * 2 < len(lines):
        split *= 2
    return sha256(b"\x01" + defined(lines[:split]) + defined(lines[split:])).digest()


def hashed(lines: list[bytes]) -> bytes:
    return root([leaf(one) for one in lines])


@given(LINES)
def test_it_is_the_tree_of_the_definition(lines: list[bytes]) -> None:
    assert hashed(lines) == defined(lines)


@given(LINES, LINES)
def test_other_lines_have_another_root(some: list[bytes], others: list[bytes]) -> None:
    assert (hashed(some) == hashed(others)) == (some == others)


@given(LINES.filter(bool), st.data())
def test_one_that_is_changed_gone_or_moved_shows(lines: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(lines) - 1))
    changed = [*lines[:place], lines[place] + b"\x00", *lines[place + 1 :]]
    gone = [*lines[:place], *lines[place + 1 :]]
    moved = [*gone, lines[place]]

    assert hashed(changed) != hashed(lines)
    assert hashed(gone) != hashed(lines)
    assert (hashed(moved) == hashed(lines)) == (moved == lines)


@given(st.binary(min_size=64, max_size=64))
def test_a_node_never_passes_for_a_line(both: bytes) -> None:
    assert leaf(both) != node(both[:32], both[32:])
    assert root([node(both[:32], both[32:])]) != root([leaf(both)])


def test_the_last_one_is_not_doubled_to_fill_a_level() -> None:
    a, b, c = leaf(b"a"), leaf(b"b"), leaf(b"c")

    assert root([a, b, c]) == node(node(a, b), c)
    assert root([a, b, c]) != root([a, b, c, c])


class TestPath:
    @pytest.mark.parametrize("many", [1, 2, 3, 4, 5, 6, 7, 8, 9, 31, 32, 33])
    def test_each_comes_to_the_root_with_what_stands_beside_it(self, many: int) -> None:
        leaves = [leaf(bytes([one])) for one in range(many)]

        for place, one in enumerate(leaves):
            beside = path(leaves, place)
            assert root_by(one, place, many, beside) == root(leaves)
            assert len(beside) <= many.bit_length()

    def test_another_place_tree_or_company_leads_elsewhere_or_nowhere(self) -> None:
        leaves = [leaf(bytes([one])) for one in range(7)]
        beside, true = path(leaves, 2), root(leaves)

        for place, many, company in (
            (3, 7, beside),
            (2, 5, beside[1:]),
            (2, 7, beside[:-1]),
            (2, 7, [*beside, beside[0]]),
            (2, 7, beside[::-1]),
            (-1, 7, beside),
            (7, 7, beside),
        ):
            assert root_by(leaves[2], place, many, company) != true
