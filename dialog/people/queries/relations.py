"""How those who work at an office are related to patients they have looked at, as far as it is
known here; for the platform, which follows up the log.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from dialog import rows
from dialog.people.identity import identity_hash
from dialog.people.models import RegisterAnswer
from dialog.people.policy import ProxyKind, Register, Relation, same_family_name
from dialog.people.queries.days import today
from dialog.statements import ask

Pair = tuple[int, int]  # an account, and a patient
NOTHING: frozenset[bytes] = frozenset()

# A right to act that is over has been there all the same: who somebody is to another has not.
PAIRS = """
SELECT pair.account_id, pair.patient_id, account.name, account.identity_hash, patient.account_id,
    patient.family_name, patient.identity_hash,
    EXISTS (SELECT 1 FROM people_membership AS work WHERE work.account_id = patient.account_id
        AND work.practice_id = %s AND work.period @> %s::date),
    ARRAY(SELECT kind FROM people_proxy AS ours
        WHERE ours.patient_id = pair.patient_id AND ours.account_id = pair.account_id),
    ARRAY(SELECT kind FROM people_proxy AS theirs
        JOIN people_patient AS own ON own.id = theirs.patient_id
        WHERE own.account_id = pair.account_id AND theirs.account_id = patient.account_id)
FROM unnest(%s::bigint[], %s::bigint[]) AS pair (account_id, patient_id)
JOIN people_account AS account ON account.id = pair.account_id
JOIN people_patient AS patient ON patient.id = pair.patient_id
"""


@dataclass(frozen=True, slots=True)
class Related:
    """What a patient is to somebody. ``protected``: the population register protects the patient's
    address, which is told to nobody (R26). ``lot``: a number that stays with the patient, and that
    nobody knows who has not got the key of the hashes.
    """

    relations: frozenset[Relation]
    protected: bool
    lot: int


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the population register has answered about somebody: others by the keyed hash of their
    numbers. How old the answer is does not matter: nobody ceases to be a child.
    """

    children: frozenset[bytes] = NOTHING
    parents: frozenset[bytes] = NOTHING
    others: frozenset[bytes] = NOTHING
    protected: bool = False


UNKNOWN = _Kept()


def relations(practice_id: int, pairs: Collection[Pair]) -> dict[Pair, Related]:
    """Each of these who worked at an office, and the patient they looked at."""
    with rows.seeing(practice=practice_id, scope="door"):
        accounts, patients = [one for one, _ in pairs], [one for _, one in pairs]
        found = ask(PAIRS, practice_id, today(), accounts, patients)
        kept = _kept(
            {bytes(one) for _, _, _, ours, _, _, theirs, *_ in found for one in (ours, theirs)}
        )
    return {(account, patient): _related(account, kept, *more) for account, patient, *more in found}


def _related(
    account_id: int,
    kept: dict[bytes, _Kept],
    name: str,
    our_hash: bytes,
    their_account_id: int | None,
    family_name: str,
    their_hash: bytes,
    colleague: bool,
    act_for: Collection[str],
    acted_for_by: Collection[str],
) -> Related:
    own, other = bytes(our_hash), bytes(their_hash)
    ours, theirs = kept.get(own, UNKNOWN), kept.get(other, UNKNOWN)
    lot = int.from_bytes(other[:8], "big")
    if account_id == their_account_id or own == other:
        return Related(frozenset({Relation.SELF}), theirs.protected, lot)
    told = {
        Relation.CHILD: ProxyKind.PARENT in act_for
        or other in ours.children
        or own in theirs.parents,
        Relation.PARENT: ProxyKind.PARENT in acted_for_by
        or other in ours.parents
        or own in theirs.children,
        Relation.ACTS_FOR: bool({*act_for, *acted_for_by} - {ProxyKind.PARENT})
        or other in ours.others
        or own in theirs.others,
        Relation.COLLEAGUE: colleague,
        Relation.SAME_NAME: same_family_name(name, family_name),
    }
    return Related(frozenset(one for one, yes in told.items() if yes), theirs.protected, lot)


def _kept(hashes: Collection[bytes]) -> dict[bytes, _Kept]:
    answers = RegisterAnswer.objects.filter(
        register=Register.POPULATION, subject_hash__in=list(hashes)
    )
    return {bytes(one.subject_hash): _read(one.answer) for one in answers}


def _read(answer: str) -> _Kept:
    if not answer:
        return UNKNOWN
    said = json.loads(answer)
    return _Kept(
        children=_hashed(said["children"]),
        parents=_hashed(one["number"] for one in said["parents"]),
        others=_hashed([*said["wards"], *said["guardians"]]),
        protected=said["protected"],
    )


def _hashed(numbers: Iterable[str]) -> frozenset[bytes]:
    return frozenset(identity_hash(one) for one in numbers)
