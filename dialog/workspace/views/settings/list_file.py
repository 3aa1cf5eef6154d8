"""A patient list from a file: looked at first, line by line, and then put in as a whole."""

from base64 import b64decode, b64encode
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dialog.people import actions, queries
from dialog.people.actions import Imported
from dialog.people.list_import import ListFile, Row, read
from dialog.ui.forms import Form, submit
from dialog.workspace.views.settings.desk import done, managing, page

LARGEST = 1024 * 1024
SHOWN = 10
FAULTS_SHOWN = 50


class OneFile(forms.FileField):
    """A file of text, small enough to carry from the preview to the yes."""

    kind = "line"
    default_error_messages = {
        "required": _("Velg en fil."),
        "missing": _("Velg en fil."),
        "empty": _("Filen er tom. Velg en annen."),
    }
    widget = forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"})

    def clean(self, data: Any, initial: Any = None) -> bytes:
        """What is in the file."""
        file: UploadedFile[bytes] = super().clean(data, initial)
        if (file.size or 0) > LARGEST:
            raise ValidationError(_("Filen er for stor. Del den i flere på høyst 1 MB."))
        content: bytes = file.read()
        return content


class FileForm(Form):
    """The file itself."""

    file = OneFile(
        label=_("Velg filen"),
        help_text=_(
            "En CSV-fil med kolonnene fødselsnummer, fornavn og etternavn, og gjerne mobil og "
            "e-post. De fleste journalsystemer og regneark kan lagre en slik."
        ),
    )


class CarriedForm(Form):
    """The same file once more, with the yes."""

    file = forms.CharField(widget=forms.HiddenInput, strip=False)

    def clean(self) -> dict[str, Any]:
        """The people in it; the page can hold nothing that was not read again here."""
        try:
            data = b64decode(self.cleaned_data.get("file", ""), validate=True)
        except ValueError:
            data = b""
        listed = _read(data)
        if listed.faults or not listed.rows:
            raise ValidationError(_("Velg filen på nytt."))
        return {"people": listed.rows}


def _read(data: bytes) -> ListFile:
    return read(data, synthetic_only=settings.DEMONSTRATION)


def list_file(request: HttpRequest, list_uuid: UUID) -> HttpResponse:
    """Choose a file, and look at what is in it."""
    by = managing(request)
    owner = queries.list_for(by, list_uuid)
    form = FileForm(request.POST or None, request.FILES or None)
    listed = carried = None
    if form.is_bound and form.is_valid():
        listed = _read(form.cleaned_data["file"])
        carried = b64encode(form.cleaned_data["file"]).decode()
    return page(
        request,
        "list_file",
        form,
        owner=owner,
        listed=listed,
        carried=carried,
        first=[_shown(one) for one in listed.rows[:SHOWN]] if listed else [],
        faults=listed.faults[:FAULTS_SHOWN] if listed else [],
        more_faults=max(len(listed.faults) - FAULTS_SHOWN, 0) if listed else 0,
        back_to=reverse("workspace:list_patients", args=[list_uuid]),
        back_words=_("Pasienter"),
    )


def _shown(one: Row) -> tuple[str, str, str]:
    return f"{one.given_name} {one.family_name}", one.identity.masked, one.phone


def import_list(request: HttpRequest, list_uuid: UUID) -> HttpResponse:
    """Put everybody in the file on the list, all or nobody."""
    by = managing(request)
    owner = queries.list_for(by, list_uuid)
    form = CarriedForm(request.POST)
    imported = submit(form, partial(actions.import_list, by=by, list_id=owner.list_id))
    if imported is None:
        response = page(
            request,
            "list_file",
            FileForm(),
            owner=owner,
            refused=form,
            back_to=reverse("workspace:list_patients", args=[list_uuid]),
            back_words=_("Pasienter"),
        )
        response.status_code = form.status
        return response
    return done(request, _told(imported), "workspace:list_patients", list_uuid)


def _told(imported: Imported) -> str:
    words = [
        ngettext(
            "%(n)d pasient er lagt på listen.", "%(n)d pasienter er lagt på listen.", imported.added
        )
        % {"n": imported.added}
    ]
    if imported.there:
        words.append(
            ngettext("%(n)d sto der fra før.", "%(n)d sto der fra før.", imported.there)
            % {"n": imported.there}
        )
    if imported.asked:
        words.append(
            _now("%(n)d står på en annen liste, og blir spurt når de logger inn.")
            % {"n": imported.asked}
        )
    return " ".join(words)
