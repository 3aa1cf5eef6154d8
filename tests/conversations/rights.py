"""Matters that are over, and what somebody asks to be put right in them, as several tests begin."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID

from dialog import rows
from dialog.actor import Actor
from dialog.conversations import actions, queries
from dialog.conversations.rights import Decision, Wish
from dialog.demo.cast import Cast
from dialog.ledger import relay
from tests.people.on_lists import enquiry

AsRole = Callable[[str], AbstractContextManager[None]]
ANSWER = "Prøven viser at du er allergisk mot penicillin."
WHY = "Jeg er ikke allergisk mot penicillin."
BECAUSE = "Prøven gjaldt en annen."


def answered(cast: Cast, **more: object) -> UUID:
    """Kari asked, Siri answered, and it is over."""
    asked = enquiry(cast.kari, **more)
    actions.reply(by=cast.siri, conversation_id=asked.id, text=ANSWER)
    actions.close(by=cast.siri, conversation_id=asked.id)
    return asked.id


def ask(by: Actor, conversation_id: UUID, wish: Wish = Wish.CORRECT) -> None:
    actions.ask_for_right(by=by, conversation_id=conversation_id, wish=wish, words=WHY)


def decide(by: Actor, conversation_id: UUID, decision: Decision, **more: object) -> None:
    more = {"reason": BECAUSE, **more}
    actions.decide_right(  # type: ignore[arg-type]
        by=by, conversation_id=conversation_id, decision=decision, **more
    )


def seen(by: Actor, conversation_id: UUID) -> queries.Thread:
    with rows.seeing(account=by.account_id, patient=by.patient_id, practice=by.practice_id):
        return queries.thread(by, conversation_id)


def pay(as_role: AsRole) -> None:
    """Let the relay do what has been decided."""
    with as_role("dialog_relay"):
        while relay.pay_what_is_due():
            pass


def erased(cast: Cast, as_role: AsRole, conversation_id: UUID) -> None:
    """Kari asks that it goes, Dr Lund says yes, and the relay does it."""
    ask(cast.kari, conversation_id, Wish.ERASE)
    decide(cast.lund, conversation_id, Decision.ERASED)
    pay(as_role)
