"""Needs attention: what could not be delivered, to be tried again or let be by a person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.ledger import actions
from dialog.ledger import queries as ledger
from dialog.ledger.queries import ParkedDelivery
from dialog.ui.acting import acting
from dialog.ui.forms import show
from dialog.workspace.lanes import ATTENTION, lanes

SUBSCRIBER: dict[str, Promise] = {
    "sms": gettext_lazy("SMS til pasienten ble ikke sendt"),
    "interop": gettext_lazy("Meldingen kom ikke fram til journalsystemet"),
    "fhir": gettext_lazy("Et annet system fikk ikke beskjed"),
}
WHAT_TO_DO: dict[str, Promise] = {
    "sms": gettext_lazy(
        "Nummeret kan være feil, eller SMS-tjenesten tok ikke imot. Sjekk nummeret på "
        "pasientsiden og prøv igjen, eller ring pasienten."
    ),
    "interop": gettext_lazy(
        "Journalsystemet tok ikke imot. Prøv igjen når det virker, eller før det inn for hånd."
    ),
    "fhir": gettext_lazy("Systemet tok ikke imot. Prøv igjen når det virker."),
}


def attention(request: HttpRequest) -> HttpResponse:
    """Everything that waits for a person."""
    by = acting(request)
    return show(
        request,
        "workspace/attention.html",
        waiting=[(one, _what(one), _to_do(one), _where(one)) for one in ledger.parked(by)],
        lanes=lanes(by, here=ATTENTION),
    )


def _what(one: ParkedDelivery) -> str:
    known = SUBSCRIBER.get(one.subscriber)
    return str(known) if known else _("Noe ble ikke levert")


def _to_do(one: ParkedDelivery) -> str:
    known = WHAT_TO_DO.get(one.subscriber)
    return str(known) if known else _("Prøv igjen, eller si fra til den som drifter løsningen.")


def _where(one: ParkedDelivery) -> str:
    if one.conversation_id is None:
        return ""
    return reverse("workspace:conversation", args=[one.conversation_id])


def release(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Try it again."""
    actions.release_delivery(by=acting(request), delivery_id=delivery_id)
    return redirect("workspace:attention")


def dismiss(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Let it be: it has been handled another way."""
    actions.dismiss_delivery(by=acting(request), delivery_id=delivery_id)
    return redirect("workspace:attention")
