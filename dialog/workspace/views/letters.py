"""What nobody has opened, as a letter on paper."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _

from dialog.actor import Side
from dialog.conversations import actions, paper, texts
from dialog.conversations import queries as core
from dialog.conversations.queries import Thread
from dialog.people import queries as people
from dialog.ui.acting import acting
from dialog.ui.downloads import download


def letter(request: HttpRequest, follow_up_id: UUID) -> HttpResponseBase:
    """The office's last message to the patient, ready for an envelope; a look like any other."""
    by = acting(request)
    found = core.follow_up_for(by, follow_up_id)
    thread = actions.read(by=by, conversation_id=found.conversation_id)
    with translation.override(thread.patient.language):
        printed = paper.letter(_letter(thread))
        name = _("brev.pdf")
    return download([printed], name=name, media_type="application/pdf", size=len(printed))


def _letter(thread: Thread) -> paper.Letter:
    ours = [one for one in thread.messages if one.side is Side.PRACTICE and not one.hidden]
    last = ours[-1] if ours else None
    office = thread.owner.office
    topic = str(texts.TOPIC[thread.topic])
    return paper.Letter(
        sender=paper.Sender(name=office.name, address=office.address, phone=office.phone),
        recipient=thread.patient.name,
        address="",
        day=people.today(),
        subject=topic or _("Melding fra legekontoret"),
        text=last.text if last else "",
        signed_by=last.author_name if last else office.name,
    )
