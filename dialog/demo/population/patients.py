"""The patients of a made-up office: households of all ages, and what they are prescribed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange

from dialog.actor import ALL_AREAS, PLATFORM, Actor, Consenting, Role
from dialog.demo.population import names
from dialog.demo.population.bulk import Rows
from dialog.demo.population.office import Doctor, Numbers, Office, account
from dialog.demo.population.words import MEDICINES
from dialog.people import events
from dialog.people.identity import identity_hash, sort_key
from dialog.people.policy import (
    OWN_VOICE,
    TEXT_VERSION,
    GivenAs,
    Language,
    ProxyKind,
    Stop,
    age,
    ends_with_age,
)
from dialog.renewals.events import PrescriptionEntered
from dialog.renewals.policy import Group, Source
from dialog.working_days import oslo_day

A_DAY = timedelta(days=1)
HAS_MEDICINES = 0.4
HAS_CARD = 0.08


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescribed:
    """A prescription on a patient's list."""

    id: int
    ref: UUID
    group: Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """A patient, whose list they are on, and who acts: they themselves, or a parent."""

    id: int
    uuid: UUID
    number: str
    phone: str
    born: date
    card_until: date | None
    doctor: Doctor
    actor: Actor
    prescribed: tuple[Prescribed, ...]

    @property
    def renewable(self) -> tuple[Prescribed, ...]:
        """What may be asked for in writing; the habit-forming need a consultation."""
        return tuple(one for one in self.prescribed if one.group in (Group.C, Group.NONE))


