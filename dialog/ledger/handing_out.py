"""Lines of the ledger for an authority, with what proves that they were sealed so (scope
``setup``).
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from dialog.actor import Role, Side
from dialog.ledger.orders import Order
from dialog.ledger.proofs import Proof, proof_of
from dialog.ledger.seals import COLUMNS, SEALS, Line, Seal
from dialog.statements import ask
from dialog.working_days import day_bounds

AT_A_TIME = 500
AT_WORK = [str(role) for role in Role if role.side is Side.PRACTICE]
THE_FIRST, THE_LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
OF_A_PATIENT = "patient_id = %s"
OF_A_WORKER = "practice_id = %s AND account_id = %s AND role = ANY (%s)"
ORDERED = f"""
SELECT {COLUMNS} FROM ledger_entry
WHERE {{whose}} AND id > %s AND at >= %s AND at < %s ORDER BY id LIMIT %s
"""  # noqa: S608 - our own columns
# The batch of each entry; of one that is not sealed, none.
BATCHES = """
SELECT entry.id, batch.number FROM unnest(%s::bigint[]) AS entry (id) CROSS JOIN LATERAL (
    SELECT number FROM ledger_seal AS seal WHERE seal.last_id >= entry.id AND EXISTS (
        SELECT 1 FROM generate_series(1, cardinality(seal.ids), 2) AS place
        WHERE entry.id BETWEEN seal.ids[place] AND seal.ids[place + 1])
    ORDER BY seal.last_id LIMIT 1) AS batch
"""
WITH_LEAVES = f"""
SELECT seal.*, leaves FROM ({SEALS}) AS seal JOIN ledger_seal AS kept USING (number)
WHERE number = ANY (%s)
"""  # noqa: S608 - our own words
HANDED_OUT = f"""
SELECT {COLUMNS} FROM ledger_entry
WHERE (patient_id = %s OR practice_id = %s) AND kind = 'LogHandedOut' AND details->>'digest' = %s
ORDER BY id DESC LIMIT 1
"""  # noqa: S608 - our own columns


def lines_for(order: Order) -> Iterator[list[Line]]:
    """What was ordered, the oldest first, some at a time."""
    values: tuple[object, ...]
    whose, values = OF_A_WORKER, (order.practice_id, order.account_id, AT_WORK)
    if order.patient_id is not None:
        whose, values = OF_A_PATIENT, (order.patient_id,)
    since = day_bounds(order.since)[0] if order.since else THE_FIRST
    until = day_bounds(order.until)[1] if order.until else THE_LAST
    after = 0
    statement = ORDERED.format(whose=whose)
    while found := ask(statement, *values, after, since, until, AT_A_TIME):
        yield [Line(*one) for one in found]
        after = found[-1][0]


def sealed_with(lines: Sequence[Line]) -> tuple[dict[int, Proof], list[Seal]]:
    """What proves each of these lines that has been sealed, and the seals it takes."""
    batch_of = dict(ask(BATCHES, [one.id for one in lines]))
    proofs: dict[int, Proof] = {}
    seals: list[Seal] = []
    for *values, leaves in ask(WITH_LEAVES, sorted(set(batch_of.values()))):
        seal = Seal(*values)
        seals.append(seal)
        covered = [id for id, number in batch_of.items() if number == seal.number]
        proofs |= {id: proof_of(id, seal, leaves) for id in covered}
    return proofs, seals


def handed_out(order: Order, digest: str) -> Line | None:
    """The line that says so, if it was written down."""
    found = ask(HANDED_OUT, order.patient_id, order.practice_id, digest)
    return Line(*found[0]) if found else None
