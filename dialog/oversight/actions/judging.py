"""Asking about a look that was unlike the usual, answering, and judging it."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from dialog.actor import Actor, Side
from dialog.content import is_destroyed
from dialog.errors import InvalidInput, NotAllowed, NotFound, WrongState
from dialog.ledger.actions import record
from dialog.oversight.events import (
    UnusualLookAnswered,
    UnusualLookAsked,
    UnusualLookForgotten,
    UnusualLookJudged,
)
from dialog.oversight.models import UnusualLook
from dialog.oversight.policy import LONGEST_WORDS, Verdict, may_judge, may_review
from dialog.oversight.texts import NOT_ONES_OWN
from dialog.retention import UNUSUAL_LOOKS, gone_before
from dialog.rows import action
from dialog.statements import change


@action
def ask_about_look(*, by: Actor, unusual_look_id: UUID, question: str) -> None:
    """Ask a colleague about a look that was unlike the usual; asked once more, it is a new question
    and the answer before it goes.
    """
    found = _to_judge(by, unusual_look_id)
    found.question = _said(question, "question", _("Skriv hva du vil spørre om."))
    found.asked_by_id, found.asked_at = by.account, timezone.now()
    found.answer, found.answered_at = "", None
    change(found, "question", "asked_by", "asked_at", "answer", "answered_at")
    record(by, UnusualLookAsked(practice_id=by.practice_id, unusual_look_id=found.id))


@action
def answer_about_look(*, by: Actor, unusual_look_id: UUID, answer: str) -> None:
    """Say how it was, when one has been asked about a look of one's own."""
    found = _find(by, unusual_look_id)
    if found is None or found.account_id != by.account:
        raise NotFound
    if found.asked_at is None:
        raise WrongState
    found = _waiting(found)
    found.answer = _said(answer, "answer", _("Skriv hvorfor du åpnet dette."))
    found.answered_at = timezone.now()
    change(found, "answer", "answered_at")
    record(by, UnusualLookAnswered(practice_id=by.practice_id, unusual_look_id=found.id))


@action
def judge_look(*, by: Actor, unusual_look_id: UUID, verdict: Verdict, reason: str) -> None:
    """Say what a look that was unlike the usual was, and why; whoever looked reads it."""
    found = _to_judge(by, unusual_look_id)
    found.reason = _said(reason, "reason", _("Skriv kort hvorfor."))
    found.verdict, found.judged_by_id, found.judged_at = verdict, by.account, timezone.now()
    change(found, "verdict", "reason", "judged_by", "judged_at")
    record(
        by,
        UnusualLookJudged(practice_id=by.practice_id, unusual_look_id=found.id, verdict=verdict),
    )


@action
def forget_unusual_look(*, by: Actor, unusual_look_id: UUID) -> None:
    """Forget what was judged long ago; that it was judged stays in the ledger."""
    before = gone_before(UNUSUAL_LOOKS)
    if by.side is not Side.PLATFORM or before is None:
        raise NotAllowed
    old = UnusualLook.objects.filter(id=unusual_look_id, judged_at__lt=before)
    practice_id = old.values_list("practice_id", flat=True).first()
    if old.delete()[0]:
        record(by, UnusualLookForgotten(practice_id=practice_id, unusual_look_id=unusual_look_id))


@action
def forget_of_erased_office(*, by: Actor, practice_id: int) -> None:
    """Forget all of an office that was handed over and erased, judged or not."""
    if by.side is not Side.PLATFORM or not is_destroyed(practice_id):
        raise NotAllowed
    there = UnusualLook.objects.filter(practice_id=practice_id)
    gone = list(there.values_list("id", flat=True))
    there.filter(id__in=gone).delete()
    record(
        by, *(UnusualLookForgotten(practice_id=practice_id, unusual_look_id=one) for one in gone)
    )


def _to_judge(by: Actor, unusual_look_id: UUID) -> UnusualLook:
    """One that waits; nobody judges what they looked at themselves."""
    found = _find(by, unusual_look_id) if may_review(by) else None
    if found is None:
        raise NotFound
    if not may_judge(by, found.account_id):
        raise NotAllowed(NOT_ONES_OWN)
    return _waiting(found)


def _find(by: Actor, unusual_look_id: UUID) -> UnusualLook | None:
    if by.side is not Side.PRACTICE:
        return None
    here = UnusualLook.objects.filter(practice_id=by.practice)
    return here.filter(id=unusual_look_id).first()


def _waiting(found: UnusualLook) -> UnusualLook:
    """The same, kept still; of two who judge, the second is told that it has been."""
    open_yet = UnusualLook.objects.select_for_update().filter(id=found.id, verdict="").first()
    if open_yet is None:
        raise WrongState
    return open_yet


def _said(words: str, field: str, missing: str) -> str:
    said = words.strip()
    if not said:
        raise InvalidInput(missing, field=field)
    if len(said) > LONGEST_WORDS:
        raise InvalidInput(_("Skriv kortere, høyst 1000 tegn."), field=field)
    return said
