"""The patient's GP: whose list, who is substitute, and a new office's question (R191)."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dialog.people import actions
from dialog.people import queries as people
from dialog.portal.left_behind import left_behind
from dialog.ui import fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show, submit
from dialog.ui.parts import Link


class AnswerForm(Form):
    """Yes or no, said plainly."""

    yes = fields.Choice(
        label=_("Vil du bytte?"),
        choices=fields.options(
            [
                ("ja", _("Ja, jeg bytter"), _("Byttet gjelder fra i dag.")),
                ("nei", _("Nei, jeg blir der jeg er"), _("Ingenting endrer seg.")),
            ]
        ),
    )

    def clean_yes(self) -> bool:
        """Whether it was a yes."""
        return bool(self.cleaned_data["yes"] == "ja")


def gp(request: HttpRequest) -> HttpResponse:
    """Whose list the patient is on, and what is left at an earlier GP's."""
    by = acting(request)
    owner = people.list_of(by.patient) if by.patient else None
    return show(
        request,
        "portal/gp.html",
        owner=owner,
        substitute=people.substitute_now(owner.list_id) if owner else None,
        wishes=[
            Link(
                href=reverse("portal:gp_change", args=[one.uuid]),
                title=one.to.name,
                text=one.to.office.name,
                icon="doctor",
            )
            for one in people.gp_wishes(by)
        ],
        left=left_behind(by),
        back_to=reverse("portal:home"),
    )


def gp_change(request: HttpRequest, change_uuid: UUID) -> HttpResponse:
    """A new office asks; nothing happens before the yes, and the patient sees what is open."""
    by = acting(request)
    wish = people.gp_wish_for(by, change_uuid)
    form = AnswerForm(request.POST or None)
    if form.is_bound:
        submit(form, partial(actions.answer_gp_change, by=by, change_uuid=change_uuid))
        if form.done:
            return redirect("portal:gp")
    return show(
        request,
        "portal/gp_change.html",
        form,
        wish=wish,
        now=people.list_of(by.patient),
        still_open=left_behind(by, before_a_change=True),
        back_to=reverse("portal:gp"),
    )
