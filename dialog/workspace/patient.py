"""The patient as the strip on top of a conversation shows them."""

from dataclasses import dataclass

from django.urls import reverse

from dialog.people import queries as people
from dialog.people.policy import age
from dialog.people.queries import Person
from dialog.ui import dates
from dialog.workspace.reach import Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """Who it is, and how to reach them."""

    name: str
    born: str
    years: int
    phone: str
    reachable: bool
    href: str
    reach: Reach | None


def strip(patient: Person, reach: Reach | None = None) -> Strip:
    """Name, birth date, age and telephone, and whether they can be reached here at all (R8); where
    that has not been looked into, whether they have ever been here.
    """
    return Strip(
        name=patient.name,
        born=dates.numeric(patient.born),
        years=age(patient.born, people.today()),
        phone=patient.phone,
        reachable=patient.has_account,
        href=reverse("workspace:patient", args=[patient.uuid]),
        reach=reach,
    )
