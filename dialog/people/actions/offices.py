"""Opening a practice, and what patients need to know to reach it."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.actor import Actor, Role, Side
from dialog.errors import InvalidInput, NotAllowed, NotFound
from dialog.ledger.actions import record
from dialog.people import events
from dialog.people.actions.accounts import register_account
from dialog.people.actions.lists import open_list
from dialog.people.actions.members import add_member
from dialog.people.actions.rights import must_manage
from dialog.people.actions.timebooks import add_practitioner
from dialog.people.identity import checked
from dialog.people.models import Account, PatientList, Practice
from dialog.people.policy import Channel
from dialog.rows import action

FEWEST_DIGITS, MOST_DIGITS = 5, 15
_is_address = URLValidator(schemes=["https", "http"])


@dataclass(frozen=True, slots=True, kw_only=True)
class StartedOffice:
    """A practice that is ready to be set up, and its first list."""

    practice_id: int
    list_id: int
    new: bool


@action
def open_practice(
    *, by: Actor, name: str, phone: str, address: str = "", organisation_number: str = ""
) -> Practice:
    """Begin to use the platform as a practice."""
    if by.side is not Side.PLATFORM:
        raise NotAllowed
    practice = Practice.objects.create(
        name=name, phone=phone, address=address, organisation_number=organisation_number
    )
    record(by, events.PracticeOpened(practice_id=practice.id))
    return practice


@action
def choose_channel(*, by: Actor, practice_id: int, channel: Channel) -> None:
    """Say where a practice does its work: here, or in a record system that is told and answers."""
    if by.side is not Side.PLATFORM:
        raise NotAllowed
    practice = Practice.objects.select_for_update().filter(id=practice_id).first()
    if practice is None:
        raise NotFound
    if practice.channel == channel:
        return
    practice.channel = channel
    practice.save(update_fields=["channel"])
    record(by, events.ChannelChosen(practice_id=practice.id, channel=channel))


@action
def change_practice(
    *,
    by: Actor,
    name: str,
    phone: str,
    address: str = "",
    opening_hours: str = "",
    website: str = "",
    show_staff_names: bool = True,
    done: bool = True,
) -> None:
    """Change the practice's own facts; the first time, this finishes setting it up."""
    must_manage(by)
    practice = Practice.objects.select_for_update().get(id=by.practice)
    practice.name, practice.phone = _said(name, "name"), _phone(phone)
    practice.address = address
    practice.opening_hours, practice.website = opening_hours, _website(website)
    practice.show_staff_names = show_staff_names
    if done and practice.set_up_at is None:
        practice.set_up_at = timezone.now()
    practice.save()
    record(by, events.PracticeChanged(practice_id=practice.id))


@action
def finish_set_up(*, by: Actor) -> None:
    """Say that the office is ready; from now on staff begin in the inbox."""
    must_manage(by)
    practice = Practice.objects.select_for_update().get(id=by.practice)
    if practice.set_up_at is None:
        practice.set_up_at = timezone.now()
        practice.save(update_fields=["set_up_at"])
        record(by, events.PracticeChanged(practice_id=practice.id))


@action
def start_office(
    *, by: Actor, name: str, phone: str, doctor: str, identity_number: str, specialist: bool = False
) -> StartedOffice:
    """Make a practice with its first doctor and the doctor's list; the same again finds it."""
    if by.side is not Side.PLATFORM:
        raise NotAllowed
    name, phone, doctor = (_said(name, "name"), _phone(phone), _said(doctor, "doctor"))
    number = checked(identity_number)
    account = register_account(by=by, identity_number=number.value, name=doctor)
    before = _already_started(name, account)
    if before is not None:
        return before
    practice = open_practice(by=by, name=name, phone=phone)
    add_member(by=by, practice_id=practice.id, account_id=account.id, role=Role.PRACTITIONER)
    practitioner = add_practitioner(
        by=by,
        practice_id=practice.id,
        name=doctor,
        account_id=account.id,
        specialist=specialist,
    )
    made = open_list(by=by, practice_id=practice.id, practitioner_id=practitioner.id)
    return StartedOffice(practice_id=practice.id, list_id=made.id, new=True)


def _said(text: str, field: str) -> str:
    if not text.strip():
        raise InvalidInput(_("Fyll ut dette feltet."), field=field)
    return text.strip()


def _phone(phone: str) -> str:
    """The digits of a telephone number, as people write it."""
    kept = "".join(one for one in phone if one not in " .-()")
    digits = kept.removeprefix("+")
    if not (digits.isdecimal() and FEWEST_DIGITS <= len(digits) <= MOST_DIGITS):
        raise InvalidInput(
            _("Skriv telefonnummeret med tall, for eksempel 22 33 44 55."), field="phone"
        )
    return kept


def _website(said: str) -> str:
    """The address of a web site, whole; patients follow it."""
    if not said:
        return ""
    address = said if "://" in said else f"https://{said}"
    longest = Practice._meta.get_field("website").max_length or 0
    try:
        _is_address(address)
    except ValidationError:
        longest = 0
    if len(address) > longest:
        raise InvalidInput(
            _("Skriv adressen til nettsiden, for eksempel www.legekontoret.no."), field="website"
        )
    return address


def _already_started(name: str, account: Account) -> StartedOffice | None:
    same = PatientList.objects.filter(
        practice__name__iexact=name, practitioner__account=account, active=True
    ).first()
    if same is None:
        return None
    return StartedOffice(practice_id=same.practice_id, list_id=same.id, new=False)
