"""The doctor writes first: reading is free, and the patient is told whether and how to answer."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

from dialog.conversations import actions as conversations
from dialog.conversations import queries as core
from dialog.conversations import texts as core_texts
from dialog.conversations.deadlines import LONGEST_TASK
from dialog.conversations.files import MOST_FILES
from dialog.conversations.policy import Topic
from dialog.conversations.queries import MOST_DAYS, USUAL_DAYS
from dialog.econsultations import actions, queries, texts
from dialog.econsultations.policy import ECONSULTATION, Reply, TemplateKind
from dialog.people import queries as people
from dialog.people.actions import look_up_patient
from dialog.ui import fields
from dialog.ui.acting import acting
from dialog.ui.forms import show, submit
from dialog.ui.uploads import keep_files
from dialog.workspace.econsultation_forms import Templated
from dialog.workspace.patient import strip
from dialog.workspace.reach import must_know, reach_of, said
from dialog.workspace.without_files import fit_files


class FirstForm(Templated):
    """What the doctor writes, and whether the patient may answer."""

    topic = fields.Select(
        label=gettext_lazy("Hva gjelder det?"),
        choices=[
            ("", gettext_lazy("Velg")),
            *((str(one), core_texts.TOPIC[one]) for one in ECONSULTATION.office_topics),
        ],
    )
    text = fields.Words(
        label=gettext_lazy("Skriv til pasienten"), max_length=ECONSULTATION.longest, rows=8
    )
    files = fields.Files(  # type: ignore[assignment]  # a field, not Django's own files
        label=gettext_lazy("Bilder eller PDF"), most=MOST_FILES
    )
    reply = fields.Choice(
        label=gettext_lazy("Kan pasienten svare?"),
        help_text=gettext_lazy("Det er alltid gratis å lese."),
        choices=[(str(one), words) for one, words in texts.REPLY.items()],
        initial=str(Reply.FREE),
    )
    task = fields.Line(
        label=gettext_lazy("Hva skal pasienten gjøre?"),
        help_text=gettext_lazy(
            "For oppgaver og skjema med frist. For eksempel: Fyll ut skjemaet og send det tilbake."
        ),
        required=False,
        max_length=LONGEST_TASK,
    )
    due_on = fields.Day(
        label=gettext_lazy("Frist for pasienten"),
        help_text=gettext_lazy(
            "Pasienten får påminnelse før fristen. Er det ikke gjort da, får du beskjed."
        ),
        required=False,
    )
    important = fields.Check(
        label=gettext_lazy("Viktig"),
        help_text=gettext_lazy(
            "Blir den ikke lest, får pasienten en påminnelse, og du får beskjed."
        ),
    )
    remind_after = fields.Number(
        label=gettext_lazy("Gi beskjed etter så mange virkedager"),
        required=False,
        initial=USUAL_DAYS,
        min_value=1,
        max_value=MOST_DAYS,
    )

    def clean(self) -> dict[str, Any]:
        """The choices in the action's words."""
        words = said(super().clean())
        words.pop("seen", None)
        if words.get("topic"):
            words["topic"] = Topic(words["topic"])
        if words.get("reply"):
            words["reply"] = Reply(words["reply"])
        return words


def write_first(request: HttpRequest, patient_uuid: UUID) -> HttpResponse:
    """Write to a patient without being asked."""
    by = acting(request)
    patient = people.patient_for(by, patient_uuid)
    known = queries.templates(by, TemplateKind.ANSWER)
    form = FirstForm(request.POST or None, request.FILES or None, known=known)
    if not form.is_bound and not core.usually_answered(by, patient_uuid):
        form.initial["reply"] = str(Reply.NONE)
    reach = reach_of(patient)
    must_know(form, reach)
    if form.is_bound:
        keep_files(
            form, keep=partial(conversations.keep_file, by=by), known=partial(core.kept_files, by)
        )
        conversation = submit(form, partial(actions.write_to_patient, by=by, patient_id=patient.id))
        if conversation is not None:
            return redirect("workspace:conversation", conversation.id)
    fit_files(form, taken=core.files_are_looked_through())
    return show(
        request,
        "workspace/econsultation_first.html",
        form,
        strip=strip(look_up_patient(by=by, patient_uuid=patient_uuid), reach),
        back_to=reverse("workspace:patient", args=[patient_uuid]),
    )
