"""What came of it: the thread, the receipts, and how far each message has come."""

from uuid import UUID

from dialog import rows
from dialog.conversations import queries as conversations
from dialog.conversations.queries import Thread
from dialog.demo.cast import Cast, number
from dialog.interop.messages import Message, Person, Receipt
from dialog.interop.messages.people import national
from dialog.interop.models import Transmission
from tests.interop.record_system import RecordSystem

KARI = Person(given="Kari", family="Nordmann", identities=(national(number("kari")),))


def thread(cast: Cast, conversation_id: UUID) -> Thread:
    with rows.seeing(account=cast.kari.account_id, patient=cast.kari.patient_id):
        return conversations.thread(cast.kari, conversation_id)


def receipts(epj: RecordSystem) -> list[Receipt]:
    return [one for one in epj.heard() if isinstance(one, Receipt)]


def states(epj: RecordSystem) -> list[str]:
    with epj.as_role("dialog_relay"), rows.seeing(scope="relay"):
        return list(Transmission.objects.order_by("id").values_list("state", flat=True))


def heard(epj: RecordSystem) -> Message:
    (message,) = epj.messages()
    return message
