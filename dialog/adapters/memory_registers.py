"""The national registers in memory, for tests."""

from collections.abc import Collection, Mapping

from dialog.errors import PortError
from dialog.people.contact_register import Contacted
from dialog.people.gp_register import Listed
from dialog.people.personnel_register import HealthProfessional
from dialog.people.ports import Registered


class MemoryPopulation:
    """Knows whom it has been told of; a test may say that it is away, and count the questions."""

    def __init__(self) -> None:
        self.known: dict[str, Registered] = {}
        self.away = False
        self.silent_about: set[str] = set()
        self.asked: list[str] = []

    def person(self, number: str) -> Registered | None:
        """Somebody, if it has been told of them."""
        self.asked.append(number)
        if self.away or number in self.silent_about:
            raise PortError
        return self.known.get(number)


class MemoryPersonnel:
    """Knows whom it has been told of as health personnel; a test may say that it is away."""

    def __init__(self) -> None:
        self.known: dict[str, HealthProfessional] = {}
        self.away = False
        self.asked: list[str] = []

    def professional(self, number: str) -> HealthProfessional | None:
        """Somebody, if it has been told of them."""
        self.asked.append(number)
        if self.away:
            raise PortError
        return self.known.get(number)


class MemoryGps:
    """Knows whose list it has been told that people are on; a test may say that it is away."""

    def __init__(self) -> None:
        self.known: dict[str, Listed] = {}
        self.away = False
        self.asked: list[str] = []

    def list_of(self, number: str) -> Listed | None:
        """Somebody's list, if it has been told."""
        self.asked.append(number)
        if self.away:
            raise PortError
        return self.known.get(number)


class MemoryContact:
    """Knows what it has been told; a test may say that it is away, and count the questions."""

    def __init__(self) -> None:
        self.known: dict[str, Contacted] = {}
        self.away = False
        self.asked: list[str] = []

    def people(self, numbers: Collection[str]) -> Mapping[str, Contacted]:
        """Each of them; whoever it has not been told of is not registered."""
        self.asked.extend(numbers)
        if self.away:
            raise PortError
        return {one: self.known.get(one, Contacted()) for one in numbers}
