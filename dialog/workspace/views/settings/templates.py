"""Texts that doctors use again: the practice's and one's own, with what they can fill in."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.actor import Role
from dialog.econsultations import actions, queries, texts
from dialog.econsultations.policy import (
    LONGEST_TEMPLATE,
    LONGEST_TITLE,
    PLACEHOLDERS,
    TemplateKind,
)
from dialog.econsultations.queries import TemplateView
from dialog.people.policy import may_manage_office
from dialog.ui import fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show, submit
from dialog.workspace.views.settings.desk import done, page

MEANING: dict[str, Promise] = {
    "fornavn": gettext_lazy("pasientens fornavn"),
    "navn": gettext_lazy("pasientens hele navn"),
    "lege": gettext_lazy("ditt navn"),
    "legekontor": gettext_lazy("legekontorets navn"),
    "telefon": gettext_lazy("legekontorets telefon"),
    "dato": gettext_lazy("dagens dato"),
}
OWN, OFFICE = "own", "office"


class TemplateForm(Form):
    """A text, where it is used, and whose it is."""

    kind = fields.Select(
        label=gettext_lazy("Hvor brukes den?"),
        choices=[
            ("", gettext_lazy("Velg")),
            *((str(one), texts.TEMPLATE[one]) for one in TemplateKind),
        ],
    )
    title = fields.Line(
        label=gettext_lazy("Navn"),
        help_text=gettext_lazy("Så du finner den igjen. Pasienten ser det ikke."),
        max_length=LONGEST_TITLE,
    )
    text = fields.Words(label=gettext_lazy("Tekst"), max_length=LONGEST_TEMPLATE)
    own = fields.Choice(
        label=gettext_lazy("Hvem kan bruke den?"),
        choices=[(OWN, gettext_lazy("Bare jeg")), (OFFICE, gettext_lazy("Alle på legekontoret"))],
    )

    def __init__(self, *args: Any, whose: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.fields["own"]
        own.choices = [one for one in own.choices if one[0] in whose]  # type: ignore[attr-defined]
        own.initial = whose[0] if whose else None

    def clean(self) -> dict[str, Any]:
        """The choices in the action's words."""
        words: dict[str, Any] = {**self.cleaned_data}
        if words.get("kind"):
            words["kind"] = TemplateKind(words["kind"])
        words["own"] = words.get("own") == OWN
        return words


def _whose(request: HttpRequest) -> list[str]:
    by = acting(request)
    own = [OWN] if by.role is Role.PRACTITIONER else []
    return own + ([OFFICE] if may_manage_office(by) else [])


def templates(request: HttpRequest) -> HttpResponse:
    """All of them, by where they are used."""
    known = queries.templates(acting(request))
    whose = _whose(request)
    grouped = [
        (
            texts.TEMPLATE[kind],
            [(one, _may_change(one, whose)) for one in known if one.kind is kind],
        )
        for kind in TemplateKind
    ]
    return page(
        request,
        "templates",
        groups=[(heading, found) for heading, found in grouped if found],
        may_add=bool(whose),
    )


def _may_change(one: TemplateView, whose: list[str]) -> bool:
    return (OWN if one.own else OFFICE) in whose


def template(request: HttpRequest, template_uuid: UUID | None = None) -> HttpResponse:
    """Make one, or change one."""
    by = acting(request)
    before = (
        queries.template_view(queries.template_for(by, template_uuid)) if template_uuid else None
    )
    form = TemplateForm(request.POST or None, initial=_initial(before), whose=_whose(request))
    if form.is_bound:
        submit(form, partial(actions.save_template, by=by, template_uuid=template_uuid))
        if form.done:
            return done(request, _("Malen er lagret."), "workspace:templates")
    return page(
        request,
        "template",
        form,
        before=before,
        placeholders=[(f"{{{name}}}", MEANING[name]) for name in PLACEHOLDERS],
        back_to=reverse("workspace:templates"),
        back_words=_("Maler"),
    )


def _initial(before: TemplateView | None) -> dict[str, str]:
    if before is None:
        return {}
    return {
        "kind": str(before.kind),
        "title": before.title,
        "text": before.text,
        "own": OWN if before.own else OFFICE,
    }


def remove(request: HttpRequest, template_uuid: UUID) -> HttpResponse:
    """Remove one, having asked once more."""
    by = acting(request)
    one = queries.template_view(queries.template_for(by, template_uuid))
    form = Form(request.POST) if request.method == "POST" else None
    if form is not None:
        submit(form, partial(actions.remove_template, by=by, template_uuid=template_uuid))
        if form.done:
            return done(request, _("Malen er slettet."), "workspace:templates")
    return show(
        request,
        "ui/confirm.html",
        form,
        heading=_("Vil du slette malen «%(title)s»?") % {"title": one.title},
        sentences=[_("Det som er skrevet med den, blir stående.")],
        yes=_("Ja, slett"),
        no=_("Nei, behold den"),
        no_href=reverse("workspace:templates"),
        layout="ui/workspace_page.html",
        dangerous=True,
    )
