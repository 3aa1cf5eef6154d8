"""Letters on paper: what nobody has opened, and to somebody who is not reached here."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.actor import Side
from dialog.conversations import actions, paper, texts
from dialog.conversations import queries as core
from dialog.conversations.queries import Thread
from dialog.people import queries as people
from dialog.people.actions import look_up_patient
from dialog.ui import fields
from dialog.ui.acting import acting
from dialog.ui.downloads import download
from dialog.ui.forms import Form, show
from dialog.workspace.lanes import lanes
from dialog.workspace.patient import strip


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


class LetterForm(Form):
    """What the letter says."""

    subject = fields.Line(label=gettext_lazy("Hva gjelder det?"), max_length=100)
    text = fields.Words(label=gettext_lazy("Skriv brevet"), max_length=4000)


def first(request: HttpRequest, patient_uuid: UUID) -> HttpResponseBase:
    """A letter to somebody who cannot be reached here (R9); it is printed, and kept nowhere."""
    by = acting(request)
    person = look_up_patient(by=by, patient_uuid=patient_uuid)
    form = LetterForm(request.POST or None)
    if form.is_bound and form.is_valid():
        office = people.office_by_id(by.practice)
        with translation.override(person.language):
            printed = paper.letter(
                paper.Letter(
                    sender=paper.Sender(
                        name=office.name, address=office.address, phone=office.phone
                    ),
                    recipient=person.name,
                    address="",
                    day=people.today(),
                    signed_by=by.name,
                    **form.cleaned_data,
                )
            )
            name = _("brev.pdf")
        return download([printed], name=name, media_type="application/pdf", size=len(printed))
    return show(
        request,
        "workspace/letter_first.html",
        form,
        strip=strip(person),
        lanes=lanes(by),
        back_to=reverse("workspace:patient", args=[patient_uuid]),
    )
