"""Going through what is written, in order and each entry once.

Entries are committed in another order than they are numbered, so nobody can follow them by their
numbers without missing some. The seals can be followed: each entry is in one of them, none is added
to, and they are numbered as they were made.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from dialog.ledger.stretches import Stretch, unflat
from dialog.statements import ask

SINCE = """
SELECT number, lines, ids FROM ledger_seal WHERE number > %s ORDER BY number LIMIT %s
"""
AT_A_TIME = 500  # seals; half a second has one at most
# What was seen of a patient by somebody who works at an office.
WITHIN = """
SELECT one.id, one.at, one.kind, one.account_id, one.role, one.patient_id, one.practice_id,
    coalesce(one.details->>'basis', ''), coalesce(one.details->>'reason', '')
FROM unnest(%s::bigint[], %s::bigint[]) AS stretch (first, last)
JOIN ledger_entry AS one ON one.id BETWEEN stretch.first AND stretch.last
WHERE one.kind = ANY(%s) AND one.role = ANY(%s) AND one.account_id IS NOT NULL
    AND one.patient_id IS NOT NULL AND one.practice_id IS NOT NULL
ORDER BY one.id
"""


@dataclass(frozen=True, slots=True)
class Followed:
    """An entry about what somebody at an office did with a patient; ``basis`` and ``reason`` are
    codes, empty where none was written down.
    """

    id: int
    at: datetime
    kind: str
    account_id: int
    role: str
    patient_id: int
    practice_id: int
    basis: str
    reason: str


def sealed_since(
    seal: int, *, kinds: Collection[str], roles: Collection[str], most: int
) -> tuple[int, list[Followed]]:
    """The entries of these kinds in the seals after this one, of as many seals as hold about so
    many entries, and the last of those seals; for the relay.
    """
    last, lines = seal, 0
    stretches: list[Stretch] = []
    for number, many, ids in ask(SINCE, seal, AT_A_TIME):
        if lines and lines + many > most:
            break
        last, lines = number, lines + many
        stretches += unflat(ids)
    firsts, lasts = [first for first, _ in stretches], [last for _, last in stretches]
    found = ask(WITHIN, firsts, lasts, sorted(kinds), sorted(roles)) if stretches else []
    return last, [Followed(*one) for one in found]
