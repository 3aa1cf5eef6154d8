"""Needs attention: what could not be delivered, to be tried again or let be by a person."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from dialog.ledger import actions
from dialog.ledger import queries as ledger
from dialog.ledger.queries import ParkedDelivery
from dialog.notifications import queries as notifications
from dialog.ui.acting import acting
from dialog.ui.forms import show
from dialog.workspace.lanes import ATTENTION, lanes
from dialog.workspace.parked import in_words


def attention(request: HttpRequest) -> HttpResponse:
    """Everything that waits for a person."""
    by = acting(request)
    waiting = ledger.parked(by)
    matters = notifications.matters_of(by, (told for one in waiting if (told := _attempt(one))))
    return show(
        request,
        "workspace/attention.html",
        waiting=[(one, in_words(one), _where(one, matters)) for one in waiting],
        lanes=lanes(by, here=ATTENTION),
    )


def _attempt(one: ParkedDelivery) -> UUID | None:
    """An SMS is owed by its attempt, which knows the matter it is about."""
    told = one.details.get("attempt_id")
    return UUID(str(told)) if told else None


def _where(one: ParkedDelivery, matters: Mapping[UUID, UUID]) -> str:
    told = _attempt(one)
    about = one.conversation_id or (matters.get(told) if told else None)
    return reverse("workspace:conversation", args=[about]) if about else ""


def release(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Try it again."""
    actions.release_delivery(by=acting(request), delivery_id=delivery_id)
    return redirect("workspace:attention")


def dismiss(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Let it be: it has been handled another way."""
    actions.dismiss_delivery(by=acting(request), delivery_id=delivery_id)
    return redirect("workspace:attention")
