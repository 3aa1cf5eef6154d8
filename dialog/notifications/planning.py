"""From a fact to those who are to be told of it, and whether they wish to be."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from dialog.actor import PLATFORM
from dialog.conversations import queries as conversation_queries
from dialog.conversations.policy import areas_needed
from dialog.ledger.subscribers import Fact
from dialog.notifications import actions
from dialog.notifications.actions import Recipient, Tidings
from dialog.notifications.policy import RULES, News, Reason, parents_are_told
from dialog.notifications.readings import read
from dialog.people import actions as people_actions
from dialog.people import queries as people
from dialog.people.policy import Consent, Hindrance, may_be_told


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Who is to be told what."""

    tidings: Tidings
    whom: tuple[int, ...]


class Planner:
    """Decides who is to be told of a fact; the telling is a debt of its own, one for each."""

    def read(self, fact: Fact) -> Plan | None:
        """Whose phones this concerns."""
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
        return Plan(tidings=tidings, whom=_whom(tidings))

    def send(self, word: object) -> object:
        """Where the contact register's answers have aged it is asked; it waits for one."""
        if isinstance(word, Plan):
            people_actions.hear_contact(word.whom, at_most=settings.CONTACT_REGISTER.to_tell)
        return None

    def settle(self, fact: Fact, word: object, result: object) -> None:
        """Keep the decision."""
        if isinstance(word, Plan):
            consent = people.consent_of(word.tidings.patient_id)
            recipients = [recipient(one, consent, word.tidings.news) for one in word.whom]
            actions.tell(by=PLATFORM, tidings=word.tidings, recipients=recipients)


def _whom(tidings: Tidings) -> tuple[int, ...]:
    """Parents are told of a child's matters, but not of what is kept from them (R42, R106)."""
    told: list[people.Contact] = []
    if parents_are_told(people.patient_by_id(tidings.patient_id).born, people.today()):
        about = tidings.conversation_id and conversation_queries.conversation_for(
            PLATFORM, tidings.conversation_id
        )
        if not about:
            told = people.those_who_act_for(tidings.patient_id)
        elif not about.reserved:
            told = people.those_who_act_for(tidings.patient_id, areas_needed(about.kind))
    return tuple(one.patient_id for one in told) or (tidings.patient_id,)


WHY: Mapping[Hindrance, Reason] = {
    Hindrance.RESERVED: Reason.RESERVED,
    Hindrance.NOT_HEARD: Reason.NOT_REGISTERED,
    Hindrance.NOT_REGISTERED: Reason.NOT_REGISTERED,
    Hindrance.OLD_CONTACT: Reason.OLD_CONTACT,
    Hindrance.NO_PHONE: Reason.NO_PHONE,
}


def recipient(patient_id: int, consent: Consent, news: News) -> Recipient:
    """Somebody to tell, and where or why not; ``consent`` is that of whom it is about."""
    one, kind = people.contact(patient_id), RULES[news].kind
    phone, hindrance = one.phone_for(kind)
    reason = WHY[hindrance] if hindrance else Reason.NONE
    if not may_be_told(kind, consent):
        reason = Reason.NO_CONSENT
    elif not one.wanted[kind]:
        reason = Reason.CHOICE
    return Recipient(patient_id=patient_id, phone=phone, reason=reason, language=one.language)
