"""Stories that could have happened: what patients ask in writing, and how the office answers."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from dialog.conversations.policy import Kind
from dialog.demo.population import words
from dialog.demo.population.hours import A_MINUTE, at_home, at_work
from dialog.demo.population.office import Office
from dialog.demo.population.patients import Patient
from dialog.demo.population.steps import Act, Line, Step, Story
from dialog.renewals.policy import ItemVerb, PickUp, Reason
from dialog.working_days import add_working_days, oslo_day

VISIT = timedelta(hours=1)


class Writer:
    """Makes up stories in which nobody takes a time."""

    def __init__(self, chance: Random, office: Office) -> None:
        self.chance, self.office = chance, office

    def told(self, kind: Kind, patient: Patient, steps: Iterator[Step], now: datetime) -> Story:
        """A story as far as it has come, with the sign-ins that go before what patients do."""
        return Story(kind=kind, patient=patient, steps=tuple(_with_sign_ins(steps, now)))

    def renewal(self, patient: Patient, at: datetime) -> Iterator[Step]:
        """Prescriptions asked for, perhaps prepared, and decided."""
        pick, staff = self.chance, self.office.nurses[0].actor
        chosen = pick.sample(patient.renewable, pick.randint(1, len(patient.renewable)))
        asked = tuple(
            Line(prescribed=one, comment=pick.choice(words.RENEWAL_COMMENTS)) for one in chosen
        )
        pick_up = pick.choice((PickUp.PHARMACY, PickUp.PHARMACY, PickUp.MULTIDOSE, PickUp.OFFICE))
        yield Step(at=at, by=patient.actor, act=Act.ASK_RENEWAL, lines=asked, pick_up=pick_up)
        if pick.random() < 0.6:
            at = at_work(pick, at, 12)
            yield Step(at=at, by=staff, act=Act.READ)
            yield Step(at=at + A_MINUTE, by=staff, act=Act.PREPARE)
        at, doctor = at_work(pick, at, 30), patient.doctor.actor
        yield Step(at=at, by=doctor, act=Act.READ)
        decided = tuple(self._decided(one) for one in asked)
        yield Step(at=at + A_MINUTE, by=doctor, act=Act.DECIDE, lines=decided)
        if pick.random() < 0.7:
            yield Step(at=at_home(pick, at + A_MINUTE, 40), by=patient.actor, act=Act.READ)

    def _decided(self, line: Line) -> Line:
        luck = self.chance.random()
        verb, reason, said = ItemVerb.RENEW, Reason.NONE, ""
        if luck < 0.07:
            verb, reason = ItemVerb.DECLINE, Reason.STOPPED
            said = self.chance.choice(words.STOPPED)
        elif luck < 0.15:
            verb, reason = ItemVerb.CALL_IN, Reason.CONTROL_DUE
        return Line(
            prescribed=line.prescribed,
            comment=line.comment,
            verb=verb,
            reason=reason,
            explanation=said,
        )

    def econsultation(self, patient: Patient, at: datetime) -> Iterator[Step]:
        """A doctor asked in writing: answered, declined, called in, or taken back."""
        pick, doctor = self.chance, patient.doctor.actor
        topic = pick.choice(tuple(words.QUESTIONS))
        text = pick.choice(words.QUESTIONS[topic])
        yield Step(at=at, by=patient.actor, act=Act.ASK_DOCTOR, text=text, topic=topic)
        luck = pick.random()
        if luck < 0.03:
            yield Step(at=at + 9 * A_MINUTE, by=patient.actor, act=Act.WITHDRAW)
            return
        at = at_work(pick, at, 40)
        yield Step(at=at, by=doctor, act=Act.READ)
        at += 4 * A_MINUTE
        if luck < 0.06:
            no = pick.choice(words.NOT_HERE)
            yield Step(at=at, by=doctor, act=Act.DECLINE, text=no)
        elif luck < 0.14:
            yield Step(at=at, by=doctor, act=Act.REFER, text=pick.choice(words.TOO_MUCH))
        else:
            yield from self._advice(patient, at)
            return
        yield Step(at=at + A_MINUTE, by=doctor, act=Act.JOURNAL)
        yield Step(at=at_home(pick, at, 30), by=patient.actor, act=Act.READ)

    def _advice(self, patient: Patient, at: datetime) -> Iterator[Step]:
        pick, doctor, person = self.chance, patient.doctor.actor, patient.actor
        if pick.random() < 0.3:
            yield Step(at=at, by=doctor, act=Act.ASK_MORE, text=pick.choice(words.MORE_PLEASE))
            at = at_home(pick, at, 20)
            yield Step(at=at, by=person, act=Act.READ)
            at += 3 * A_MINUTE
            yield Step(at=at, by=person, act=Act.REPLY, text=pick.choice(words.MORE))
            at = at_work(pick, at, 10)
            yield Step(at=at, by=doctor, act=Act.READ)
            at += 4 * A_MINUTE
        if pick.random() < 0.4:
            yield Step(at=at, by=doctor, act=Act.ANSWER, text=pick.choice(words.ANSWERS))
            yield Step(at=at_home(pick, at, 20), by=person, act=Act.READ)
            at = at_work(pick, at, 72) + VISIT * 24
        yield from self._concluded(patient, at)

    def _concluded(self, patient: Patient, at: datetime) -> Iterator[Step]:
        pick, doctor = self.chance, patient.doctor.actor
        at = at_work(pick, at, 1)
        promised = pick.random() < 0.2
        on = add_working_days(oslo_day(at), pick.randint(5, 20)) if promised else None
        yield Step(
            at=at,
            by=doctor,
            act=Act.COMPLETE,
            text=pick.choice(words.ANSWERS),
            card=pick.choice(words.CARDS),
            follow_up_on=on,
        )
        at += A_MINUTE
        yield Step(at=at, by=doctor, act=Act.JOURNAL)
        yield Step(at=at_home(pick, at, 30), by=patient.actor, act=Act.READ)
        if on is not None:
            at = at_work(pick, at + (on - oslo_day(at)) * 0.9 + VISIT * 30, 6)
            done = pick.choice(words.FOLLOWED_UP)
            yield Step(at=at, by=doctor, act=Act.FOLLOWED_UP, text=done)

    def wish(self, patient: Patient, at: datetime) -> Iterator[Step]:
        """A time asked for in words, with nothing more yet."""
        yield Step(at=at, by=patient.actor, act=Act.WISH, text=self.chance.choice(words.WHY_A_WISH))

    def enquiry(self, patient: Patient, at: datetime) -> Iterator[Step]:
        """A practical question: answered and closed, or shown the way to a doctor."""
        pick, staff = self.chance, self.chance.choice(self.office.staff)
        clinical = pick.random() < 0.08
        source = words.QUESTIONS if clinical else words.PRACTICAL
        topic = pick.choice(tuple(words.PRACTICAL))
        text = pick.choice(pick.choice(tuple(source.values())) if clinical else source[topic])
        yield Step(at=at, by=patient.actor, act=Act.ENQUIRE, text=text, topic=topic)
        at = at_work(pick, at, 14)
        yield Step(at=at, by=staff, act=Act.READ)
        at += 2 * A_MINUTE
        if clinical:
            yield Step(at=at, by=staff, act=Act.REDIRECT, to=Kind.ECONSULTATION)
        else:
            yield Step(at=at, by=staff, act=Act.REPLY, text=pick.choice(words.REPLIES))
        seen = at_home(pick, at, 30)
        yield Step(at=seen, by=patient.actor, act=Act.READ)
        if not clinical:
            yield Step(at=at_work(pick, seen, 100), by=staff, act=Act.CLOSE)

    def announcement(self, patient: Patient, at: datetime) -> Iterator[Step]:
        """The office writes first; most patients only read it."""
        pick, staff = self.chance, self.chance.choice(self.office.staff)
        topic = pick.choice(tuple(words.ANNOUNCED))
        asks = topic == "question"
        at = at_work(pick, at, 8)
        text = pick.choice(words.ANNOUNCED[topic])
        yield Step(at=at, by=staff, act=Act.WRITE, text=text, topic=topic, reply_allowed=asks)
        at = at_home(pick, at, 60)
        yield Step(at=at, by=patient.actor, act=Act.READ)
        if asks:
            at += 3 * A_MINUTE
            yield Step(at=at, by=patient.actor, act=Act.REPLY, text="Apoteket i Elvegata.")
            at = at_work(pick, at, 20)
            yield Step(at=at, by=staff, act=Act.READ)
            yield Step(at=at + A_MINUTE, by=staff, act=Act.CLOSE)


def _with_sign_ins(steps: Iterator[Step], now: datetime) -> Iterator[Step]:
    here_until = datetime.min.replace(tzinfo=now.tzinfo)
    for step in steps:
        if step.at >= now:
            return
        if step.by.practice_id is None:
            if step.at > here_until:
                yield Step(at=step.at - A_MINUTE, by=step.by, act=Act.SIGN_IN)
            here_until = step.at + VISIT
        yield step
