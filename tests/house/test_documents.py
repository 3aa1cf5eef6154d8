"""Documents that are made from the code say what the code says."""

import re

import pytest

from dialog.cli import COMMANDS
from dialog.retention import kept
from tools import docs

DOCUMENTS = [*docs.ROOT.glob("*.md"), *docs.ROOT.glob("docs/**/*.md")]
OFFICES = sorted(docs.ROOT.glob("docs/personvern/*.md"))
OFFICE = "\n".join(one.read_text() for one in OFFICES)
LINK = re.compile(r"\]\((?!\w+:|#)([^)#]+)")
NAMED = re.compile(r"(?<!\*)\*([A-ZÆØÅ][^*|\n]+)\*(?!\*)")


@pytest.mark.parametrize("path", docs.DOCUMENTS)
def test_a_drawn_document_is_not_stale(path: str) -> None:
    assert (docs.ROOT / path).read_text() == docs.DOCUMENTS[path](), "run make docs"


def test_every_link_in_a_document_leads_to_something() -> None:
    broken = [
        f"{document.relative_to(docs.ROOT)}: {there}"
        for document in DOCUMENTS
        for there in LINK.findall(document.read_text())
        if not (document.parent / there).exists()
    ]

    assert len(DOCUMENTS) > 30 and broken == []


class TestWhatAnOfficeFillsIn:
    """The office's templates speak of what the product does; so they must say what it has."""

    def test_names_buttons_and_pages_as_they_are(self) -> None:
        catalogue = (docs.ROOT / "dialog/locale/nn/LC_MESSAGES/django.po").read_text()
        pages = {one for named in NAMED.findall(OFFICE) for one in named.split(" → ")}

        assert len(pages) > 5
        assert sorted(one for one in pages if f'msgid "{one}"' not in catalogue) == []

    def test_names_commands_files_and_settings_that_are_there(self) -> None:
        named = set(re.findall(r"`([^`]+)`", OFFICE))
        settings = (docs.ROOT / ".env.example").read_text()
        commands = {one.split()[1] for one in named if one.startswith("digital-dialog ")}
        files = {one for one in named if one.startswith("dialog/")}

        assert commands and commands <= COMMANDS.keys()
        assert files and [one for one in files if not (docs.ROOT / one).exists()] == []
        assert [one for one in named if one.isupper() and one not in settings] == []

    def test_says_how_long_as_the_table_does(self) -> None:
        assert f"| {kept('notifications').days} dager |" in OFFICE
        assert f"| {kept('national-messages').days} dager etter at de er behandlet |" in OFFICE
        assert kept("econsultation").days is None and kept("breaches").days is None

    def test_says_that_no_lawyer_has_seen_it(self) -> None:
        for document in OFFICES:
            assert "ikke kvalitetssikret av" in document.read_text().replace("\n", " ").lower()
            assert "[Kontoret" in document.read_text()
