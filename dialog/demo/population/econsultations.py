"""E-consultations as their steps leave them: the rows and facts the room's actions would write."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dialog.conversations import tariff
from dialog.conversations.events import (
    ConversationAssigned,
    ConversationRedirected,
    FollowUpDone,
    FollowUpMade,
)
from dialog.conversations.policy import FollowUpReason, Kind, Outcome, Verb
from dialog.demo.population.matters import Does, Matter
from dialog.demo.population.steps import Act, Step
from dialog.econsultations import events
from dialog.econsultations.policy import CARD_FIELDS, EConsultationStatus, after, charge, is_evening
from dialog.econsultations.policy import Step as Change
from dialog.econsultations.queries.offers import WITHOUT_CHARGE
from dialog.working_days import OFFICE_CLOSES, OSLO, is_working_day, local, oslo_day


@dataclass(kw_only=True)
class EConsultationRow:
    """The columns of an e-consultation that its steps decide."""

    conversation_id: UUID
    accepted_price: int
    price_code: str
    price_shown_at: datetime
    accepted_at: datetime
    accepted_by_id: int
    by_patient: bool = True
    status: EConsultationStatus = EConsultationStatus.REQUESTED
    begun_at: datetime | None = None
    begun_by_id: int | None = None
    ended_at: datetime | None = None
    ended_by_id: int | None = None
    charge: int | None = None
    charge_code: str = ""
    journaled_at: datetime | None = None
    journaled_by_id: int | None = None


@dataclass(kw_only=True)
class FollowUpRow:
    """Something promised, and perhaps done."""

    id: UUID
    conversation_id: UUID
    practice_id: int
    patient_id: int
    reason: FollowUpReason
    what: str
    owner_id: int
    owner_role: str
    due_at: datetime
    made_at: datetime
    done_at: datetime | None = None
    done_by_id: int | None = None
    done_how: str = ""


class Advice:
    """A matter in which a doctor is asked in writing."""

    own: EConsultationRow
    follow_up: FollowUpRow

    def __init__(self, matter: Matter) -> None:
        self.matter = matter
        self.does: dict[Act, Does] = {
            Act.ASK_DOCTOR: self._ask,
            Act.ANSWER: self._answer,
            Act.ASK_MORE: self._ask_more,
            Act.COMPLETE: self._complete,
            Act.DECLINE: self._decline,
            Act.REFER: self._refer,
            Act.WITHDRAW: self._withdraw,
            Act.JOURNAL: self._journal,
            Act.FOLLOWED_UP: self._followed_up,
        }

    def price(self, at: datetime) -> tariff.Price:
        """The most it can cost this patient on a day."""
        patient = self.matter.patient
        card = patient.card_until is not None and patient.card_until >= oslo_day(at)
        specialist = patient.doctor.timebook.whose.specialist
        return tariff.patient_price(oslo_day(at), specialist, patient.born, card)

    def _ask(self, step: Step) -> None:
        matter, price = self.matter, self.price(step.at)
        matter.start(step)
        self.own = EConsultationRow(
            conversation_id=matter.id,
            accepted_price=price.amount,
            price_code=price.code,
            price_shown_at=step.at,
            accepted_at=step.at,
            accepted_by_id=step.by.account,
        )
        matter.rows.follow("econsultations.EConsultation", self.own)
        asked = events.EConsultationRequested(
            price_code=price.code, accepted_price=price.amount, **matter.about
        )
        matter.record(step, asked)

    def _take_on(self, step: Step) -> None:
        own, row = self.own, self.matter.row
        if own.begun_at is not None:
            return
        own.status = after(own.status, Change.BEGIN, step.by)
        own.begun_at, own.begun_by_id = step.at, step.by.account_id
        if row.owner_id != step.by.account_id:
            row.owner_id, row.owner_role = step.by.account_id, step.by.role
            row.version += 1
            assigned = ConversationAssigned(
                owner_account_id=row.owner_id, owner_role=row.owner_role, **self.matter.about
            )
            self.matter.record(step, assigned)
        self.matter.record(step, events.EConsultationBegun(**self.matter.about))

    def _answer(self, step: Step) -> None:
        self._ask_more(step)
        self.matter.turn(step, Verb.REST)

    def _ask_more(self, step: Step) -> None:
        self._take_on(step)
        self.matter.reply(step)

    def _complete(self, step: Step) -> None:
        matter = self.matter
        self._take_on(step)
        if step.follow_up_on:
            self._promise(step)
        if step.text:
            matter.say(step)
        matter.turn(step, Verb.CLOSE)
        price = self._price_now(step)
        paid = charge(accepted=self.own.accepted_price, price=price.amount)
        self._end(step, Change.COMPLETE, paid, price.code)
        fields = dict(zip((str(one) for one in CARD_FIELDS), step.card, strict=True))
        matter.rows.add(
            "econsultations.CareCard",
            econsultation_id=matter.id,
            follow_up_on=step.follow_up_on,
            follow_up_owner_id=step.by.account_id if step.follow_up_on else None,
            **fields,
        )
        done = events.EConsultationCompleted(charge=paid, charge_code=price.code, **matter.about)
        matter.record(step, done)

    def _price_now(self, step: Step) -> tariff.Price:
        most = self.price(step.at)
        if most.code in WITHOUT_CHARGE:
            return most
        day, specialist = oslo_day(step.at), self.matter.patient.doctor.timebook.whose.specialist
        clock = step.at.astimezone(OSLO).time()
        evening = is_evening(clock, working_day=is_working_day(day))
        return tariff.price(day, specialist, evening)

    def _end(self, step: Step, change: Change, paid: int = 0, code: str = "") -> None:
        own = self.own
        own.status = after(own.status, change, step.by)
        own.ended_at, own.ended_by_id = step.at, step.by.account_id
        own.charge, own.charge_code = paid, code

    def _promise(self, step: Step) -> None:
        matter = self.matter
        if step.follow_up_on is None:
            return
        self.follow_up = FollowUpRow(
            id=matter.rows.new_uuid(),
            conversation_id=matter.id,
            practice_id=matter.office.practice_id,
            patient_id=matter.patient.id,
            reason=FollowUpReason.AGREED,
            what=step.card[-1],
            owner_id=step.by.account,
            owner_role=step.by.role,
            due_at=local(step.follow_up_on, OFFICE_CLOSES),
            made_at=step.at,
        )
        matter.rows.follow("conversations.FollowUp", self.follow_up)
        made = FollowUpMade(
            follow_up_id=self.follow_up.id, reason=self.follow_up.reason, **matter.about
        )
        matter.record(step, made)

    def _decline(self, step: Step) -> None:
        self.matter.say(step)
        self.matter.turn(step, Verb.CLOSE, Outcome.DECLINED)
        self._end(step, Change.DECLINE)
        self.matter.record(step, events.EConsultationDeclined(**self.matter.about))

    def _refer(self, step: Step) -> None:
        matter = self.matter
        matter.say(step)
        matter.row.redirected_to = Kind.APPOINTMENT
        matter.turn(step, Verb.REDIRECT, Outcome.REDIRECTED)
        matter.record(step, ConversationRedirected(to_service=Kind.APPOINTMENT, **matter.about))
        self._end(step, Change.REFER)
        matter.record(step, events.EConsultationReferred(**matter.about))

    def _withdraw(self, step: Step) -> None:
        self.matter.turn(step, Verb.WITHDRAW, Outcome.WITHDRAWN)
        self._end(step, Change.WITHDRAW)
        self.matter.record(step, events.EConsultationWithdrawn(**self.matter.about))

    def _journal(self, step: Step) -> None:
        self.own.journaled_at, self.own.journaled_by_id = step.at, step.by.account_id
        self.matter.record(step, events.EConsultationJournaled(**self.matter.about))

    def _followed_up(self, step: Step) -> None:
        row = self.follow_up
        row.done_at, row.done_by_id, row.done_how = step.at, step.by.account_id, step.text
        self.matter.record(step, FollowUpDone(follow_up_id=row.id, **self.matter.about))
