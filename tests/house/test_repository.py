"""What lies in the repository: nothing long, nothing secret, no price, nobody real."""

import re
from fnmatch import fnmatch

from dialog.people.identity_number import NotAnIdentityNumber, parse
from tests.house import the_house

LONGEST = 300
LONGER = {
    "dialog/*/migrations/0001_tables.py": "written by Django",
    "locks/*": "written by the resolver",
    "package-lock.json": "written by npm",
    "dialog/parts.cdx.json": "written by make docs",
    "dialog/locale/*": "every sentence of the product, in one file for each language",
    "docs/architecture.md": "the house in one document, so that it can be read from end to end",
    "tests/authorisation/matrix.csv": "one line for each way of asking each address",
    "dialog/workspace/views/appointments/timebook_forms.py": "the small forms of one page",
}
TEXT = (
    ".py",
    ".html",
    ".css",
    ".js",
    ".md",
    ".toml",
    ".txt",
    ".csv",
    ".json",
    ".po",
    ".svg",
    ".sh",
)
PRODUCT = (".py", ".html", ".po", ".js")
# A price in words or numbers, with the currency on either side.
MONEY = re.compile(r"\b\d[\d .,]*\s?(?:kr\b|kroner\b|NOK\b)|(?:\bkr|\bNOK)\.?\s?\d", re.IGNORECASE)
# A form's hint and a docstring may show how an amount is written; the product says no price.
SHOWN = {
    "dialog/ui/fields.py": "how a field reads 345,50",
    "dialog/ui/templatetags/ui.py": "what a tag gives",
    "dialog/ui/dates.py": "what a function gives",
    "dialog/ui/gallery.py": "the page that shows every component",
}


def test_no_file_is_longer_than_it_need_be():
    long = [
        str(path.relative_to(the_house.ROOT))
        for path in the_house.files()
        if path.suffix in TEXT and len(path.read_text().splitlines()) > LONGEST
    ]

    assert [name for name in long if not any(fnmatch(name, one) for one in LONGER)] == []


def test_nobody_real_is_in_the_repository():
    found = [
        f"{name}: {digits[:6]}"
        for name, text in the_house.texts(*TEXT)
        for digits in re.findall(r"(?<![\d.])\d{11}(?![\d.])", text)
        if could_be_real(digits)
    ]

    assert found == []


def could_be_real(digits):
    try:
        return not parse(digits).synthetic
    except NotAnIdentityNumber:
        return False


def test_the_product_says_no_price_but_from_the_tariff():
    found = {
        name
        for name, text in the_house.texts(*PRODUCT, under="dialog/")
        if MONEY.search(text) and name not in SHOWN
    }

    assert found == set()


READERS = re.compile(r"\b(?:text|flag|number|secret|one_of|words|pairs)\(\s*\"([A-Z][A-Z_]+)\"")
ENVIRONMENT = re.compile(r"environ(?:\.get\(|\[|\.setdefault\()\s*\"([A-Z][A-Z_]+)\"")
NOT_SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "ours is fixed",
    "XDG_DATA_HOME": "the machine's own",
    "XDG_RUNTIME_DIR": "the machine's own",
    "DIALOG_PROCESS": "the command says it to its own processes",
    "DATABASE_URL_WEB": "explained with DATABASE_URL",
    "DATABASE_URL_RELAY": "explained with DATABASE_URL",
}


def test_every_setting_is_explained():
    read = {
        name
        for _file, source in the_house.texts(".py", under="dialog/")
        for pattern in (READERS, ENVIRONMENT)
        for name in pattern.findall(source)
    }
    example = (the_house.ROOT / ".env.example").read_text()
    explained = set(re.findall(r"^#?\s*([A-Z][A-Z_]+)=", example, re.MULTILINE))

    assert len(read) > 20
    assert read - explained - NOT_SETTINGS.keys() == set()
    assert explained - read == set()


def test_no_test_asks_for_what_is_not_made_ready_before_each():
    """See ``not_asked_for`` in tests/conftest.py; such a marker would be passed over in silence."""
    not_ready = re.compile(
        r"mark\.(django_db|urls|django_isolate_apps|ignore_template_errors)\b"
        r"|\b(mailoutbox|live_server|transactional_db)\b"
    )
    asking = [
        name
        for name, text in the_house.texts(".py")
        if name.startswith("tests/")
        and not name.startswith("tests/house/")
        and not_ready.search(text)
    ]

    assert asking == []
