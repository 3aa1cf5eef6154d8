"""The office writes first, about something practical, and says whether the patient may answer."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dialog.conversations import actions as conversations
from dialog.conversations import queries as core
from dialog.conversations import texts
from dialog.conversations.deadlines import LONGEST_TASK
from dialog.conversations.policy import Topic
from dialog.conversations.queries import MOST_DAYS, USUAL_DAYS
from dialog.enquiries import actions
from dialog.enquiries.policy import ENQUIRY
from dialog.people.actions import look_up_patient
from dialog.ui import fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show, submit
from dialog.ui.uploads import keep_files
from dialog.workspace.lanes import lanes
from dialog.workspace.patient import strip
from dialog.workspace.reach import must_know, reach_of, said
from dialog.workspace.without_files import fit_files

YES, NO = "yes", "no"


class FirstForm(Form):
    """What the office wants to say, and what the patient may do with it."""

    topic = fields.Select(
        label=_("Hva gjelder det?"),
        choices=[("", _("Velg")), *((str(one), texts.TOPIC[one]) for one in ENQUIRY.office_topics)],
    )
    text = fields.Words(
        label=_("Skriv til pasienten"),
        help_text=_("Alle som jobber på kontoret, kan lese dette."),
        max_length=ENQUIRY.longest,
    )
    files = fields.Files(label=_("Bilder eller PDF"))  # type: ignore[assignment]  # a field
    reply = fields.Choice(
        label=_("Kan pasienten svare?"),
        help_text=_("Informasjon kan aldri besvares, og et spørsmål kan alltid besvares."),
        choices=[
            (YES, _("Ja, pasienten kan svare")),
            (NO, _("Nei, dette er bare til informasjon")),
        ],
        initial=YES,
    )
    task = fields.Line(
        label=_("Hva skal pasienten gjøre?"),
        help_text=_(
            "For oppgaver og skjema med frist. For eksempel: Fyll ut skjemaet og send det tilbake."
        ),
        required=False,
        max_length=LONGEST_TASK,
    )
    due_on = fields.Day(
        label=_("Frist for pasienten"),
        help_text=_("Pasienten får påminnelse før fristen. Er det ikke gjort da, får du beskjed."),
        required=False,
    )
    important = fields.Check(
        label=_("Viktig"),
        help_text=_("Blir den ikke lest, får pasienten en påminnelse, og du får beskjed."),
    )
    remind_after = fields.Number(
        label=_("Gi beskjed etter så mange virkedager"),
        required=False,
        initial=USUAL_DAYS,
        min_value=1,
        max_value=MOST_DAYS,
    )

    def clean(self) -> dict[str, Any]:
        """The choices in the action's words."""
        words = said(self.cleaned_data)
        words["reply_allowed"] = words.pop("reply", YES) == YES
        if words.get("topic"):
            words["topic"] = Topic(words["topic"])
        return words


def write_first(request: HttpRequest, patient_uuid: UUID) -> HttpResponse:
    """Write to a patient without being asked (R156)."""
    by = acting(request)
    person = look_up_patient(by=by, patient_uuid=patient_uuid)
    reach = reach_of(person)
    form = (
        FirstForm(request.POST, request.FILES)
        if request.method == "POST"
        else FirstForm(initial={"reply": YES if core.usually_answered(by, patient_uuid) else NO})
    )
    must_know(form, reach)
    if form.is_bound:
        keep_files(
            form, keep=partial(conversations.keep_file, by=by), known=partial(core.kept_files, by)
        )
        act = partial(actions.write_to_patient, by=by, patient=patient_uuid)
        conversation = submit(form, act)
        if conversation is not None:
            return redirect("workspace:conversation", conversation.id)
    fit_files(form, taken=core.files_are_looked_through())
    return show(
        request,
        "workspace/write_first.html",
        form,
        strip=strip(person, reach),
        lanes=lanes(by),
        back_to=reverse("workspace:patient", args=[patient_uuid]),
    )
