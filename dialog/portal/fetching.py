"""Free times that must be asked for first: the page while one waits, and when nobody answers."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from dialog.actor import Actor
from dialog.appointments.freshness import ASKED_DAYS, Freshness, asked_from
from dialog.appointments.ports import offered_times
from dialog.appointments.queries import Door
from dialog.people import queries as people
from dialog.portal.times import back_to_free, first_day
from dialog.ui.forms import show

WAITING = "venter"
PATIENCE = 3.0  # seconds; then the reader sees that something happens
LOOK_AGAIN = 2  # seconds


def still_fetching(
    request: HttpRequest, by: Actor, door: Door, practitioner: UUID | None, source: UUID | None
) -> HttpResponse | None:
    """The page instead of the free times, until they are what the record system says; None when
    they are.
    """
    waiting, today = WAITING in request.GET, people.today()
    found = offered_times().refresh(
        by=by,
        practitioners=[practitioner] if practitioner else [],
        first=asked_from(first_day(request) or today, today),
        days=ASKED_DAYS,
        patience=0.0 if waiting else PATIENCE,
    )
    if found is Freshness.FRESH:
        return None
    asked = [(name, value) for name, value in request.GET.items() if name != WAITING]
    return show(
        request,
        "portal/appointments/fetching.html",
        away=found is Freshness.OLD,
        door=door,
        source=source or "",
        again=f"{request.path}?{urlencode(asked)}",
        look=f"{request.path}?{urlencode([*asked, (WAITING, '1')])}",
        seconds=LOOK_AGAIN,
        back_to=back_to_free(source) if practitioner else "",
    )
