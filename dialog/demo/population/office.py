"""A made-up office: who works there, as what, with which lists and timebooks."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange

from dialog.actor import PLATFORM, Actor, Duty, Role
from dialog.conversations.events import ServiceSwitched
from dialog.conversations.policy import Feature
from dialog.demo.population import names
from dialog.demo.population.bulk import Rows
from dialog.demo.population.timebooks import Clinician, Timebook, timebook, types
from dialog.ledger.events import Event
from dialog.people import events
from dialog.people.identity import identity_hash
from dialog.people.identity_number import synthetic
from dialog.people.policy import OF_NAMED_PEOPLE, Profession, duties
from dialog.working_days import oslo_day

NAME = "Elvebredden legesenter"
DELEGATED = {Role.NURSE: frozenset({Duty.PREPARE_RENEWALS})}


@dataclass(frozen=True, slots=True, kw_only=True)
class Doctor:
    """A doctor with a list."""

    actor: Actor
    list_id: int
    timebook: Timebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Nurse:
    """A nurse whom patients of every list may meet."""

    actor: Actor
    timebook: Timebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Everybody who works there, and since when."""

    practice_id: int
    opened: datetime
    doctors: tuple[Doctor, ...]
    nurses: tuple[Nurse, ...]
    staff: tuple[Actor, ...]
    laboratory: Timebook
    hired: tuple[tuple[str, Role], ...]

    @property
    def shared(self) -> tuple[Timebook, ...]:
        """The timebooks every list's patients may meet."""
        return (*(one.timebook for one in self.nurses), self.laboratory)


class Numbers:
    """Identity numbers of people who do not exist, each once; the cast has the first of a day."""

    def __init__(self) -> None:
        self._given: Counter[date] = Counter()

    def next(self, born: date) -> str:
        """The next number of a day."""
        self._given[born] += 1
        return synthetic(born, self._given[born])


def account(rows: Rows, number: str, name: str, since: datetime) -> tuple[int, UUID]:
    """Somebody who can sign in: their keys."""
    key, uuid = rows.new_key("people.Account"), rows.new_uuid()
    rows.add(
        "people.Account",
        id=key,
        uuid=uuid,
        identity_hash=identity_hash(number),
        identity_number=number,
        name=name,
        created_at=since,
    )
    return key, uuid