class Households:
    """Takes households onto the lists of an office until there are enough patients."""

    def __init__(self, rows: Rows, numbers: Numbers, office: Office, today: date) -> None:
        self.rows, self.numbers, self.office, self.today = rows, numbers, office, today
        self.chance: Random = rows.chance
        self.registered = office.opened + timedelta(hours=2)
        self._phone = 99_900_100

    def fill(self, many: int) -> list[Patient]:
        """So many patients, spread over the doctors' lists."""
        found: list[Patient] = []
        while len(found) < many:
            doctor = self.office.doctors[len(found) % len(self.office.doctors)]
            found.extend(self._household(doctor, many - len(found)))
        return found

    def _household(self, doctor: Doctor, most: int) -> Iterator[Patient]:
        name = names.family(self.chance)
        size = min(most, self.chance.choice((1, 1, 2, 2, 3, 4, 5)))
        parent = self._patient(doctor, name, self._born(22 if size > 2 else 18, 92))
        yield parent
        for place in range(1, size):
            if place == 1 and size != 2:
                yield self._patient(doctor, name, self._born(22, 60))
                continue
            young = size > 2 or self.chance.random() < 0.2
            born = self._born(0, 17) if young else self._born(20, 92)
            yield self._patient(doctor, name, born, parent=parent.actor)

    def _born(self, youngest: int, oldest: int) -> date:
        days = self.chance.randint(youngest * 366, oldest * 365)
        return self.today - timedelta(days=max(days, 500))

    def _patient(
        self, doctor: Doctor, family: str, born: date, parent: Actor | None = None
    ) -> Patient:
        given, number = names.given(self.chance), self.numbers.next(born)
        key, uuid = self.rows.new_key("people.Patient"), self.rows.new_uuid()
        child = age(born, self.today) < OWN_VOICE
        actor = self._child(key, born, parent) if child and parent else None
        if actor is None:
            actor = self._signed_in(key, f"{given} {family}", number)
        phone = "" if child else self._next_phone()
        card = self.chance.random() < HAS_CARD
        card_until = date(self.today.year, 12, 31) if card and not child else None
        self.rows.add(
            "people.Patient",
            id=key,
            uuid=uuid,
            account_id=actor.account_id if actor.role is Role.PATIENT else None,
            identity_hash=identity_hash(number),
            identity_number=number,
            given_name=given,
            family_name=family,
            sort_key=sort_key(family, given),
            born=born,
            phone=phone,
            contact_confirmed_at=self.registered,
            ceiling_card_until=card_until,
            created_at=self.registered,
        )
        self._take_on(key, doctor)
        self._say_yes(key, actor)
        return Patient(
            id=key,
            uuid=uuid,
            number=number,
            phone=phone,
            born=born,
            card_until=card_until,
            doctor=doctor,
            actor=actor,
            prescribed=() if child else self._prescriptions(key),
        )

    def _next_phone(self) -> str:
        self._phone += 1
        return str(self._phone)

    def _signed_in(self, key: int, name: str, number: str) -> Actor:
        first = self.registered + self.chance.randint(1, 9) * A_DAY
        account_id, uuid = account(self.rows, number, name, first)
        made = events.AccountMade(new_account_id=account_id, patient_id=key)
        self.rows.record(first, PLATFORM, made)
        return Actor(
            role=Role.PATIENT,
            account_id=account_id,
            account_uuid=uuid,
            name=name,
            patient_id=key,
            consent=Consenting.GIVEN,
        )

    def _child(self, key: int, born: date, parent: Actor) -> Actor:
        since = max(oslo_day(self.registered), born)
        self.rows.add(
            "people.Proxy",
            patient_id=key,
            account_id=parent.account_id,
            kind=ProxyKind.PARENT,
            period=DateRange(since, ends_with_age(ProxyKind.PARENT, born)),
            areas=sorted(ALL_AREAS),
            from_register=False,
            stopped=Stop.NONE,
        )
        self.rows.record(
            self.registered,
            PLATFORM,
            events.ProxyGranted(
                patient_id=key,
                proxy_account_id=parent.account,
                proxy_kind=ProxyKind.PARENT,
            ),
        )
        return Actor(
            role=Role.PROXY,
            account_id=parent.account_id,
            account_uuid=parent.account_uuid,
            name=parent.name,
            patient_id=key,
            consent=Consenting.GIVEN,
        )

    def _say_yes(self, key: int, actor: Actor) -> None:
        """A digital user from the day after they were registered."""
        given_as = GivenAs.ONESELF if actor.role is Role.PATIENT else GivenAs.PARENT
        at = self.registered + A_DAY
        self.rows.add(
            "people.DigitalConsent",
            patient_id=key,
            given_by_id=actor.account_id,
            given_as=given_as,
            given_at=at,
            text_version=TEXT_VERSION,
            language=Language.NB,
            replaced=False,
        )
        said = events.ConsentGiven(
            patient_id=key, given_as=given_as, text_version=TEXT_VERSION, language=Language.NB
        )
        self.rows.record(at, actor, said)

    def _take_on(self, key: int, doctor: Doctor) -> None:
        since, practice_id = oslo_day(self.registered), self.office.practice_id
        self.rows.add(
            "people.GpAssignment",
            patient_id=key,
            patient_list_id=doctor.list_id,
            practice_id=practice_id,
            period=DateRange(since, None),
        )
        self.rows.record(
            self.registered,
            self.office.staff[0],
            events.PatientRegistered(patient_id=key, practice_id=practice_id),
            events.GpAssigned(
                patient_id=key, practice_id=practice_id, list_id=doctor.list_id, since=since
            ),
        )

    def _prescriptions(self, key: int) -> tuple[Prescribed, ...]:
        if self.chance.random() > HAS_MEDICINES:
            return ()
        chosen = self.chance.sample(MEDICINES, self.chance.randint(1, 3))
        at = self.registered + timedelta(hours=1)
        return tuple(self._prescription(key, medicine, at) for medicine in chosen)

    def _prescription(self, key: int, medicine: tuple[str, ...], at: datetime) -> Prescribed:
        name, strength, form, dosage, atc, group = medicine
        row_id, ref = self.rows.new_key("renewals.Prescription"), self.rows.new_uuid()
        entering, practice_id = self.office.staff[0], self.office.practice_id
        self.rows.add(
            "renewals.Prescription",
            id=row_id,
            uuid=ref,
            practice_id=practice_id,
            patient_id=key,
            name=name,
            strength=strength,
            form=form,
            dosage=dosage,
            atc=atc,
            group=group,
            repeats_left=self.chance.choice((0, 0, 0, 1, 2)),
            valid_until=self.today + timedelta(days=self.chance.randint(-60, 300)),
            source=Source.IMPORTED,
            entered_by_id=entering.account_id,
            entered_at=at,
        )
        self.rows.record(
            at,
            entering,
            PrescriptionEntered(
                prescription_id=ref,
                source=Source.IMPORTED,
                patient_id=key,
                practice_id=practice_id,
            ),
        )
        return Prescribed(id=row_id, ref=ref, group=Group(group))
