"""What the gateway says became of an SMS, through the address it calls."""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client

from dialog import rows
from dialog.actor import PLATFORM
from dialog.adapters.memory import MemorySms
from dialog.adapters.sms_http import HttpSms
from dialog.conversations import actions as conversations
from dialog.conversations.policy import Kind
from dialog.demo.cast import Cast
from dialog.errors import NotFound
from dialog.notifications import actions, queries
from dialog.notifications.policy import AttemptState, Reason

SECRET = "between-us-and-the-gateway"
ADDRESS = "/varsler/kvittering"
Pay = Callable[[], None]


@pytest.fixture
def sent(
    cast: Cast, clock: time_machine.Traveller, phones: MemorySms, relay_pays: Pay
) -> tuple[UUID, UUID]:
    """An SMS that has gone out: its conversation and its reference."""
    conversation = conversations.start(
        by=cast.kari, kind=Kind.ENQUIRY, patient_id=cast.kari.patient, text="Når åpner dere?"
    )
    clock.shift(timedelta(seconds=1))
    conversations.reply(by=cast.siri, conversation_id=conversation.id, text="Klokka åtte.")
    relay_pays()
    clock.shift(timedelta(minutes=1))
    relay_pays()
    return conversation.id, next(iter(phones.kept))


@pytest.fixture(autouse=True)
def gateway(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SMS_RECEIPT_SECRET = SECRET
    monkeypatch.setattr("dialog.notifications.views.sms", HttpSms)


def post(client: Client, reference: UUID, status: str, *, secret: str = SECRET) -> int:
    body = json.dumps({"reference": str(reference), "status": status})
    signature = hmac.new(secret.encode(), body.encode(), hashlib.sha256).hexdigest()
    return client.post(
        ADDRESS, body, content_type="application/json", headers={"X-Signature": signature}
    ).status_code


def state(cast: Cast, conversation_id: UUID) -> tuple[AttemptState, Reason]:
    with rows.seeing(practice=cast.siri.practice):
        (told,) = queries.attempts_of(cast.siri, conversation_id)
    return told.state, told.reason


def test_delivered_is_kept_and_cannot_be_unsaid(
    cast: Cast, sent: tuple[UUID, UUID], client: Client
) -> None:
    conversation_id, reference = sent
    assert state(cast, conversation_id)[0] is AttemptState.SENT

    answers = [post(client, reference, status) for status in ("buffered", "delivered", "failed")]

    assert answers == [204, 204, 204]
    assert state(cast, conversation_id) == (AttemptState.DELIVERED, Reason.NONE)


def test_not_delivered_is_kept_with_its_reason(
    cast: Cast, sent: tuple[UUID, UUID], client: Client
) -> None:
    conversation_id, reference = sent

    post(client, reference, "expired")

    assert state(cast, conversation_id) == (AttemptState.FAILED, Reason.NOT_DELIVERED)


def test_a_receipt_that_overtakes_our_own_note_is_not_undone(
    cast: Cast, sent: tuple[UUID, UUID], client: Client
) -> None:
    conversation_id, reference = sent
    post(client, reference, "delivered")

    with rows.seeing(practice=cast.siri.practice, patient=cast.kari.patient):
        actions.settle(
            by=PLATFORM, attempt_id=reference, state=AttemptState.SENT, reason=Reason.NONE
        )

    assert state(cast, conversation_id)[0] is AttemptState.DELIVERED


def test_a_stranger_changes_nothing(cast: Cast, sent: tuple[UUID, UUID], client: Client) -> None:
    conversation_id, reference = sent

    assert post(client, reference, "failed", secret="a guess") == 403
    assert client.get(ADDRESS).status_code == 405
    assert state(cast, conversation_id)[0] is AttemptState.SENT


def test_a_receipt_for_nothing_we_sent_is_not_found(client: Client, db: None) -> None:
    assert post(client, uuid4(), "delivered") == 404


def test_the_action_itself_knows_no_such_sms(db: None) -> None:
    with pytest.raises(NotFound):
        actions.take_receipt(by=PLATFORM, attempt_id=uuid4(), delivered=True)
