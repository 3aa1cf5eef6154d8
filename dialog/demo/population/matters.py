"""A conversation as its steps leave it: the rows and facts the core's actions would write."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dialog.actor import Role, Side
from dialog.conversations.actions.about import About
from dialog.conversations.actions.looks import SAME_LOOK
from dialog.conversations.events import (
    ConversationClosed,
    ConversationRead,
    ConversationStarted,
    MessageSent,
)
from dialog.conversations.policy import Kind, Outcome, Status, Topic, Verb, policy_of, turn
from dialog.demo.population.bulk import Rows
from dialog.demo.population.office import Office
from dialog.demo.population.steps import Act, Step, Story
from dialog.ledger.events import Event
from dialog.people.events import SignedIn
from dialog.working_days import answer_deadline

Does = Callable[[Step], None]


@dataclass(kw_only=True)
class ConversationRow:
    """The columns of a conversation that its steps decide."""

    id: UUID
    kind: Kind
    status: Status
    topic: Topic
    practice_id: int
    patient_list_id: int
    patient_id: int
    started_side: Side
    started_by_id: int | None
    started_at: datetime
    changed_at: datetime
    owner_role: Role
    due_at: datetime | None
    reply_allowed: bool
    owner_id: int | None = None
    outcome: str = ""
    version: int = 1
    opened_at: datetime | None = None
    opened_by_id: int | None = None
    practice_seen_at: datetime | None = None
    patient_opened_at: datetime | None = None
    redirected_to: str = ""
    closed_at: datetime | None = None


@dataclass(kw_only=True)
class ReadMarkRow:
    """How far somebody has read."""

    conversation_id: UUID
    account_id: int
    version: int
    read_at: datetime


class Matter:
    """A conversation under way; the rows of the service it belongs to are kept beside it."""

    row: ConversationRow

    def __init__(self, rows: Rows, office: Office, story: Story) -> None:
        self.rows, self.office = rows, office
        self.patient, self.kind = story.patient, story.kind
        self.id: UUID = rows.new_uuid()
        self._marks: dict[int, ReadMarkRow] = {}

    @property
    def does(self) -> dict[Act, Does]:
        """What can be done in any of the services."""
        return {
            Act.SIGN_IN: self._sign_in,
            Act.READ: self.read,
            Act.REPLY: self.reply,
            Act.CLOSE: lambda step: self.turn(step, Verb.CLOSE),
        }

    @property
    def about(self) -> About:
        """What every event in it says it is about."""
        return About(
            patient_id=self.patient.id,
            practice_id=self.office.practice_id,
            conversation_id=self.id,
        )

    def record(self, step: Step, *events: Event) -> None:
        """Remember what happened."""
        self.rows.record(step.at, step.by, *events)

    def _sign_in(self, step: Step) -> None:
        by = step.by
        self.record(
            step,
            SignedIn(as_side=by.side, patient_id=by.patient_id, practice_id=by.practice_id),
        )

    def start(
        self, step: Step, status: Status | None = None, *, owner_id: int | None = None
    ) -> None:
        """Open it, with the words of the step where there are any."""
        by_patient = step.by.side is Side.PATIENT
        asked = Status.WITH_PATIENT if step.reply_allowed else Status.RESTING
        opening = status or (Status.WITH_PRACTICE if by_patient else asked)
        self.row = ConversationRow(
            id=self.id,
            kind=self.kind,
            status=opening,
            topic=step.topic,
            practice_id=self.office.practice_id,
            patient_list_id=self.patient.doctor.list_id,
            patient_id=self.patient.id,
            started_side=step.by.side,
            started_by_id=step.by.account_id,
            started_at=step.at,
            changed_at=step.at,
            owner_id=owner_id,
            owner_role=policy_of(self.kind).owner,
            due_at=None if opening is Status.RESTING else self._due(step.at),
            reply_allowed=step.reply_allowed,
            patient_opened_at=step.at if by_patient else None,
            opened_at=None if by_patient else step.at,
            opened_by_id=None if by_patient else step.by.account_id,
            practice_seen_at=None if by_patient else step.at,
        )
        self.rows.follow("conversations.Conversation", self.row)
        self.record(step, ConversationStarted(service=self.kind, side=step.by.side, **self.about))
        if step.text:
            self.say(step, opening=True)

    def _due(self, since: datetime) -> datetime:
        return answer_deadline(since, policy_of(self.kind).answer_days)

    def say(self, step: Step, text: str = "", *, opening: bool = False) -> None:
        """Send words: the step's own, or others."""
        message_id = self.rows.new_uuid()
        self.rows.add(
            "conversations.Message",
            id=message_id,
            conversation_id=self.id,
            side=step.by.side,
            author_id=step.by.account_id,
            author_role=step.by.role,
            author_name=step.by.name,
            text=text or step.text,
            sent_at=step.at,
        )
        sent = MessageSent(message_id=message_id, side=step.by.side, opening=opening, **self.about)
        self.record(step, sent)

    def turn(self, step: Step, verb: Verb, outcome: Outcome = Outcome.ANSWERED) -> None:
        """Move it on, as the table of turns says."""
        row, after = self.row, turn(self.kind, self.row.status, verb, step.by)
        if after is Status.WITH_PRACTICE and row.status is not Status.WITH_PRACTICE:
            row.due_at = self._due(step.at)
        elif after in (Status.RESTING, Status.CLOSED):
            row.due_at = None
        row.status = after
        row.version += 1
        row.changed_at = step.at
        if step.by.side is Side.PATIENT:
            row.patient_opened_at = step.at
        else:
            row.practice_seen_at = step.at
        if after is Status.CLOSED:
            row.closed_at, row.outcome = step.at, outcome
            self.record(step, ConversationClosed(outcome=outcome, **self.about))

    def reply(self, step: Step) -> None:
        """Answer the other side."""
        self.turn(step, Verb.REPLY)
        self.say(step)

    def read(self, step: Step) -> None:
        """Open the thread: what is seen is marked, and the look is on the patient's log."""
        row = self.row
        if step.by.side is Side.PATIENT:
            if row.patient_opened_at is None or row.patient_opened_at < row.changed_at:
                row.patient_opened_at = step.at
        else:
            if row.practice_seen_at is None or row.practice_seen_at < row.changed_at:
                row.practice_seen_at = step.at
            if row.opened_at is None:
                row.opened_at, row.opened_by_id = step.at, step.by.account_id
        if self._is_a_new_look(step):
            self.record(step, ConversationRead(side=step.by.side, **self.about))

    def _is_a_new_look(self, step: Step) -> bool:
        mark = self._marks.get(step.by.account)
        if mark is None:
            mark = ReadMarkRow(
                conversation_id=self.id,
                account_id=step.by.account,
                version=self.row.version,
                read_at=step.at,
            )
            self._marks[step.by.account] = mark
            self.rows.follow("conversations.ReadMark", mark)
            return True
        if mark.version == self.row.version and step.at - mark.read_at < SAME_LOOK:
            return False
        mark.version, mark.read_at = self.row.version, step.at
        return True
