"""Files people send: what they really are, made harmless before anybody keeps or opens them.

Pictures are drawn anew, so that nothing of the old file is left: not the place and time they were
taken, not the maker of the phone, not what hid between the pixels. A PDF is kept as it is, or
refused.
"""

import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from dialog.errors import InvalidInput

MOST_FILES = 10
MOST_MEGABYTES = 10
MOST_BYTES = MOST_MEGABYTES * 1024 * 1024
LONGEST_NAME = 100

PDF = "application/pdf"
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/heif"})
EXTENSIONS = {PDF: ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}

_OTHER_WORDS = {"image/heic": "image/heif"}


@dataclass(frozen=True, slots=True)
class CleanFile:
    """A file that may be kept and shown. Printing it tells neither its name nor what is in it."""

    name: str
    media_type: str
    data: bytes

    def __repr__(self) -> str:
        return f"CleanFile({self.media_type}, {len(self.data)} bytes)"


def clean(name: str, data: bytes, *, turned: int = 0) -> CleanFile:
    """A file as it may be kept, or the sentence that says why it may not."""
    must_fit(data)
    media_type = media_type_of(data)
    if media_type == PDF:
        _must_be_plain(data)
        return CleanFile(clean_name(name, media_type), media_type, data)
    # Loaded when the first picture comes, as what judges a file when the first file does.
    from dialog.conversations import pictures

    try:
        media_type, data = pictures.drawn_anew(data, media_type, MOST_BYTES, turned=turned)
    except pictures.NotDrawable as fault:
        raise _refused(str(fault)) from fault
    return CleanFile(clean_name(name, media_type), media_type, data)


def must_fit(data: bytes) -> None:
    """Refuse a file with nothing in it, or with more than anybody needs to send."""
    if not data:
        raise _refused(_("Filen er tom. Velg den på nytt."))
    if len(data) > MOST_BYTES:
        sentence = _("Filen er for stor. Den kan være på opptil %(number)d MB.")
        raise _refused(sentence % {"number": MOST_MEGABYTES})


def _must_be_plain(pdf: bytes) -> None:
    # Loaded when the first PDF comes: it takes a tenth of the time that starting a process takes.
    from dialog.conversations import pdf_contents

    try:
        pdf_contents.must_be_plain(pdf)
    except pdf_contents.NotPlain as fault:
        raise _refused(str(fault)) from fault


def media_type_of(data: bytes) -> str:
    """What a file really is, where two independent opinions agree that it is something we take."""
    import filetype
    import puremagic

    first = filetype.guess_mime(data) or ""
    first = _OTHER_WORDS.get(first, first)
    try:
        opinions = {match.mime_type for match in puremagic.magic_string(data)}
    except (puremagic.PureError, ValueError):
        opinions = set()
    second = {_OTHER_WORDS.get(opinion, opinion) for opinion in opinions}
    if first not in second or first not in PICTURES | {PDF}:
        raise _refused(
            _("Vi kan ikke ta imot denne typen fil. Send et bilde (JPEG, PNG, HEIC) eller en PDF.")
        )
    return first


def clean_name(name: str, media_type: str) -> str:
    """A name without folders, hidden signs and other tricks, and with the ending it should have."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    visible = "".join(" " if _is_hidden(letter) else letter for letter in last)
    stem = PurePosixPath(" ".join(visible.split())).stem.strip(" .")
    extension = EXTENSIONS[media_type]
    kept = stem[: LONGEST_NAME - len(extension)].strip(" .")
    return (kept or (_("Dokument") if media_type == PDF else _("Bilde"))) + extension


def _is_hidden(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "C" or letter in '<>:"|?*'


def _refused(sentence: str) -> InvalidInput:
    return InvalidInput(sentence, field="files")
