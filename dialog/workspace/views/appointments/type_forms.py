"""What can be booked in a timebook: making a type of time, and changing one."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dialog.actor import Actor
from dialog.appointments import actions, queries
from dialog.appointments.policy import MeetingType
from dialog.errors import NotFound
from dialog.people.policy import Profession
from dialog.ui import fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, submit
from dialog.workspace.times import meetings
from dialog.workspace.views.appointments.timebook import changed, changing, page

TALKS = (MeetingType.IN_PERSON, MeetingType.PHONE, MeetingType.VIDEO)
TASKS = tuple(one for one in MeetingType if one not in TALKS)
WAYS = {
    Profession.DOCTOR: TALKS,
    Profession.NURSE: (*TASKS, *TALKS),
    Profession.LAB: TASKS,
}


class TypeForm(Form):
    """What can be booked."""

    name = fields.Line(
        label=_("Hva heter timen?"),
        help_text=_("Pasientene ser navnet. For eksempel «Vanlig time»."),
        max_length=80,
    )
    minutes = fields.Number(label=_("Hvor mange minutter varer den?"), min_value=1, max_value=240)
    meetings = fields.Choices(label=_("Hvordan kan dere møtes?"), choices=meetings())
    bookable = fields.Check(
        label=_("Pasientene kan velge den selv"),
        help_text=_("Ta bort krysset hvis bare kontoret skal gi disse timene."),
    )
    instructions = fields.Words(
        label=_("Hva bør pasienten vite?"),
        help_text=_("Vises når timen er bestilt. For eksempel om å møte fastende."),
        max_length=500,
        required=False,
        rows=3,
    )

    def offer(self, profession: Profession) -> None:
        """The ways one meets somebody of this profession."""
        field = self.fields["meetings"]
        field.choices = meetings(WAYS[profession])  # type: ignore[attr-defined]  # a Choices

    def clean_meetings(self) -> list[MeetingType]:
        """The ways themselves."""
        return [MeetingType(one) for one in self.cleaned_data["meetings"]]


def save_type(
    request: HttpRequest, practitioner: UUID, type_uuid: UUID | None = None
) -> HttpResponse:
    """Make a type of time, or change one; a doctor's own are the doctor's."""
    book = changing(request, practitioner)
    one = _type_in(book, type_uuid)
    form = TypeForm(request.POST or None, initial=_said(one))
    form.offer(book.practitioner.profession)
    if form.is_bound and submit(form, partial(_save, acting(request), book, one)):
        return changed(request, practitioner, _("Lagret."))
    heading = _now("Ny type time") if one is None else _now("Endre «%(name)s»") % {"name": one.name}
    return page(request, book, form, heading=heading)


def _type_in(book: queries.Timebook, type_uuid: UUID | None) -> queries.TypeView | None:
    if type_uuid is None:
        return None
    for one in book.types:
        if one.uuid == type_uuid:
            return one
    raise NotFound


def _said(one: queries.TypeView | None) -> dict[str, Any]:
    if one is None:
        return {"bookable": True, "minutes": 20}
    return {
        "name": one.name,
        "minutes": one.minutes,
        "meetings": sorted(one.meetings),
        "bookable": one.bookable,
        "instructions": one.instructions,
    }


def _save(by: Actor, book: queries.Timebook, one: queries.TypeView | None, **said: Any) -> bool:
    whose = book.practitioner
    shared = one.shared if one else whose.profession is not Profession.DOCTOR
    actions.save_type(
        by=by,
        type_uuid=one.uuid if one else None,
        profession=whose.profession,
        practitioner=None if shared else whose.uuid,
        **said,
    )
    actions.publish_slots(by=by, practitioner=whose.uuid)
    return True
