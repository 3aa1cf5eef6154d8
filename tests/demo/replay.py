"""Does the steps of a story by the real actions, each at its own moment."""

from collections.abc import Callable, Iterable
from uuid import UUID

import time_machine

from dialog import rows
from dialog.appointments import actions as appointments
from dialog.conversations import actions as conversations
from dialog.conversations.models import FollowUp
from dialog.demo.population.steps import Act, Step, Story
from dialog.econsultations import actions as econsultations
from dialog.econsultations.actions.closing import CardText
from dialog.econsultations.actions.closing import FollowUp as Promise
from dialog.econsultations.policy import CARD_FIELDS
from dialog.people import actions as people
from dialog.renewals import actions as renewals
from dialog.renewals.models import RenewalItem


class Replay:
    """A story under way; ``conversation_id`` is known from its first act on."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.conversation_id: UUID | None = None

    def play(self) -> UUID:
        for step in self.story.steps:
            with time_machine.travel(step.at, tick=False):
                getattr(self, step.act.replace("-", "_"))(step)
        return self.conversation_id

    def on(self, act: Callable[..., object], step: Step, **said: object) -> object:
        return act(by=step.by, conversation_id=self.conversation_id, **said)

    def sign_in(self, step: Step) -> None:
        people.sign_in(by=step.by)

    def read(self, step: Step) -> None:
        self.on(conversations.read, step)

    def reply(self, step: Step) -> None:
        self.on(conversations.reply, step, text=step.text)

    def close(self, step: Step) -> None:
        self.on(conversations.close, step)

    def book(self, step: Step) -> None:
        booked = appointments.book_slot(
            by=step.by, slot_id=step.slot.id, text=step.text, meeting=step.meeting
        )
        self.conversation_id = booked.conversation_id

    def wish(self, step: Step) -> None:
        wished = appointments.request_appointment(
            by=step.by, text=step.text, weekdays=step.weekdays, parts=step.parts
        )
        self.conversation_id = wished.conversation_id

    def propose(self, step: Step) -> None:
        said = {"slot_id": step.slot.id, "text": step.text, "meeting": step.meeting}
        self.on(appointments.propose_time, step, **said)

    def give(self, step: Step) -> None:
        given = appointments.give_time(
            by=step.by,
            patient=self.story.patient.uuid,
            slot_id=step.slot.id,
            text=step.text,
            meeting=step.meeting,
        )
        self.conversation_id = given.conversation_id

    def accept(self, step: Step) -> None:
        self.on(appointments.accept_proposal, step)

    def move(self, step: Step) -> None:
        self.on(appointments.move, step, slot_id=step.slot.id)

    def cancel(self, step: Step) -> None:
        self.on(appointments.cancel, step, text=step.text, accepted_fee=step.fee)

    def attended(self, step: Step) -> None:
        self.on(appointments.mark_attended, step)

    def absent(self, step: Step) -> None:
        self.on(appointments.mark_absent, step)

    def ask_renewal(self, step: Step) -> None:
        wishes = [
            renewals.Wish(prescription=line.prescribed.ref, comment=line.comment)
            for line in step.lines
        ]
        asked = renewals.request_renewal(by=step.by, wishes=wishes, pick_up=step.pick_up)
        self.conversation_id = asked.id

    def prepare(self, step: Step) -> None:
        self.on(renewals.prepare, step, item_ids=self._items(step))

    def decide(self, step: Step) -> None:
        decisions = [
            renewals.Decision(
                item_id=item, verb=line.verb, reason=line.reason, explanation=line.explanation
            )
            for item, line in zip(self._items(step), step.lines, strict=True)
        ]
        self.on(renewals.decide, step, decisions=decisions)

    def _items(self, step: Step) -> list[UUID]:
        with rows.seeing(account=step.by.account_id, practice=step.by.practice_id):
            lines = RenewalItem.objects.filter(conversation_id=self.conversation_id)
            return list(lines.order_by("place").values_list("id", flat=True))

    def ask_doctor(self, step: Step) -> None:
        with rows.seeing(account=step.by.account_id, patient=step.by.patient_id):
            price = econsultations.requests.queries.price_today(step.by.patient)
        asked = econsultations.request_econsultation(
            by=step.by, text=step.text, topic=step.topic, accepted_price=price.amount
        )
        self.conversation_id = asked.id

    def answer(self, step: Step) -> None:
        self.on(econsultations.answer, step, text=step.text)

    def ask_more(self, step: Step) -> None:
        self.on(econsultations.ask_for_more, step, text=step.text)

    def complete(self, step: Step) -> None:
        card = CardText(**dict(zip(map(str, CARD_FIELDS), step.card, strict=True)))
        promise = None
        if step.follow_up_on:
            promise = Promise(on=step.follow_up_on, owner=step.by.account_uuid)
        said = {"card": card, "text": step.text, "follow_up": promise}
        self.on(econsultations.complete, step, **said)

    def decline(self, step: Step) -> None:
        self.on(econsultations.decline, step, reason=step.text)

    def refer(self, step: Step) -> None:
        self.on(econsultations.refer_to_appointment, step, text=step.text)

    def withdraw(self, step: Step) -> None:
        self.on(econsultations.withdraw, step)

    def journal(self, step: Step) -> None:
        self.on(econsultations.mark_journaled, step)

    def followed_up(self, step: Step) -> None:
        with rows.seeing(account=step.by.account_id, practice=step.by.practice_id):
            promised = FollowUp.objects.get(conversation_id=self.conversation_id)
        conversations.finish_follow_up(by=step.by, follow_up_id=promised.id, how=step.text)

    def enquire(self, step: Step) -> None:
        self._start(step)

    def write(self, step: Step) -> None:
        self._start(step)

    def _start(self, step: Step) -> None:
        begun = conversations.start(
            by=step.by,
            kind=self.story.kind,
            patient_id=self.story.patient.id,
            text=step.text,
            topic=step.topic,
            reply_allowed=step.reply_allowed,
        )
        self.conversation_id = begun.id

    def redirect(self, step: Step) -> None:
        self.on(conversations.redirect, step, to=step.to, text=step.text)


def some_of_each(stories: Iterable[Story], most: int = 1) -> list[Story]:
    """One or more of every course a story can take; never two of the same patient and service."""
    found: dict[object, list[Story]] = {}
    asked = set()
    for story in stories:
        course = tuple(one.act for one in story.steps if one.act not in (Act.SIGN_IN, Act.READ))
        alike = found.setdefault((story.kind, course), [])
        if len(alike) < most and (story.kind, story.patient.id) not in asked:
            alike.append(story)
            asked.add((story.kind, story.patient.id))
    return [one for alike in found.values() for one in alike]
