"""Patient lists: whose they are, and who looks after them."""

from collections.abc import Collection
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.errors import InvalidInput, NotFound, constraints
from dialog.ledger.actions import record
from dialog.people import events, queries
from dialog.people.actions.last_days import A_DAY, last_day_of
from dialog.people.actions.rights import must_manage
from dialog.people.models import ListMember, PatientList, Practitioner
from dialog.people.policy import Profession
from dialog.rows import action


@action
def open_list(
    *,
    by: Actor,
    practice_id: int,
    practitioner_id: int | None = None,
    name: str = "",
    team: Collection[int] = (),
) -> PatientList:
    """Make a patient list, for a doctor, or for a team when no doctor is named."""
    must_manage(by, practice_id)
    _must_have_somebody(practice_id, practitioner_id, name, team)
    with constraints(list_one_for_each_doctor=InvalidInput):
        made = PatientList.objects.create(
            practice_id=practice_id, practitioner_id=practitioner_id, name=name
        )
    _let_in(made, team)
    record(by, events.ListOpened(practice_id=practice_id, list_id=made.id))
    return made


def _must_have_somebody(
    practice_id: int, practitioner_id: int | None, name: str, team: Collection[int]
) -> None:
    """A list is a doctor's here, or has a name and a team of people here (R190)."""
    here = Practitioner.objects.filter(practice_id=practice_id, active=True)
    if practitioner_id is None and not name:
        raise InvalidInput(_("Skriv hva felleslisten heter."), field="name")
    if practitioner_id is None and not team:
        raise InvalidInput(_("Velg hvem som tar seg av felleslisten."), field="team")
    if here.filter(id__in=team).count() != len(set(team)):
        raise NotFound
    doctors = here.filter(profession=Profession.DOCTOR)
    if practitioner_id is not None and not doctors.filter(id=practitioner_id).exists():
        raise NotFound
    if practitioner_id is not None and last_day_of(practitioner_id) is not None:
        raise InvalidInput(
            _("Legen har en siste dag her. Sett legen inn som vikar på listen i stedet."),
            field="practitioner",
        )


def _let_in(patient_list: PatientList, team: Collection[int]) -> None:
    ListMember.objects.bulk_create(
        ListMember(
            patient_list=patient_list, practitioner_id=one, period=DateRange(queries.today(), None)
        )
        for one in sorted(set(team))
    )


@action
def change_list(
    *,
    by: Actor,
    list_id: int,
    practitioner_id: int | None = None,
    name: str = "",
    team: Collection[int] = (),
) -> None:
    """Give a list another doctor, or a team; its patients stay on it (R190)."""
    must_manage(by)
    changed = _list_here(by, list_id)
    _must_have_somebody(changed.practice_id, practitioner_id, name, team)
    changed.practitioner_id, changed.name = practitioner_id, name
    with constraints(list_one_for_each_doctor=InvalidInput):
        changed.save(update_fields=["practitioner", "name"])
    lasting = ListMember.objects.filter(patient_list=changed, period__endswith__isnull=True)
    staying = set(lasting.values_list("practitioner_id", flat=True)) & set(team)
    for gone in lasting.exclude(practitioner_id__in=staying):
        _end(gone)
    _let_in(changed, set(team) - staying)
    record(by, events.ListChanged(practice_id=changed.practice_id, list_id=list_id))


def _list_here(by: Actor, list_id: int) -> PatientList:
    found = (
        PatientList.objects.select_for_update()
        .filter(id=list_id, practice_id=by.practice, active=True)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def _end(member: ListMember) -> None:
    """From now; who came the same day was never there."""
    if member.period.lower >= queries.today():
        member.delete()
    else:
        member.period = DateRange(member.period.lower, queries.today())
        member.save(update_fields=["period"])


@action
def appoint_substitute(
    *, by: Actor, list_id: int, practitioner_id: int, since: date, until: date
) -> None:
    """Let a doctor here look after a list from one day and until, not including, another; it ends
    by itself (R180, R182).
    """
    must_manage(by)
    patient_list = _list_here(by, list_id)
    doctors = Practitioner.objects.filter(
        practice_id=by.practice, active=True, profession=Profession.DOCTOR
    )
    if not doctors.filter(id=practitioner_id).exists():
        raise NotFound
    if patient_list.practitioner_id == practitioner_id:
        raise InvalidInput(_("Legen har allerede denne listen."), field="practitioner")
    if until <= max(since, queries.today()):
        raise InvalidInput(_("Siste dag må være i dag eller senere."), field="until")
    last = last_day_of(practitioner_id)
    if last is not None and until > last + A_DAY:
        raise InvalidInput(
            _("Legen slutter her før denne dagen. Forleng tiden under Ansatte først."),
            field="until",
        )
    with constraints(list_member_once_at_a_time=InvalidInput):
        ListMember.objects.create(
            patient_list=patient_list,
            practitioner_id=practitioner_id,
            period=DateRange(since, until),
        )
    record(
        by,
        events.SubstituteAppointed(
            practice_id=by.practice_id,
            list_id=list_id,
            practitioner_id=practitioner_id,
            since=since,
            until=until,
        ),
    )


@action
def end_substitute(*, by: Actor, list_id: int, practitioner_id: int) -> None:
    """End a substitute's time before it is out, from now."""
    must_manage(by)
    patient_list = _list_here(by, list_id)
    limited = ListMember.objects.filter(
        patient_list=patient_list,
        practitioner_id=practitioner_id,
        period__endswith__gt=queries.today(),
    )
    ended = list(limited)
    if not ended:
        raise NotFound
    for one in ended:
        _end(one)
    record(
        by,
        events.SubstituteEnded(
            practice_id=by.practice_id, list_id=list_id, practitioner_id=practitioner_id
        ),
    )
