"""The note of an e-consultation for the patient's journal: both sides' words, who and when, what
was concluded, and its code (R141).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dialog.actor import Role
from dialog.conversations import paper
from dialog.conversations import texts as core_texts
from dialog.conversations.queries import MessageView, Thread
from dialog.econsultations import texts
from dialog.econsultations.queries import EConsultationView
from dialog.people import texts as people_texts
from dialog.ui import dates
from dialog.ui.parts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalNote:
    """A heading, facts about the consultation, and its parts in order: heading and words."""

    heading: str
    facts: Sequence[Fact]
    parts: Sequence[tuple[str, str]]

    @property
    def text(self) -> str:
        """The whole note as plain text, to copy into any record system."""
        facts = "\n".join(f"{one.name}: {one.value}" for one in self.facts)
        parts = "\n\n".join(f"{heading}\n{words}" for heading, words in self.parts)
        return f"{self.heading}\n\n{facts}\n\n{parts}\n"


def journal_note(thread: Thread, view: EConsultationView) -> JournalNote:
    """What goes into the journal."""
    concluded = view.card.fields if view.card else ()
    return JournalNote(
        heading=_("E-konsultasjon"),
        facts=_facts(thread, view),
        parts=[
            *((_said_by(one), _words(one)) for one in thread.messages if not one.hidden),
            *((str(texts.CARD[kind]), words) for kind, words in concluded),
        ],
    )


def as_pdf(thread: Thread, view: EConsultationView, identity_number: str) -> bytes:
    """The same note on paper, or to keep in the record system as a file."""
    office = thread.owner.office
    said = [one for one in thread.messages if not one.hidden]
    return paper.journal_note(
        paper.JournalNote(
            sender=paper.Sender(name=office.name, address=office.address, phone=office.phone),
            patient=thread.patient.name,
            identity_number=identity_number,
            service=_("E-konsultasjon"),
            practitioner=view.begun_by or thread.owner.name,
            begun_at=thread.started_at,
            ended_at=view.ended_at,
            journaled_at=view.journaled_at,
            facts=tuple((one.name, one.value) for one in outcome(thread, view)),
            entries=tuple(
                paper.NoteEntry(at=one.sent_at, author=_author(one), text=one.text) for one in said
            ),
            attachments=tuple(file.name for one in said for file in one.files),
            conclusion=paper.Conclusion(**dict(view.card.fields)) if view.card else None,
        )
    )


def _facts(thread: Thread, view: EConsultationView) -> list[Fact]:
    facts = [
        Fact(name=_("Pasient"), value=thread.patient.name),
        Fact(name=_("Født"), value=dates.numeric(thread.patient.born)),
        Fact(name=_("Legekontor"), value=thread.owner.office.name),
        Fact(name=_("Sendt"), value=dates.moment(thread.started_at)),
    ]
    if view.begun_at:
        who = f"{view.begun_by}, {dates.moment(view.begun_at)}"
        facts.append(Fact(name=_("Ansvarlig lege"), value=who))
    if view.ended_at:
        facts.append(Fact(name=_("Ferdig"), value=dates.moment(view.ended_at)))
    return facts + outcome(thread, view)


def outcome(thread: Thread, view: EConsultationView) -> list[Fact]:
    """What it was about, how it ended, what it came to, and what was promised."""
    facts = [
        Fact(name=_("Gjelder"), value=str(core_texts.TOPIC[thread.topic])),
        Fact(name=_("Status"), value=str(texts.STATUS_FOR_PRACTICE[view.status])),
        Fact(name=_("Egenandel"), value=charged(view)),
    ]
    if view.card and view.card.follow_up_on:
        day = dates.day(view.card.follow_up_on)
        who = f"{view.card.follow_up_owner}, {day}"
        facts.append(Fact(name=_("Avtalt oppfølging"), value=who))
    return facts


def charged(view: EConsultationView) -> str:
    """What it costs, or came to, with the tariff's code where there is one."""
    if view.charge is not None:
        code = f" ({view.charge_code})" if view.charge_code and view.charge else ""
        return f"{dates.kr(view.charge)}{code}"
    if view.accepted_price is None:
        return _("Ingen. Legekontoret skrev først")
    if view.accepted_price == 0:
        return _("Pasienten betaler ingenting.")
    return _("Pasienten har godtatt høyst %(price)s") % {"price": dates.kr(view.accepted_price)}


def consent(view: EConsultationView) -> list[Fact]:
    """What the patient said yes to pay, and when."""
    if not view.accepted_price or not view.accepted_at:
        return []
    words = _("høyst %(price)s, %(moment)s") % {
        "price": dates.kr(view.accepted_price),
        "moment": paper.moment_of(view.accepted_at),
    }
    return [Fact(name=_("Pasienten godtok å betale"), value=words)]


def _author(message: MessageView) -> str:
    return f"{message.author_name}, {people_texts.ROLE[Role(message.author_role)]}"


def _said_by(message: MessageView) -> str:
    return f"{_author(message)}, {dates.moment(message.sent_at)}"


def _words(message: MessageView) -> str:
    names = ", ".join(one.name for one in message.files)
    attached = _("Vedlegg: %(names)s") % {"names": names} if names else ""
    return "\n".join(part for part in (message.text, attached) if part)
