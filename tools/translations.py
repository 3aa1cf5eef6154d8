"""Gather what is to be translated, and say what is not; no gettext on the machine.

``python -m tools.translations`` brings the catalogues up to date with the source, which is bokmål:
new sentences come in empty, those nobody says any more go out. ``--check`` only tells. Bokmål has a
catalogue of the few words that Django would take for English: "Time" would come out as "Tid".
"""

import io
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from gettext import GNUTranslations
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "dialog"
DAY = datetime(2026, 11, 22, tzinfo=UTC)
LANGUAGES = {"nn": "Nynorsk", "en": "English"}
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "_now": None,  # in a module whose _ waits until the page is shown
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),  # type: ignore[dict-item]  # babel's own way to say context
    "pgettext_lazy": ((1, "c"), 2),  # type: ignore[dict-item]
}
SAYS_SOMETHING = re.compile(rf"\b(?:{'|'.join(KEYWORDS)})\s*\(")
"""Two files of three say nothing, and are not read word by word, which takes longest."""


def sources() -> Iterator[tuple[str, str]]:
    """Every file with words in it, as Python source; templates are turned into it first."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield str(path.relative_to(ROOT)), path.read_text()
    for path in sorted(PACKAGE.rglob("templates/**/*.html")):
        place = str(path.relative_to(ROOT))
        lines = templatize(path.read_text(), origin=place).splitlines()
        yield place, "\n".join(line.strip() for line in lines)


def said() -> Catalog:
    """Everything the product says, from the source."""
    catalog = Catalog(charset="utf-8")
    for place, source in sources():
        if not SAYS_SOMETHING.search(source):
            continue
        found = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS)
        for _line, message, _comments, context in found:
            words = message if isinstance(message, str) else tuple(message)
            if words:
                catalog.add(words, locations=[(place, 0)], context=context)
    return catalog


def place_of(language: str) -> Path:
    """Where a language's catalogue lies."""
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


def empty_catalogue(language: str) -> Catalog:
    """A catalogue without words, whose heading never changes by itself."""
    return Catalog(
        locale=language,
        charset="utf-8",
        project="Digital dialog",
        version="1",
        header_comment="# Made from the source by make translations.",
        creation_date=DAY,
        revision_date=DAY,
        last_translator="Digital dialog",
        language_team="Digital dialog",
        msgid_bugs_address="https://example.org",
        fuzzy=False,
    )


def taken_for_english(source: Catalog) -> Catalog:
    """Our Norwegian words that Django's own catalogue would translate to other Norwegian words."""
    folder = Path(django.__file__).parent / "conf" / "locale" / "nb" / "LC_MESSAGES"
    with (folder / "django.mo").open("rb") as file:
        theirs = GNUTranslations(file)
    catalog = empty_catalogue("nb")
    for message in source:
        plain = isinstance(message.id, str) and message.id and not message.context
        if plain and theirs.gettext(str(message.id)) != message.id:
            catalog.add(message.id, message.id, locations=message.locations)
    return catalog


def read(language: str) -> Catalog:
    """A language's catalogue as it stands; an empty one to begin with."""
    path = place_of(language)
    if not path.exists():
        return empty_catalogue(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def brought_up_to_date(language: str, source: Catalog) -> Catalog:
    """The catalogue with just what is said now, its translations kept."""
    before = read(language)
    after = empty_catalogue(language)
    for message in source:
        if not message.id:
            continue
        known = before.get(
            message.id if isinstance(message.id, str) else message.id[0], message.context
        )
        words = known.string if known is not None and same_shape(known.id, message.id) else ""
        after.add(
            message.id,
            words or empty(message.id),
            locations=message.locations,
            flags=message.flags,
            context=message.context,
        )
    return after


def same_shape(one: object, other: object) -> bool:
    """Whether both have a plural, or neither."""
    return isinstance(one, str) == isinstance(other, str)


def empty(message: object) -> str | tuple[str, str]:
    """No words yet."""
    return "" if isinstance(message, str) else ("", "")


def lacking(catalog: Catalog) -> list[str]:
    """What has no translation, or only half of one, or places that the source does not have."""
    return [str(one.id) for one in catalog if one.id and (not whole(one.string) or one.fuzzy)]


def whole(words: object) -> bool:
    """Whether every form is there."""
    return all(words) if isinstance(words, tuple | list) else bool(words)


def write(language: str, catalog: Catalog) -> None:
    """Keep a catalogue; without line numbers, so that moved code changes nothing."""
    path = place_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=100, include_lineno=False, omit_header=False)


def stale(language: str, source: Catalog) -> bool:
    """Whether the catalogue says other things than the source."""
    now = {(one.id, one.context) for one in read(language) if one.id}
    return now != {(one.id, one.context) for one in source if one.id}


def main(words: Iterable[str]) -> int:
    """Bring the catalogues up to date, or tell what they lack."""
    if not settings.configured:
        settings.configure()
    source, faults = said(), 0
    if "--check" not in words:
        write("nb", taken_for_english(source))
    for language, name in LANGUAGES.items():
        catalog = brought_up_to_date(language, source)
        if "--check" not in words:
            write(language, catalog)
        elif stale(language, source):
            faults += 1
            print(f"{name}: not up to date; run make translations")
        left = lacking(catalog)
        faults += len(left)
        print(f"{name}: {len(left)} of {len(source)} to translate", *left[:10], sep="\n  ")
    return 1 if faults and "--check" in words else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
