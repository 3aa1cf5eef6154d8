"""Who hears what: facts are planned, and each plan is a debt of its own to tell one person."""

from dialog.ledger.subscribers import subscribe
from dialog.notifications.events import NotificationQueued
from dialog.notifications.planning import Planner
from dialog.notifications.readings import READINGS
from dialog.notifications.telling import Teller

subscribe("sms-plan", Planner(), to=tuple(READINGS))
subscribe("sms", Teller(), to=(NotificationQueued,))
