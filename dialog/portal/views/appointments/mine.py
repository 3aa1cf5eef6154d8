"""The patient's own times: wishes, what is to come, and what was."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from dialog.appointments import queries
from dialog.appointments.policy import AppointmentStatus
from dialog.appointments.queries import AppointmentView
from dialog.ui import dates
from dialog.ui.acting import acting
from dialog.ui.forms import show
from dialog.ui.parts import Link

COLOUR = {
    AppointmentStatus.BOOKED: "success",
    AppointmentStatus.OFFERED: "warning",
    AppointmentStatus.PROPOSED: "info",
    AppointmentStatus.PENDING: "info",
}


def mine(request: HttpRequest) -> HttpResponse:
    """One's own times (R67)."""
    own = queries.my_appointments(acting(request))
    return show(
        request,
        "portal/appointments/mine.html",
        coming=_links(own.coming),
        wishes=_links(own.wishes),
        past=_links(own.past),
        back_to=reverse("portal:home"),
    )


def _links(appointments: Iterable[AppointmentView]) -> list[Link]:
    return [
        Link(
            href=reverse("portal:thread", args=[one.conversation_id]),
            title=dates.moment(one.starts) if one.starts else _("Ønske om time"),
            text=", ".join(part for part in (one.practitioner_name, one.type_name) if part),
            icon="calendar",
            label=one.status_name,
            color=COLOUR.get(one.status, "neutral"),
        )
        for one in appointments
    ]
