"""Where an SMS gateway says what became of a message."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from dialog.actor import PLATFORM
from dialog.errors import NotFound
from dialog.notifications import actions
from dialog.notifications.ports import sms


@csrf_exempt
def receipt(request: HttpRequest) -> HttpResponse:
    """Take a signed delivery receipt; the same one again changes nothing."""
    if getattr(request, "actor", None) is not None:
        raise NotFound  # no gateway signs in, and of who has done so the form has been read already
    said = sms().read_receipt(body=request.body, headers=request.headers)
    if said.delivered is not None:
        actions.take_receipt(by=PLATFORM, attempt_id=said.reference, delivered=said.delivered)
    return HttpResponse(status=204)
