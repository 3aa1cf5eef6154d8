"""Which facts a record system is told, and which of its messages are answered."""

from dialog.conversations.events import ServiceSwitched
from dialog.interop.actions import PUBLISHER, SUBSCRIBER
from dialog.interop.events import MessageUnderstood
from dialog.interop.letters import TELLS
from dialog.interop.offering import Publish
from dialog.interop.outbound import Answer, Tell
from dialog.ledger.subscribers import subscribe

subscribe(SUBSCRIBER, Tell(), to=tuple(TELLS), by_choice=True, patient=True)
subscribe("interop-answers", Answer(), to=(MessageUnderstood,), patient=True)
subscribe(PUBLISHER, Publish(), to=(ServiceSwitched,), by_choice=True, patient=True)
