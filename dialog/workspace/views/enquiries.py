"""What stands above an enquiry at the office: one click shows the way elsewhere."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from dialog.actor import Actor
from dialog.conversations import queries, texts
from dialog.conversations.policy import Feature, Kind, Verb
from dialog.conversations.queries import Thread
from dialog.enquiries import actions
from dialog.enquiries.policy import POINTS_TO
from dialog.people import queries as people
from dialog.ui.acting import acting
from dialog.ui.forms import submit
from dialog.ui.panels import Panel
from dialog.workspace.onward import onward
from dialog.workspace.panels import PANELS
from dialog.workspace.views.conversation import page
from dialog.workspace.views.handling import PointForm


@PANELS.of(Kind.ENQUIRY)
def panel(_by: Actor, thread: Thread) -> Panel | None:
    """Misdirected? Where to, with what it costs the patient."""
    if Verb.REDIRECT not in thread.verbs:
        return None
    owner = thread.owner if thread.on_owners_list else people.list_of(thread.patient.id)
    if owner is None:
        return None
    states = queries.services_of(owner.list_id)
    price = queries.highest_price(thread.patient, owner).amount
    return Panel(
        template="workspace/misdirected.html",
        words_first=True,
        context={
            "thread": thread,
            "econsultation": states[Feature.ECONSULTATION].on,
            "price": price,
            "others": [
                (str(kind), texts.KIND[kind])
                for kind in sorted(POINTS_TO - {Kind.ECONSULTATION})
                if states[Feature(kind)].on
            ],
        },
    )


def misdirected(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Send the standard explanation and close; the patient goes on alone (R50)."""
    form = PointForm(request.POST)
    act = partial(actions.point_elsewhere, by=acting(request), conversation_id=conversation_id)
    submit(form, act)
    if not form.done:
        return page(request, conversation_id, form=form)
    return onward(request, conversation_id, _("Pasienten er vist videre."))
