"""Words in messages to a record system: bokmål, for those who work at the office."""

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.dates import WEEKDAYS

from dialog.appointments import texts as appointment_texts
from dialog.appointments.queries import AppointmentView
from dialog.conversations import texts
from dialog.conversations.policy import Kind, Topic
from dialog.interop.messages import Code
from dialog.renewals.policy import PickUp
from dialog.renewals.queries import Request
from dialog.working_days import oslo_day

if TYPE_CHECKING:
    from dialog.conversations.models import Conversation

RENEWAL_SUBJECT = "Ønske om å fornye resept"
TAKEN_BACK = (
    "Pasienten har trukket e-konsultasjonen tilbake. Den skal ikke besvares og koster ingenting."
)
PICK_UP = {
    PickUp.PHARMACY: "Hentes på apotek",
    PickUp.MULTIDOSE: "Multidose",
    PickUp.OFFICE: "Hentes på legekontoret",
}
# List 8324; the codes for the others are not published, and they are said in words.
DELIVERED = {PickUp.PHARMACY: Code(value="AP", list="8324", text="Hentes på apotek")}


def subject(conversation: "Conversation", kind: Kind) -> str:
    """What a message is about, in a line; never the patient's own words."""
    with translation.override("nb"):
        topic = str(texts.TOPIC[Topic(conversation.topic)])
        return topic or str(texts.MATTER[kind])


def about(kind: Kind) -> str:
    """The service, as a description of the document."""
    with translation.override("nb"):
        return str(texts.MATTER[kind])


def renewal(asked: Request) -> str:
    """Each line that nobody has decided, with what the patient said to it."""
    lines = [
        f"– {one.title}{f': {one.comment}' if one.comment else ''}" for one in asked.open_lines
    ]
    return "\n".join(["Pasienten ber om å få fornyet:", *lines, PICK_UP[asked.pick_up] + "."])


def delivery(pick_up: PickUp) -> Code | None:
    """How it is to be delivered, as a code where there is one."""
    return DELIVERED.get(pick_up)


def wish(view: AppointmentView, words: str) -> str:
    """What the patient wishes for, in words and days."""
    with translation.override("nb"):
        days = ", ".join(str(WEEKDAYS[one]) for one in sorted(view.wish.weekdays))
        parts = ", ".join(str(appointment_texts.DAY_PART[one]) for one in sorted(view.wish.parts))
    said = [
        words,
        f"Dager: {days}" if days else "",
        f"Tid på dagen: {parts}" if parts else "",
        f"Møteform: {view.meeting_name}" if view.meeting else "",
        f"Tidligst {view.wish.earliest:%d.%m.%Y}" if view.wish.earliest else "",
        f"Senest {view.wish.latest:%d.%m.%Y}" if view.wish.latest else "",
        f"Passer ikke: {oslo_day(view.starts):%d.%m.%Y}" if view.starts else "",
    ]
    return "\n".join(one for one in said if one)
