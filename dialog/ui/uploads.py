"""The field for pictures and documents, and what a form that was refused keeps of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from dialog.errors import InvalidInput, PortError
from dialog.ui.parts import FileLine
from dialog.ui.upload_limits import MOST_OF_A_FILE

PICTURES_AND_PDF = ".pdf,.jpg,.jpeg,.png,.heic,.heif,image/*,application/pdf"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The files of a form: those just sent, and the ids of those kept from an earlier try."""

    new: Sequence["UploadedFile[bytes]"] = ()
    kept: Sequence[str] = ()
    turned: Sequence[int] = ()

    def turn_of(self, place: int) -> int:
        """How many quarters, clockwise, the writer turned a new one."""
        return self.turned[place] if place < len(self.turned) else 0

    def __bool__(self) -> bool:
        return bool(self.new or self.kept)


class FilesInput(forms.FileInput):
    """A picker for several files, camera included."""

    allow_multiple_selected = True

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> Chosen:
        """New files and kept ids together."""
        # Without scripts, what the camera took comes beside what was chosen.
        both = (name, f"{name}_taken")
        new = (
            [file for one in both for file in files.getlist(one)]
            if isinstance(files, MultiValueDict)
            else files.get(name, [])
        )
        kept = data.getlist(f"{name}_kept") if isinstance(data, MultiValueDict) else []
        turned = data.getlist(f"{name}_turned") if isinstance(data, MultiValueDict) else []
        return Chosen(
            new=tuple(file for file in new if file),
            kept=tuple(map(str, kept)),
            turned=tuple(int(one) if str(one) in ("1", "2", "3") else 0 for one in turned),
        )


def _how_much(most: int) -> str:
    words = ngettext(
        "%(most)d fil på høyst 10 MB. På telefon kan du ta bildet med en gang.",
        "Opptil %(most)d filer på høyst 10 MB hver. På telefon kan du ta bildet med en gang.",
        most,
    )
    return words % {"most": most}


def _whether_scanned() -> str:
    """What a demonstration must say of itself; nothing where somebody looks through files."""
    if not settings.FILES_ARE_UNSCANNED:
        return ""
    return gettext(
        "Dette er en demonstrasjon: Filer sjekkes ikke for virus. Vi ser bare etter at de er av "
        "rett type, og tegner bilder på nytt."
    )


# Worked out when it is read: ``%`` on a lazy sentence is worked out in the language of the start.
_advice = lazy(_how_much, str)
_unscanned = lazy(_whether_scanned, str)


class Files(forms.Field):
    """Pictures and PDFs. Kept ones are listed with a box each; untick one to leave it out.

    A browser never sends a file twice, so a refused form must keep them: the view stores what came,
    sets ``form.fields["files"].kept`` and they are sent on by id.
    """

    kind = "files"
    widget = FilesInput

    def __init__(self, *, most: int = 5, accept: str = PICTURES_AND_PDF, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(**options)
        self.most = most
        self.kept: Sequence[tuple[str, FileLine]] = ()
        self.pictures = "image/" in accept
        if self.pictures:
            self.help_text = format_lazy("{} {} {}", self.help_text, _advice(most), _unscanned())
        self.widget.attrs.update(multiple=True, accept=accept)
        if self.pictures:
            self.widget.attrs["data-largest"] = str(MOST_OF_A_FILE)

    def clean(self, value: Any) -> Chosen:
        """As many as there is room for, and none that is empty."""
        chosen = value if isinstance(value, Chosen) else Chosen()
        if self.required and not chosen:
            raise ValidationError(_("Legg ved minst én fil."), code="required")
        if len(chosen.new) + len(chosen.kept) > self.most:
            raise ValidationError(
                ngettext_lazy(
                    "Du kan legge ved %(most)d fil. Fjern noen og prøv igjen.",
                    "Du kan legge ved %(most)d filer. Fjern noen og prøv igjen.",
                    "most",
                ),
                code="too-many",
                params={"most": self.most},
            )
        empty = [file for file in chosen.new if not file.size]
        if empty:
            raise ValidationError(_("En av filene er tom. Velg den på nytt."), code="empty")
        return chosen


class TableFile(forms.FileField):
    """One file of rows from another program, as its bytes."""

    default_error_messages = {
        "required": _("Velg en fil."),
        "empty": _("Filen er tom. Velg en annen."),
    }
    kind = "files"
    widget = forms.FileInput

    def __init__(self, *, largest: int, accept: str = ".csv,.txt,text/csv", **options: Any) -> None:
        super().__init__(**options)
        self.largest = largest
        self.widget.attrs.update(accept=accept)

    def clean(self, data: Any, initial: Any = None) -> bytes:
        """The whole file, when there is room for it."""
        upload = super().clean(data, initial)
        if upload.size > self.largest:
            raise ValidationError(_("Filen er for stor. Del den opp og prøv igjen."), code="large")
        content: bytes = upload.read()
        return content


def keep_files(
    form: forms.Form,
    *,
    keep: Callable[..., Any],
    known: Callable[[Sequence[UUID]], Iterable[Any]],
    name: str = "files",
) -> None:
    """Keep what a bound form brings before it is judged, so that a refusal loses nothing.

    ``keep(name=, data=, turned=)`` stores one file or refuses it; ``known(ids)`` are those kept
    earlier. Afterwards the form's words have the ids of all of them, in order, under the field's
    name.
    """
    field = form.fields[name]
    chosen = form[name].data
    form.full_clean()
    lines = list(known(_uuids(chosen.kept)))
    for place, upload in enumerate(chosen.new if name not in form.errors else ()):
        turned = chosen.turn_of(place)
        try:
            lines.append(keep(name=upload.name or "", data=upload.read(), turned=turned))
        except (InvalidInput, PortError) as refusal:
            form.add_error(name, str(refusal.sentence))
    if isinstance(field, Files):
        field.kept = [
            (str(one.id), FileLine(href="", name=one.name, size=one.size)) for one in lines
        ]
    if name in form.cleaned_data:
        form.cleaned_data[name] = tuple(one.id for one in lines)


def fit_files(form: forms.Form, *, taken: bool, otherwise: str) -> None:
    """Leave the files out of a form that cannot bring any (R194).

    One that brought some all the same says so above the words, which stay; sent again it goes
    without them.
    """
    if taken or "files" not in form.fields:
        return
    brought = form.is_bound and bool(form["files"].data)
    if form.is_bound:
        form.errors.pop("files", None)
    del form.fields["files"]
    if brought:
        form.add_error(None, otherwise)


def _uuids(texts: Iterable[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
