"""What is inside a PDF: one that can run, open or carry something else is refused."""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from logging import CRITICAL, getLogger
from zipfile import is_zipfile

from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

MOST_OBJECTS = 20_000
DEEPEST = 100

# Keys that bring something along, and the kinds of action and annotation that do something.
FORBIDDEN_KEYS = frozenset({
    "/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/RichMediaContent", "/XFA", "/RichMedia",
})  # fmt: skip
FORBIDDEN_KINDS = frozenset({
    "/JavaScript", "/Launch", "/EmbeddedFile", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR",
    "/RichMedia", "/RichMediaExecute", "/FileAttachment", "/Movie", "/Sound", "/Rendition",
    "/Screen", "/3D",
})  # fmt: skip
_BROKEN = (
    PyPdfError, OSError, ValueError, TypeError, KeyError, IndexError, AttributeError,
    AssertionError, ArithmeticError, RecursionError, RuntimeError, NotImplementedError,
)  # fmt: skip


# Names of the same that are long enough never to stand in a picture's bytes by chance.
_WRITTEN_OUT = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|FileAttachment)\b")
_MARKUP = re.compile(rb"<\s*(!doctype|html|head|body|script|iframe|svg|\?xml-stylesheet)\b", re.I)
GUESSED_FROM = 2048  # as far as those who guess a type from the content look, and a little more
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")

# The parser's complaints may repeat what it read, and would end in the log.
getLogger("pypdf").setLevel(CRITICAL)


class NotPlain(Exception):
    """A PDF that cannot be used; the sentence says why."""


def must_be_plain(data: bytes) -> None:
    """Refuse a PDF that is not whole, is locked, or has more in it than pages."""
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-1024:]:
        raise _broken()
    try:
        locked, active = _look_inside(data)
    except _BROKEN as error:
        raise _broken() from error
    if locked:
        raise NotPlain(_("PDF-en er låst med passord. Send en som ikke er låst."))
    if active:
        raise NotPlain(
            _(
                "PDF-en har skript eller andre filer i seg, og kan ikke tas imot. "
                "Skriv den ut som en ny PDF, og send den."
            )
        )


def _look_inside(data: bytes) -> tuple[bool, bool]:
    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted:
        return True, False
    if not reader.pages:
        raise ValueError("no pages")
    active = any(_is_active(each) for each in _dictionaries(reader))
    return False, active or _mentions_something_active(data) or _is_something_else_too(data)


def _is_active(found: DictionaryObject) -> bool:
    kinds = {str(found.get(key)) for key in ("/S", "/Subtype", "/Type")}
    return bool(FORBIDDEN_KEYS & found.keys()) or bool(FORBIDDEN_KINDS & kinds)


def _mentions_something_active(data: bytes) -> bool:
    """A second opinion, for what another reader than ours may find in a twisted file."""
    unescaped = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data)
    return _WRITTEN_OUT.search(unescaped) is not None


def _is_something_else_too(data: bytes) -> bool:
    """Whether another program would find an archive or a web page in the same bytes."""
    return is_zipfile(BytesIO(data)) or _MARKUP.search(data[:GUESSED_FROM]) is not None


def _dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary of the file, whether a page leads to it or not."""
    yield from _within(reader.trailer, 0)
    numbers = _object_numbers(reader)
    if len(numbers) > MOST_OBJECTS:
        raise NotPlain(_("PDF-en er for sammensatt. Skriv den ut som en ny PDF, og send den."))
    for number, generation in numbers:
        found = IndirectObject(number, generation, reader).get_object()
        if found is not None:
            yield from _within(found, 0)


def _object_numbers(reader: PdfReader) -> list[tuple[int, int]]:
    plain = [
        (number, generation)
        for generation, places in reader.xref.items()
        for number in places
        if number
    ]
    return plain + [(number, 0) for number in reader.xref_objStm]


def _within(found: PdfObject, depth: int) -> Iterator[DictionaryObject]:
    if depth > DEEPEST:
        raise ValueError("nested too deeply")
    inside: Iterable[PdfObject] = ()
    if isinstance(found, DictionaryObject):
        yield found
        inside = [found.raw_get(key) for key in found]
    elif isinstance(found, ArrayObject):
        inside = list.__iter__(found)
    for each in inside:
        if isinstance(each, DictionaryObject | ArrayObject):
            yield from _within(each, depth + 1)


def _broken() -> NotPlain:
    return NotPlain(_("PDF-en er skadet. Lag den på nytt, eller send et bilde av siden."))
