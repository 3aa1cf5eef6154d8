"""The page that asks why, and what is answered; what was on its way goes on from there."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from dialog.actor import Actor
from dialog.people import actions, queries
from dialog.people.policy import LookReason
from dialog.people.queries import Person
from dialog.ui import fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, submit
from dialog.ui.words import NOT_WORDS, stopped
from dialog.workspace.lanes import lanes
from dialog.workspace.patient import strip

TO = "til"
REASONS = {
    LookReason.CALL: _("Pasienten ringer eller står i skranken"),
    LookReason.PREPARING: _("Jeg forbereder en konsultasjon"),
    LookReason.RESULTS: _("Jeg følger opp prøvesvar eller et brev"),
    LookReason.MISTAKE: _("Jeg retter en feil"),
}


class WhyForm(Form):
    """One of the reasons, or another in words. Its names are nobody else's: it may ride along with
    a form that was on its way.
    """

    reason = fields.Choice(choices=[(str(one), str(one)) for one in LookReason])
    words = fields.Line(
        label=_("Noe annet, skriv kort hva"),
        max_length=actions.LONGEST_REASON,
        error_messages={"required": _("Skriv kort hvorfor.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="hvorfor", **kwargs)
        if self.is_bound:
            reason = self.data.get(self.add_prefix("reason"))
            self.fields["words"].required = reason == LookReason.OTHER

    def clean_reason(self) -> LookReason:
        """The reason itself."""
        return LookReason(self.cleaned_data["reason"])


def ask(request: HttpRequest, by: Actor, patient: Person) -> HttpResponse | None:
    """The page that asks; None when what was sent has the answer with it, which is then written
    down.
    """
    if request.method != "POST":
        return _page(
            request, by, patient, status=200, to=request.get_full_path(), form=WhyForm(), carried=[]
        )
    form = _answered(request)
    if form.is_bound:
        submit(form, partial(actions.explain_look, by=by, patient_uuid=patient.uuid))
        if form.done:
            return None
    return _page(request, by, patient, status=403, to="", form=form, carried=_carried(request))


def explain(request: HttpRequest, patient_uuid: UUID) -> HttpResponse:
    """Keep why somebody looks, and go on to what they wanted to see."""
    by, form = acting(request), _answered(request)
    to = own_page(request.POST.get(TO, "")) or reverse("workspace:patient", args=[patient_uuid])
    patient = queries.patient_for(by, patient_uuid)
    submit(form, partial(actions.explain_look, by=by, patient_uuid=patient_uuid))
    if form.done:
        return redirect(to)
    return _page(request, by, patient, status=form.status, to=to, form=form, carried=[])


def own_page(path: str) -> str:
    """A page of the workspace, or nothing."""
    if not path.startswith("/") or not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return ""
    try:
        return path if resolve(path.partition("?")[0]).app_name == "workspace" else ""
    except Resolver404:
        return ""


def _answered(request: HttpRequest) -> WhyForm:
    form = WhyForm(request.POST)
    return form if form.add_prefix("reason") in request.POST else WhyForm()


def _carried(request: HttpRequest) -> list[tuple[str, str]]:
    """What was on its way, to be sent again with the reason; files have to be chosen anew."""
    ours = {WhyForm().add_prefix(name) for name in WhyForm.base_fields}
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_WORDS | ours
        for value in values
    ]


def _page(
    request: HttpRequest,
    by: Actor,
    patient: Person,
    *,
    status: int,
    to: str,
    form: WhyForm,
    carried: list[tuple[str, str]],
) -> HttpResponse:
    return stopped(
        request,
        "workspace/why.html",
        status=status,
        form=form,
        strip=strip(patient),
        reasons=REASONS.items(),
        other=LookReason.OTHER,
        # What was on its way is sent where it was going; a page is asked for again afterwards.
        address=reverse("workspace:explain_look", args=[patient.uuid]) if to else "",
        to=(TO, to) if to else None,
        carried=carried,
        lost_files=bool(request.FILES),
        lanes=lanes(by),
        back_to=reverse("workspace:inbox"),
    )
