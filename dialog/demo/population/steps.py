"""What people do in the history of a made-up office, as a list of steps that can be replayed."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from dialog.actor import Actor
from dialog.appointments.policy import DayPart, MeetingType
from dialog.conversations.policy import Kind, Topic
from dialog.demo.population.patients import Patient, Prescribed
from dialog.demo.population.timebooks import Slot, Timebook
from dialog.renewals.policy import ItemVerb, PickUp, Reason


class Act(StrEnum):
    """The actions that histories are made of."""

    SIGN_IN = "sign-in"
    READ = "read"
    REPLY = "reply"
    CLOSE = "close"
    BOOK = "book"
    WISH = "wish"
    PROPOSE = "propose"
    GIVE = "give"
    ACCEPT = "accept"
    MOVE = "move"
    CANCEL = "cancel"
    ATTENDED = "attended"
    ABSENT = "absent"
    ASK_RENEWAL = "ask-renewal"
    PREPARE = "prepare"
    DECIDE = "decide"
    ASK_DOCTOR = "ask-doctor"
    ANSWER = "answer"
    ASK_MORE = "ask-more"
    COMPLETE = "complete"
    DECLINE = "decline"
    REFER = "refer"
    WITHDRAW = "withdraw"
    JOURNAL = "journal"
    FOLLOWED_UP = "followed-up"
    ENQUIRE = "enquire"
    REDIRECT = "redirect"
    WRITE = "write"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a renewal, and what becomes of it."""

    prescribed: Prescribed
    comment: str = ""
    verb: ItemVerb = ItemVerb.RENEW
    reason: Reason = Reason.NONE
    explanation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Somebody does something at a moment; the fields an act does not need are left alone."""

    at: datetime
    by: Actor
    act: Act
    text: str = ""
    topic: Topic = Topic.NONE
    book: Timebook | None = None
    slot: Slot | None = None
    meeting: MeetingType | None = None
    weekdays: tuple[int, ...] = ()
    parts: tuple[DayPart, ...] = ()
    fee: int | None = None
    lines: tuple[Line, ...] = ()
    pick_up: PickUp = PickUp.PHARMACY
    card: tuple[str, ...] = ()
    follow_up_on: date | None = None
    to: Kind | None = None
    reply_allowed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Story:
    """One matter of one patient, from its beginning to where it has come."""

    kind: Kind
    patient: Patient
    steps: tuple[Step, ...] = field(default=())
