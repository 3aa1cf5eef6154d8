"""Patient lists: a doctor's own, or shared by a team (R190)."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dialog.actor import Actor
from dialog.conversations import actions as conversations
from dialog.people import actions, queries
from dialog.people.gp_register import gp_connected
from dialog.people.policy import Profession
from dialog.people.queries import Clinician
from dialog.ui import fields
from dialog.ui.forms import Form, submit
from dialog.workspace.views.settings.desk import done, managing, page

SHARED = "felles"


class ListForm(Form):
    """Whose a list is: one doctor's, or a team's."""

    whose = fields.Choice(label=_("Hvem sin liste er det?"))
    name = fields.Line(
        label=_("Hva skal felleslisten hete?"),
        help_text=_("Bare for fellesliste. En leges liste har legens navn."),
        required=False,
        max_length=150,
    )
    team = fields.Choices(
        label=_("Hvem tar seg av listen sammen?"),
        help_text=_("På en leges liste kan du la dette stå tomt."),
        required=False,
    )

    def __init__(
        self,
        doctors: Sequence[Clinician],
        team: Sequence[Clinician],
        *args: object,
        **options: object,
    ) -> None:
        super().__init__(*args, **options)
        shared = (SHARED, _("Fellesliste"), _("Flere deler ansvaret. Listen har ingen fast lege."))
        self.fields["whose"].choices = fields.options(  # type: ignore[attr-defined]  # a Choice
            [*((str(one.id), one.name, "") for one in doctors), shared]
        )
        self.fields["team"].choices = [  # type: ignore[attr-defined]  # Choices
            (str(one.id), one.name) for one in team
        ]

    def clean(self) -> dict[str, Any]:
        """The same, as the actions want it."""
        said = self.cleaned_data
        shared = said.get("whose") == SHARED
        return {
            "practitioner_id": None if shared or "whose" not in said else int(said["whose"]),
            "name": said.get("name", "").strip() if shared else "",
            "team": [int(one) for one in said.get("team", ())],
        }


def lists(request: HttpRequest) -> HttpResponse:
    """Every list, with its patients, substitutes and services, and room for one more."""
    by = managing(request)
    form = ListForm(_doctors_without(by), those_who_can(by), request.POST or None)
    if form.is_bound:
        submit(form, partial(conversations.open_list, by=by))
        if form.done:
            return done(request, _("Listen er laget. Alle tjenester er av."), "workspace:lists")
    patients, followed = queries.patients_by_list(by), queries.followed_lists(by)
    rows = [
        (
            one,
            patients.get(one.list_id, 0),
            queries.team_of(one.list_id),
            queries.substitutes(one.list_id),
            followed.get(one.list_id),
        )
        for one in queries.lists_of_practice(by)
    ]
    wishes = queries.gp_wishes(by)
    return page(request, "lists", form, rows=rows, wishes=wishes, register=gp_connected())


def those_who_can(by: Actor) -> list[Clinician]:
    """Those who can look after a list: with a timebook and a way in."""
    return [one for one in queries.clinicians_of_practice(by) if one.account_id is not None]


def doctors_here(by: Actor) -> list[Clinician]:
    """The doctors who work here."""
    return [one for one in those_who_can(by) if one.profession is Profession.DOCTOR]


def _doctors_without(by: Actor) -> list[Clinician]:
    have = {one.practitioner_id for one in queries.lists_of_practice(by)}
    return [one for one in doctors_here(by) if one.id not in have]


def change_list(request: HttpRequest, list_uuid: UUID) -> HttpResponse:
    """Give a list another doctor, or a team; the patients stay on it."""
    by = managing(request)
    owner = queries.list_for(by, list_uuid)
    free = {one.id for one in _doctors_without(by)} | {owner.practitioner_id}
    doctors = [one for one in doctors_here(by) if one.id in free]
    shared = owner.practitioner_id is None
    now = {
        "whose": SHARED if shared else str(owner.practitioner_id),
        "name": owner.name if shared else "",
        "team": [str(one.id) for one in queries.team_of(owner.list_id)],
    }
    form = ListForm(doctors, those_who_can(by), request.POST or None, initial=now)
    if form.is_bound:
        submit(form, partial(actions.change_list, by=by, list_id=owner.list_id))
        if form.done:
            return done(request, _("Listen er lagret."), "workspace:lists")
    return page(
        request,
        "form",
        form,
        heading=owner.name,
        back_to=reverse("workspace:lists"),
        back_words=_("Pasientlister"),
    )
