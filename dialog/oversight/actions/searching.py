"""Saying for what one searches the log, before anything of it is shown."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from dialog.actor import Actor
from dialog.errors import InvalidInput, NotAllowed
from dialog.ledger.actions import record
from dialog.oversight.events import LogSearched
from dialog.oversight.models import LogSearch
from dialog.oversight.policy import LONGEST, SAID_IN_WORDS, Purpose, may_review
from dialog.people import queries as people
from dialog.rows import action
from dialog.statements import keep


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """For what one searches, and which days; ``words`` say more about the purpose."""

    purpose: Purpose
    words: str = ""
    first_day: date | None = None
    last_day: date | None = None
    looks_only: bool = False


@action
def search_patient(*, by: Actor, patient_uuid: UUID, asked: Asked) -> UUID:
    """Search the log for what is about a patient; the patient reads that it was done, and why."""
    _must_review(by)
    patient = people.patient_for(by, patient_uuid)
    _must_be_stated(asked)
    return _stated(by, asked, patient_id=patient.id)


@action
def search_colleague(*, by: Actor, account_uuid: UUID, asked: Asked) -> UUID:
    """Search the log for what a colleague, or somebody who was one, has done here; they read that
    it was done, and why.
    """
    _must_review(by)
    worker = people.worker_for(by, account_uuid)
    _must_be_stated(asked)
    return _stated(by, asked, colleague_id=worker.account_id)


def _must_review(by: Actor) -> None:
    if not may_review(by):
        raise NotAllowed


def _must_be_stated(asked: Asked) -> None:
    if asked.purpose in SAID_IN_WORDS and not asked.words.strip():
        raise InvalidInput(_("Skriv kort hva det gjelder."), field="words")
    if len(asked.words) > LONGEST:
        raise InvalidInput(_("Skriv kortere, høyst 300 tegn."), field="words")
    if asked.first_day and asked.last_day and asked.last_day < asked.first_day:
        raise InvalidInput(_("Til og med-dagen er før fra-dagen."), field="last_day")


def _stated(
    by: Actor, asked: Asked, *, patient_id: int | None = None, colleague_id: int | None = None
) -> UUID:
    search = keep(
        LogSearch(
            practice_id=by.practice,
            account_id=by.account,
            patient_id=patient_id,
            colleague_id=colleague_id,
            purpose=asked.purpose,
            words=asked.words.strip(),
            first_day=asked.first_day,
            last_day=asked.last_day,
            looks_only=asked.looks_only,
        )
    )
    record(
        by,
        LogSearched(
            search_id=search.id,
            purpose=asked.purpose,
            colleague_account_id=colleague_id,
            patient_id=patient_id,
            practice_id=by.practice_id,
        ),
    )
    return search.id
