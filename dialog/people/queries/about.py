"""Whom a matter is about, and whose list it is on: what every page that shows one asks."""

from dialog.actor import Actor, Side
from dialog.errors import NotFound
from dialog.people.queries.days import today
from dialog.people.queries.lists import LIST_BY_ID, OWNER_WIDTH, ListOwner, owner_of
from dialog.people.queries.patients import PERSON, Person, as_known
from dialog.statements import ask_one

# ``here``: the list of this practice that they are on today.
ABOUT = f"""
SELECT owner.*, {PERSON}, here.list_id
FROM ({LIST_BY_ID}) AS owner, people_patient AS patient
LEFT JOIN LATERAL (SELECT stay.patient_list_id FROM people_gpassignment AS stay
    WHERE stay.patient_id = patient.id AND stay.practice_id = %s AND stay.period @> %s::date
    LIMIT 1) AS here (list_id) ON true
WHERE patient.id = %s
"""  # noqa: S608 - our own columns


def about(by: Actor, patient_id: int, list_id: int) -> tuple[Person, ListOwner, bool]:
    """A patient and a list that this transaction may see, and whether the patient is on it today,
    where the actor works there; as ``patient_in`` and ``list_by_id`` tell of them.
    """
    found = ask_one(ABOUT, list_id, by.practice, today(), patient_id)
    if found is None:
        raise NotFound
    *columns, here = found
    owner, one = owner_of(columns[:OWNER_WIDTH]), Person(*columns[OWNER_WIDTH:])
    if by.side is Side.PRACTICE:
        one = as_known(one, here=here is not None)
    return one, owner, here == list_id
