"""From a fact to those who are to be told of it, and whether they wish to be."""

from dataclasses import dataclass

from dialog.actor import PLATFORM, Area
from dialog.conversations import queries as conversation_queries
from dialog.ledger.subscribers import Fact
from dialog.notifications import actions
from dialog.notifications.actions import Recipient, Tidings
from dialog.notifications.policy import RULES, News, Reason, parents_are_told
from dialog.notifications.readings import read
from dialog.people import queries as people
from dialog.people.numbers import mobile
from dialog.people.policy import Consent, may_be_told


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Who is to be told what."""

    tidings: Tidings
    recipients: tuple[Recipient, ...]


class Planner:
    """Decides who is to be told of a fact; the telling is a debt of its own, one for each."""

    def read(self, fact: Fact) -> Plan | None:
        """Whose phones this concerns, and what they wish."""
        found = read(fact)
        if found is None or fact.patient_id is None or fact.practice_id is None:
            return None
        news, starts = found
        tidings = Tidings(
            entry_id=fact.entry_id,
            news=news,
            starts=starts,
            patient_id=fact.patient_id,
            practice_id=fact.practice_id,
            conversation_id=fact.conversation_id,
        )
        return Plan(tidings=tidings, recipients=_recipients(tidings))

    def send(self, word: object) -> object:
        """Nothing leaves the house here."""
        return None

    def settle(self, fact: Fact, word: object, result: object) -> None:
        """Keep the decision."""
        if isinstance(word, Plan):
            actions.tell(by=PLATFORM, tidings=word.tidings, recipients=word.recipients)


def _recipients(tidings: Tidings) -> tuple[Recipient, ...]:
    """Parents are told of a child's matters, but not of what is kept from them (R42, R106)."""
    told: list[people.Contact] = []
    if parents_are_told(people.patient_by_id(tidings.patient_id).born, people.today()):
        about = tidings.conversation_id and conversation_queries.conversation_for(
            PLATFORM, tidings.conversation_id
        )
        if not about:
            told = people.those_who_act_for(tidings.patient_id)
        elif not about.reserved:
            told = people.those_who_act_for(tidings.patient_id, Area(about.kind))
    consent = people.consent_of(tidings.patient_id)
    return tuple(
        Recipient(
            patient_id=one.patient_id,
            phone=mobile(one.phone),
            reason=hindered(one, consent, tidings.news),
        )
        for one in told or [people.contact(tidings.patient_id)]
    )


def hindered(one: people.Contact, consent: Consent, news: News) -> Reason:
    """Why somebody is not to be told of something; ``consent`` is that of whom it is about."""
    kind = RULES[news].kind
    if not may_be_told(kind, consent):
        return Reason.NO_CONSENT
    if not one.wanted[kind]:
        return Reason.CHOICE
    return Reason.NONE if mobile(one.phone) else Reason.NO_PHONE
