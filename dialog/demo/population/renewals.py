"""Renewals as their steps leave them: the rows and facts the room's actions would write."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dialog.conversations.policy import Verb
from dialog.demo.population.matters import Does, Matter
from dialog.demo.population.steps import Act, Step
from dialog.renewals import events
from dialog.renewals.policy import ItemStatus, ItemVerb, turn


@dataclass(kw_only=True)
class ItemRow:
    """The columns of a line that its steps decide."""

    id: UUID
    conversation_id: UUID
    place: int
    prescription_id: int
    comment: str
    status: ItemStatus = ItemStatus.REQUESTED
    reason: str = ""
    explanation: str = ""
    prepared_by_id: int | None = None
    prepared_at: datetime | None = None
    decided_by_id: int | None = None
    decided_at: datetime | None = None


class Request:
    """A matter about prescriptions."""

    def __init__(self, matter: Matter) -> None:
        self.matter = matter
        self.items: list[ItemRow] = []
        self.does: dict[Act, Does] = {
            Act.ASK_RENEWAL: self._ask,
            Act.PREPARE: self._prepare,
            Act.DECIDE: self._decide,
        }

    def _ask(self, step: Step) -> None:
        matter = self.matter
        matter.start(step)
        matter.rows.add("renewals.Renewal", conversation_id=matter.id, pick_up=step.pick_up)
        for place, line in enumerate(step.lines, start=1):
            item = ItemRow(
                id=matter.rows.new_uuid(),
                conversation_id=matter.id,
                place=place,
                prescription_id=line.prescribed.id,
                comment=line.comment,
            )
            self.items.append(item)
            matter.rows.follow("renewals.RenewalItem", item)
        matter.record(step, events.RenewalRequested(lines=len(step.lines), **matter.about))

    def _prepare(self, step: Step) -> None:
        for item in self.items:
            item.status = turn(item.status, ItemVerb.PREPARE, step.by)
            item.prepared_by_id, item.prepared_at = step.by.account_id, step.at
            prepared = events.RenewalPrepared(item_id=item.id, **self.matter.about)
            self.matter.record(step, prepared)

    def _decide(self, step: Step) -> None:
        for item, line in zip(self.items, step.lines, strict=True):
            item.status = turn(item.status, line.verb, step.by)
            item.reason, item.explanation = line.reason, line.explanation
            item.decided_by_id, item.decided_at = step.by.account_id, step.at
        self.matter.turn(step, Verb.CLOSE)
        for item in self.items:
            self.matter.record(
                step,
                events.RenewalDecided(
                    item_id=item.id,
                    status=item.status,
                    last=item is self.items[-1],
                    **self.matter.about,
                ),
            )