class Builder:
    """Puts an office together, step by step as its people would have."""

    def __init__(self, rows: Rows, numbers: Numbers, opened: datetime, today: date) -> None:
        self.rows, self.numbers = rows, numbers
        self.opened, self.today = opened, today
        self.practice_id = rows.new_key("people.Practice")
        self.period = DateRange(oslo_day(opened), None)
        self.kinds: dict[Profession, int] = {}
        self.hired: list[tuple[str, Role]] = []

    def build(self, practitioners: int) -> Office:
        """An office with so many doctors, and the nurses and staff they need."""
        self._practice()
        doctors = [self._hire(Role.PRACTITIONER) for _ in range(practitioners)]
        nurses = [self._hire(Role.NURSE) for _ in range(max(1, practitioners // 3))]
        staff = [self._hire(Role.STAFF) for _ in range(max(1, practitioners // 2))]
        self._hand_over()
        self.kinds = types(self.rows, self.practice_id, doctors[0], self.opened)
        return Office(
            practice_id=self.practice_id,
            opened=self.opened,
            doctors=tuple(
                self._doctor(one, specialist=not place) for place, one in enumerate(doctors)
            ),
            nurses=tuple(self._nurse(one) for one in nurses),
            staff=tuple(staff),
            laboratory=self._timebook(staff[0], Profession.LAB, "Laboratoriet", None),
            hired=tuple(self.hired),
        )

    def _practice(self) -> None:
        self.rows.add(
            "people.Practice",
            id=self.practice_id,
            name=NAME,
            phone="22000400",
            address="Elvegata 4, 0150 Oslo",
            opening_hours="Mandag til fredag 8–15.30",
            set_up_at=self.opened,
            created_at=self.opened,
        )
        opened = events.PracticeOpened(practice_id=self.practice_id)
        self.rows.record(self.opened, PLATFORM, opened)

    def _hire(self, role: Role) -> Actor:
        chance = self.rows.chance
        name = f"{names.given(chance)} {names.family(chance)}"
        born = date(chance.randint(1960, 1995), chance.randint(1, 12), chance.randint(1, 28))
        number = self.numbers.next(born)
        self.hired.append((number, role))
        key, uuid = account(self.rows, number, name, self.opened)
        reviews = role is Role.PRACTITIONER
        self.rows.add(
            "people.Membership",
            account_id=key,
            practice_id=self.practice_id,
            role=role,
            period=self.period,
            reviews_access=reviews,
        )
        self._platform(
            events.MemberAdded,
            member_account_id=key,
            member_role=role,
            first=oslo_day(self.opened),
            last=None,
        )
        return Actor(
            role=role,
            account_id=key,
            account_uuid=uuid,
            name=name,
            practice_id=self.practice_id,
            duties=duties(role, DELEGATED.get(role, frozenset()))
            | (OF_NAMED_PEOPLE if reviews else frozenset()),
        )

    def _platform(self, kind: type[Event], **codes: object) -> None:
        made = kind(practice_id=self.practice_id, **codes)  # type: ignore[arg-type]  # by kind
        self.rows.record(self.opened, PLATFORM, made)

    def _hand_over(self) -> None:
        """The office's own choice of who prepares renewals (R108)."""
        for role, handed in DELEGATED.items():
            for duty in handed:
                self.rows.add(
                    "people.Delegation", practice_id=self.practice_id, role=role, duty=duty
                )
                self._platform(events.DutyDelegated, member_role=role, duty=duty, on=True)

    def _doctor(self, hired: Actor, *, specialist: bool) -> Doctor:
        book = self._timebook(hired, Profession.DOCTOR, hired.name, hired, specialist=specialist)
        list_id = self.rows.new_key("people.PatientList")
        self.rows.add(
            "people.PatientList",
            id=list_id,
            practice_id=self.practice_id,
            practitioner_id=book.whose.practitioner_id,
            name="",
        )
        self._platform(events.ListOpened, list_id=list_id)
        for feature in Feature:
            self.rows.add(
                "conversations.ServiceSwitch",
                patient_list_id=list_id,
                practice_id=self.practice_id,
                feature=feature,
                switched_at=self.opened,
            )
            self._platform(ServiceSwitched, list_id=list_id, feature=feature, on=True)
        own = replace(
            hired, practitioner_id=book.whose.practitioner_id, list_ids=frozenset({list_id})
        )
        return Doctor(actor=own, list_id=list_id, timebook=book)

    def _nurse(self, hired: Actor) -> Nurse:
        book = self._timebook(hired, Profession.NURSE, hired.name, hired)
        own = replace(hired, practitioner_id=book.whose.practitioner_id)
        return Nurse(actor=own, timebook=book)

    def _timebook(
        self,
        keeper: Actor,
        profession: Profession,
        name: str,
        person: Actor | None,
        *,
        specialist: bool = False,
    ) -> Timebook:
        key, uuid = self.rows.new_key("people.Practitioner"), self.rows.new_uuid()
        self.rows.add(
            "people.Practitioner",
            id=key,
            uuid=uuid,
            practice_id=self.practice_id,
            account_id=person.account_id if person else None,
            name=name,
            profession=profession,
            specialist=specialist,
        )
        self._platform(events.PractitionerChanged, practitioner_id=key)
        whose = Clinician(
            practitioner_id=key,
            practitioner=uuid,
            profession=profession,
            specialist=specialist,
            keeper=keeper,
        )
        return timebook(
            self.rows, self.practice_id, whose, self.kinds[profession], self.opened, self.today
        )
