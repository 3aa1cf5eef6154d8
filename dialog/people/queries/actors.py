"""Who acts, for whom, and where they work; asked anew at every request."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from dialog.actor import ALL_AREAS, Actor, Area, Consenting, Duty, Role
from dialog.people.policy import (
    OF_NAMED_PEOPLE,
    ProxyKind,
    Stop,
    areas_for,
    duties,
    is_young,
    own_areas,
    recent,
    without_clinical,
)
from dialog.people.ports import connected
from dialog.people.queries.consents import consenting
from dialog.people.queries.days import today
from dialog.people.queries.patients import PERSON, Person
from dialog.people.queries.personnel import works_as
from dialog.statements import ask, ask_one

ONESELF = """
SELECT account.uuid, account.name, own.id, own.uuid, own.born,
    -- Asked of the young only; a year more, so that no time zone makes anybody too old.
    CASE WHEN own.born > current_date - interval '17 years' THEN
        EXISTS (SELECT 1 FROM people_ownaccess AS consent
                WHERE consent.patient_id = own.id AND consent.withdrawn_at IS NULL)
        ELSE false END,
    yes.given_as, yes.text_version
FROM people_account AS account LEFT JOIN people_patient AS own ON own.account_id = account.id
LEFT JOIN people_digitalconsent AS yes ON yes.patient_id = own.id AND yes.ended_at IS NULL
WHERE account.id = %s AND account.locked_at IS NULL
"""
WORKING = """
SELECT here.role, here.practice_id, here.account_id, account.uuid, account.name, self.id,
    here.reviews_access,
    ARRAY(SELECT held.kind FROM people_authorisation AS held
          JOIN people_professional AS known ON known.id = held.professional_id
          WHERE known.account_id = here.account_id AND known.heard_at > %s
          AND held.period @> %s::date AND NOT held.withdrawn),
    ARRAY(SELECT handed.duty FROM people_delegation AS handed
          WHERE handed.practice_id = here.practice_id AND handed.role = here.role),
    ARRAY(SELECT own.id FROM people_patientlist AS own
          WHERE own.practitioner_id = self.id AND own.active
          UNION SELECT shared.patient_list_id FROM people_listmember AS shared
          WHERE shared.practitioner_id = self.id AND shared.period @> %s::date)
FROM people_membership AS here
JOIN people_account AS account ON account.id = here.account_id
JOIN people_practice AS practice ON practice.id = here.practice_id
LEFT JOIN people_practitioner AS self ON self.account_id = here.account_id
    AND self.practice_id = here.practice_id AND self.active
WHERE here.period @> %s::date AND
"""
FIRST = "ORDER BY here.id LIMIT 1"
AT_WORK = f"""
{WORKING} here.account_id = %s AND account.locked_at IS NULL
    AND (%s::uuid IS NULL OR practice.uuid = %s::uuid) {FIRST}
"""
NAMES = "SELECT id, name FROM people_account WHERE id = ANY (%s)"
WORKING_AS = f"{WORKING} self.id = %s {FIRST}"
REPRESENTING = """
SELECT proxy.patient_id, proxy.kind, proxy.areas, proxy.stopped, proxy.confirmed_at, patient.born,
    yes.given_as, yes.text_version
FROM people_proxy AS proxy
JOIN people_patient AS patient ON patient.id = proxy.patient_id
LEFT JOIN people_digitalconsent AS yes ON yes.patient_id = patient.id AND yes.ended_at IS NULL
WHERE proxy.account_id = %s AND patient.uuid = %s AND proxy.period @> %s::date
"""
REPRESENTED = f"""
SELECT NULL AS kind, NULL AS areas, NULL AS stopped, NULL AS confirmed_at, {PERSON}
FROM people_patient AS patient WHERE patient.account_id = %s
UNION ALL
SELECT proxy.kind, proxy.areas, proxy.stopped, proxy.confirmed_at, {PERSON}
FROM people_patient AS patient
JOIN (SELECT * FROM people_proxy WHERE account_id = %s AND period @> %s::date) AS proxy
    ON proxy.patient_id = patient.id
"""  # noqa: S608 - our own columns
# Of whom the register stops somebody from acting for, the name is all that is still seen.
STOPPED = """
SELECT whom.name, whom.born, proxy.stopped, proxy.kind, proxy.areas, proxy.confirmed_at
FROM people_proxy AS proxy JOIN dialog_acted_for() AS whom ON whom.patient_id = proxy.patient_id
WHERE proxy.account_id = %s AND proxy.period @> %s::date AND proxy.stopped <> ''
ORDER BY proxy.id
"""
FRAMED = f"""
SELECT someone.*, practice.name, practice.phone FROM ({REPRESENTED}) AS someone
LEFT JOIN people_gpassignment AS stay ON stay.patient_id = someone.id
    AND stay.patient_id = %s AND stay.period @> %s::date
