"""Which numbers: as stretches from a first to a last, both counted, in order and apart."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

Stretch = tuple[int, int]
LOWEST, HIGHEST = -(2**63), 2**63 - 1  # of a bigint


def packed(numbers: Iterable[int]) -> list[Stretch]:
    """Numbers that rise, as stretches."""
    found: list[Stretch] = []
    for one in numbers:
        if found and found[-1][1] == one - 1:
            found[-1] = found[-1][0], one
        else:
            found.append((one, one))
    return found


def joined(*parts: Sequence[Stretch]) -> list[Stretch]:
    """All that is in any of them; those that touch become one."""
    found: list[Stretch] = []
    for first, last in sorted(one for part in parts for one in part):
        if found and first <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(found[-1][1], last)
        else:
            found.append((first, last))
    return found


def above(covered: Iterable[Stretch], floor: int) -> list[Stretch]:
    """What of it lies above a number."""
    return [(max(first, floor + 1), last) for first, last in covered if last > floor]


def holes(covered: Iterable[Stretch], floor: int, top: int = HIGHEST) -> list[Stretch]:
    """What lies above ``floor``, not above ``top``, and in none of the stretches."""
    found: list[Stretch] = []
    for first, last in above(covered, floor):
        if first > top:
            break
        if first > floor + 1:
            found.append((floor + 1, first - 1))
        floor = last
    return [*found, (floor + 1, top)] if floor < top else found


def each(stretches: Iterable[Stretch]) -> Iterator[int]:
    """Every number in them."""
    for first, last in stretches:
        yield from range(first, last + 1)


def count(stretches: Iterable[Stretch]) -> int:
    """How many numbers that is."""
    return sum(last - first + 1 for first, last in stretches)


def flat(stretches: Iterable[Stretch]) -> list[int]:
    """As they are kept in a column: first, last, first, last."""
    return [end for one in stretches for end in one]


def unflat(ends: Sequence[int]) -> list[Stretch]:
    """As they were before they were kept; ValueError when they can never have been."""
    found = list(zip(ends[::2], ends[1::2], strict=True))
    if any(first > last for first, last in found) or any(
        last >= first for (_, last), (first, _) in pairwise(found)
    ):
        raise ValueError("not in order")
    return found
