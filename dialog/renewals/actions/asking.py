"""Asking: the patient marks what to renew, line by line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from dialog.actor import Actor, Side
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Kind
from dialog.errors import AlreadyRequested, InvalidInput, NotAllowed, NotFound, constraints
from dialog.ledger.actions import record
from dialog.renewals import queries
from dialog.renewals.events import RenewalRequested
from dialog.renewals.models import Prescription, Renewal, RenewalItem
from dialog.renewals.policy import (
    LONGEST_COMMENT,
    LONGEST_NAME,
    MOST_EARLIER,
    MOST_LINES,
    PickUp,
    Source,
)
from dialog.renewals.ports import Medicine
from dialog.rows import action

if TYPE_CHECKING:
    from dialog.conversations.models import Conversation


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One line: a prescription by its reference, or an earlier medicine in the patient's words."""

    prescription: UUID | None = None
    words: str = ""
    comment: str = ""


@action
def request_renewal(
    *,
    by: Actor,
    wishes: Sequence[Wish],
    pick_up: PickUp = PickUp.PHARMACY,
    continues_id: UUID | None = None,
) -> "Conversation":
    """Ask to have prescriptions renewed; a medicine never prescribed needs an appointment (R95)."""
    must_be_allowed(by)
    _must_make_sense(wishes)
    one_at_a_time(by)
    medicines = _asked_for(by, wishes)
    conversation = conversations.start(
        by=by,
        kind=Kind.RENEWAL,
        patient_id=by.patient,
        continues_id=continues_id,
        reserved=any(one.reserved for one in medicines.values()),
    )
    Renewal.objects.create(conversation=conversation, pick_up=pick_up)
    with constraints(renewal_item_once=AlreadyRequested):
        RenewalItem.objects.bulk_create(
            _item(conversation, place, wish, medicines.get(wish.prescription))
            for place, wish in enumerate(wishes, start=1)
        )
    record(by, RenewalRequested(lines=len(wishes), **conversations.about(conversation)))
    return conversation


def must_be_allowed(by: Actor) -> None:
    """Whether this actor asks for renewals at all; where the office says so, parents do not."""
    if by.side is not Side.PATIENT:
        raise NotAllowed
    service = queries.service_for(by)
    if service is not None and service.closed_to_parents:
        raise NotAllowed


def _must_make_sense(wishes: Sequence[Wish]) -> None:
    if not wishes:
        raise InvalidInput(_("Kryss av for det du vil ha fornyet."), field="items")
    earlier = [one for one in wishes if one.prescription is None]
    if len(wishes) > MOST_LINES or len(earlier) > MOST_EARLIER:
        raise InvalidInput(_("Det er for mye på én gang. Send resten etterpå."), field="items")
    if any(not one.words.strip() or len(one.words) > LONGEST_NAME for one in earlier):
        raise InvalidInput(_("Skriv navnet på det du har brukt før."), field="earlier")
    if any(len(one.comment) > LONGEST_COMMENT for one in wishes):
        raise InvalidInput(_("Kommentaren er for lang. Kort den ned litt."), field="items")


def one_at_a_time(by: Actor) -> None:
    """Two clicks, or two windows, that ask for the same: the second sees the first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('renewal'), %s::int)",
            [by.patient % (2**31)],
        )


def _asked_for(by: Actor, wishes: Iterable[Wish]) -> dict[UUID | None, Medicine]:
    offers = {one.medicine.ref: one for one in queries.offers(by)}
    found: dict[UUID | None, Medicine] = {}
    for ref in (one.prescription for one in wishes if one.prescription):
        offer = offers.get(ref)
        if offer is None:
            raise NotFound
        if not offer.may_ask:
            raise InvalidInput(
                _("%(name)s kan ikke fornyes her. Bestill time for å snakke med legen.")
                % {"name": offer.medicine.name},
                field="items",
            )
        if offer.asked_in is not None:
            raise AlreadyRequested(
                _("Du har alt bedt om å få fornyet %(name)s.") % {"name": offer.medicine.name},
                field="items",
            )
        found[ref] = offer.medicine
    return found


def _item(
    conversation: "Conversation", place: int, wish: Wish, medicine: Medicine | None
) -> RenewalItem:
    item = RenewalItem(conversation=conversation, place=place, comment=wish.comment.strip())
    if medicine is None:
        item.words = wish.words.strip()
    else:
        item.prescription = _row(conversation, medicine)
    return item


def _row(conversation: "Conversation", medicine: Medicine) -> Prescription:
    """The prescription's own row; one that only an outside source has is written down as asked."""
    row, _made = Prescription.objects.get_or_create(
        uuid=medicine.ref,
        defaults={
            "practice_id": conversation.practice_id,
            "patient_id": conversation.patient_id,
            "name": medicine.name,
            "strength": medicine.strength,
            "form": medicine.form,
            "dosage": medicine.dosage,
            "atc": medicine.atc,
            "group": medicine.group,
            "repeats_left": medicine.repeats_left,
            "valid_until": medicine.valid_until,
            "control_by": medicine.control_by,
            "reserved": medicine.reserved,
            "source": Source.REGISTER,
        },
    )
    return row
