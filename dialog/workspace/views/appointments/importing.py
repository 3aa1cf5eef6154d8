"""Importing an .ics calendar: first what it would block, then the yes."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dialog.actor import Actor
from dialog.appointments import actions, queries
from dialog.errors import InvalidInput
from dialog.ui import fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, submit
from dialog.ui.uploads import Chosen
from dialog.workspace.views.appointments.timebook import changed, changing, page

SHOWN = 30


class FileForm(Form):
    """The calendar, as another program exported it."""

    file = fields.Files(
        label=_("Kalenderfil (.ics)"),
        help_text=_("Vi leser bare når du er opptatt. Hva avtalene gjelder, blir ikke lagret."),
        most=1,
        accept=".ics,text/calendar",
        required=True,
    )
    replace = fields.Check(
        label=_("Erstatt kalendere som er lest inn før"),
        help_text=_("Ta bort krysset hvis du vil lese inn en til, ved siden av."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs.pop("multiple", None)


class ConfirmForm(Form):
    """The busy times somebody has looked at; nothing else of the file comes along."""

    busy = fields.Hidden()
    name = fields.Hidden(required=False)
    replace = fields.Hidden(required=False)

    def clean(self) -> dict[str, Any]:
        """The same, as the action wants it."""
        said = self.cleaned_data
        return {
            "data": str(said.get("busy", "")).encode(),
            "name": str(said.get("name", ""))[:100],
            "replace": bool(said.get("replace")),
        }


def import_calendar(request: HttpRequest, practitioner: UUID) -> HttpResponse:
    """Choose a file, look at what it would block, and say yes."""
    book = changing(request, practitioner)
    if "busy" in request.POST:
        form: Form = ConfirmForm(request.POST)
        act = partial(actions.import_calendar, by=acting(request), practitioner=practitioner)
        if submit(form, act) is not None:
            return changed(request, practitioner, _("Kalenderen er lest inn."))
        return _choose(request, book, form)
    chosen = FileForm(request.POST or None, request.FILES or None, initial={"replace": True})
    preview = (
        submit(chosen, partial(_look, acting(request), practitioner)) if chosen.is_bound else None
    )
    if preview is None:
        return _choose(request, book, chosen)
    return _show(request, book, chosen, preview)


def _choose(request: HttpRequest, book: queries.Timebook, form: Form) -> HttpResponse:
    return page(
        request,
        book,
        form,
        heading=_now("Les inn en kalender"),
        template="workspace/appointments/import.html",
        chooser=form if isinstance(form, FileForm) else FileForm(initial={"replace": True}),
    )


def _look(by: Actor, practitioner: UUID, file: Chosen, replace: bool) -> queries.CalendarPreview:
    """``replace`` is for later; what is blocked is the same."""
    if not file.new:
        raise InvalidInput(_("Velg filen på nytt."), field="file")
    return queries.preview_calendar(by, practitioner, file.new[0].read())


def _show(
    request: HttpRequest, book: queries.Timebook, chosen: Form, preview: queries.CalendarPreview
) -> HttpResponse:
    from dialog.appointments.calendar_file import busy_file  # slow to load

    return page(
        request,
        book,
        ConfirmForm(),
        heading=_now("Dette blir opptatt"),
        template="workspace/appointments/import_preview.html",
        preview=preview,
        periods=preview.periods[:SHOWN],
        more=max(0, len(preview.periods) - SHOWN),
        busy=busy_file(preview.periods).decode(),
        name=chosen.cleaned_data["file"].new[0].name,
        replace=chosen.cleaned_data["replace"],
    )