LEFT JOIN people_practice AS practice ON practice.id = stay.practice_id
"""  # noqa: S608 - our own columns


class Frame(NamedTuple):
    """What the frame of a patient's page says: whom one may act for, and the office of the one it
    is about now (empty when on no list here).
    """

    choices: list[Person]
    office: str
    phone: str


def patient_actor(account_id: int, *, acting_for: UUID | None = None) -> Actor | None:
    """Somebody as a patient, for themselves or for one they represent today; None when not
    entitled.

    Resolved at every request, so that a withdrawn mandate stops the very next one.
    """
    found = ask_one(ONESELF, account_id)
    if found is None:
        return None
    account_uuid, name, own_id, own_uuid, born, consented, *yes = found
    role, patient_id, areas, consent = Role.PATIENT, own_id, ALL_AREAS, Consenting.MISSING
    if born is not None:
        areas = own_areas(born, today(), consented=consented)
        consent = consenting(None, born, *yes)
    if acting_for is not None and acting_for != own_uuid:
        role, (patient_id, areas, consent) = Role.PROXY, _represented(account_id, acting_for)
        if not areas:
            return None
    return Actor(
        role=role,
        account_id=account_id,
        account_uuid=account_uuid,
        name=name,
        patient_id=patient_id,
        areas=areas,
        young=role is Role.PATIENT and born is not None and is_young(born, today()),
        consent=consent,
    )


def _represented(
    account_id: int, patient_uuid: UUID
) -> tuple[int | None, frozenset[Area], Consenting]:
    found = ask_one(REPRESENTING, account_id, patient_uuid, today())
    if found is None:
        return None, frozenset(), Consenting.ANOTHERS
    patient_id, kind, areas, stopped, confirmed_at, born, *yes = found
    right = Right(kind, areas, stopped, confirmed_at)
    areas = reach(right, born, at_most=settings.REGISTER_TO_GO_ON)
    return patient_id, areas, consenting(ProxyKind(kind), born, *yes)


class Right(NamedTuple):
    """By what right somebody acts for another: as it was given, and what the register says of it
    and said when. No kind: it is themselves.
    """

    kind: str | None
    areas: Sequence[str]
    stopped: str
    confirmed_at: datetime | None


def reach(right: Right, born: date, *, at_most: timedelta | None) -> frozenset[Area]:
    """In what a representative acts for somebody today; empty when in nothing (any more).

    Where there is a population register, its answer may be ``at_most`` so old; None: however old.
    """
    silent = (
        connected()
        and at_most is not None
        and not recent(right.confirmed_at, timezone.now(), at_most=at_most)
    )
    if right.kind is None or right.stopped or silent:
        return frozenset()
    return areas_for(
        ProxyKind(right.kind),
        born=born,
        on=today(),
        given=frozenset(map(Area, right.areas)),
        narrowed=settings.PARENTS_OF_OLDER_CHILDREN,
    )


def represented_by(account_id: int) -> list[Person]:
    """Everybody this account may begin to act for today, themselves first."""
    found = ask(REPRESENTED, account_id, account_id, today())
    return _entitled_to(found, at_most=settings.REGISTER_TO_BEGIN)


def whom_it_may_be_about(account_id: int) -> list[Person]:
    """Oneself first, and then everybody one acts for as far as is known here, however old the
    register's answer is; whoever is chosen is asked about anew.
    """
    found = ask(REPRESENTED, account_id, account_id, today())
    return _entitled_to(found, at_most=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotNow:
    """Somebody whom the register does not let this account act for, and why."""

    name: str
    reason: Stop


def not_now(account_id: int) -> list[NotNow]:
    """Those this account would act for, had the register nothing against it (R17, R26)."""
    found = ask(STOPPED, account_id, today())
    return [
        NotNow(name=name, reason=Stop(stopped))
        for name, born, stopped, kind, areas, confirmed_at in found
        if reach(Right(kind, areas, "", confirmed_at), born, at_most=None)
    ]


def frame(account_id: int, patient_id: int | None) -> Frame:
    """Whom one may go on acting for, and the office of one of them, in one statement: every page
    asks.
    """
    day = today()
    found = ask(FRAMED, account_id, account_id, day, patient_id, day)
    offices = [(name, phone) for *_person, name, phone in found if name is not None]
    office, phone = offices[0] if offices else ("", "")
    choices = _entitled_to((row[:-2] for row in found), at_most=settings.REGISTER_TO_GO_ON)
    return Frame(choices, office, phone)


def _entitled_to(rows: Iterable[Sequence[Any]], *, at_most: timedelta | None) -> list[Person]:
    found = [(Right(*row[:4]), Person(*row[4:])) for row in rows]
    own = [one for right, one in found if right.kind is None]
    others = [
        one
        for right, one in found
        if right.kind is not None and reach(right, one.born, at_most=at_most)
    ]
    return own + sorted(others, key=lambda one: one.sort_key)


def practice_actor(account_id: int, *, practice: UUID | None = None) -> Actor | None:
    """Somebody at work, at this practice or their only one; None when they do not work there
    today.
    """
    return _working(ask_one(AT_WORK, *_at(today()), account_id, practice, practice))


def _at(day: date) -> tuple[datetime, date, date, date]:
    """From when the health-personnel register's answers count, and the day of the rest."""
    return timezone.now() - settings.PERSONNEL_TO_WORK, day, day, day


def _working(found: Sequence[Any] | None) -> Actor | None:
    if found is None:
        return None
    role, practice_id, account_id, account_uuid, name, practitioner_id, *handed, lists = found
    reviews, held, delegated = handed
    own = OF_NAMED_PEOPLE if reviews else frozenset()
    given = duties(Role(role), frozenset(Duty(one) for one in delegated) | own)
    acting = works_as(Role(role), held)
    unauthorised = acting is not Role(role)
    return Actor(
        role=acting,
        account_id=account_id,
        account_uuid=account_uuid,
        name=name,
        practice_id=practice_id,
        practitioner_id=practitioner_id,
        list_ids=frozenset(lists),
        duties=without_clinical(given) if unauthorised else given,
        unauthorised=unauthorised,
    )


def practitioner_at_work(practitioner_id: int) -> Actor | None:
    """A practitioner as somebody at work, for a record system that speaks for them; None when they
    do not work there today.
    """
    return _working(ask_one(WORKING_AS, *_at(today()), practitioner_id))


def names_of(account_ids: Iterable[int]) -> dict[int, str]:
    """Names for the accounts this transaction may see."""
    asked = list(set(account_ids))
    return dict(ask(NAMES, asked)) if asked else {}
