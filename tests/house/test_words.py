"""What the product says, and that it says it in every language it offers.

A new sentence in the source needs its words in nynorsk and English: ``make translations`` puts it
in the catalogues empty, and these tests tell which those are.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from tools import translations

GALLERY = "gallery.html"  # shows the components to whoever builds pages; demonstration only
PLACES = re.compile(r"%\(\w+\)[a-z]|\{\w*\}")
TAGS = re.compile(r"</?[a-z][^>]*>|&\w+;")
MONEY = re.compile(r"\d\s*(?:kr\b|kroner|NOK)|(?:kr|NOK)\.?\s*\d", re.IGNORECASE)

SAID = re.compile(
    r"{%\s*blocktranslate\b.*?{%\s*endblocktranslate\s*%}|{#.*?#}|<!--.*?-->"
    r"|{% block (?:body_class|size) %}.*?{% endblock[^%]*%}",  # names in the style sheet, not words
    re.DOTALL,
)
CODE = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
READ_ALOUD = re.compile(r'\b(?:aria-label|title|placeholder|alt)="([^"]*)"')
MARKUP = re.compile(r"<[^>]*>|&\w+;")
WORD = re.compile(r"[^\W\d_]{2,}")
SAME_IN_EVERY_LANGUAGE = {"Digital", "dialog", "Enter", "Esc"}


@pytest.fixture(scope="module")
def source() -> Catalog:
    return translations.said()


@pytest.fixture(params=list(translations.LANGUAGES))
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def forms(words: object) -> list[str]:
    """A sentence, or both of its numbers."""
    return [words] if isinstance(words, str) else [str(one) for one in words]


def sentences(language: str) -> Iterator[tuple[Message, str, str]]:
    """Each sentence of a catalogue with its translation, number by number."""
    for message in translations.read(language):
        if message.id:
            for said, translated in zip(forms(message.id), forms(message.string), strict=True):
                yield message, said, translated


def unmarked(template: Path) -> list[str]:
    """The words of a template that no translation can reach."""
    rest = CODE.sub(" ", SAID.sub(" ", template.read_text()))
    text = " ".join([*READ_ALOUD.findall(rest), MARKUP.sub(" ", rest)])
    return [word for word in WORD.findall(text) if word not in SAME_IN_EVERY_LANGUAGE]


def translators(module: ast.Module) -> set[str]:
    """What a module calls the functions that translate."""
    return {
        name.asname or name.name
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if "gettext" in name.name
    }


def not_gathered(source: str) -> list[str]:
    """Calls of a translator whose words ``make translations`` does not find."""
    module = ast.parse(source)
    names = translators(module)
    return [
        ast.unparse(node)
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
        if node.func.id not in translations.KEYWORDS or not isinstance(node.args[0], ast.Constant)
    ]


class TestCatalogues:
    def test_every_sentence_is_there_and_no_other(self, language: str, source: Catalog) -> None:
        assert not translations.stale(language, source), "run make translations"

    def test_every_sentence_has_words(self, language: str, source: Catalog) -> None:
        catalogue = translations.brought_up_to_date(language, source)

        assert translations.lacking(catalogue) == []

    def test_what_is_filled_in_is_the_same_in_both(self, language: str) -> None:
        for message, said, translated in sentences(language):
            allowed = {place for one in forms(message.id) for place in PLACES.findall(one)}
            found = set(PLACES.findall(translated))

            assert found == set(PLACES.findall(said)) or found == allowed, translated

    def test_links_and_emphasis_are_the_same_in_both(self, language: str) -> None:
        for _message, said, translated in sentences(language):
            assert sorted(TAGS.findall(translated)) == sorted(TAGS.findall(said)), translated

    def test_a_sentence_ends_and_begins_as_the_source_does(self, language: str) -> None:
        for _message, said, translated in sentences(language):
            assert translated.count("\n") == said.count("\n"), translated
            assert translated == translated.strip() or said != said.strip(), translated
            assert (translated[-1] in ".?!:") == (said[-1] in ".?!:"), translated

    def test_no_translation_names_an_amount(self, language: str) -> None:
        amounts = [words for _, _, words in sentences(language) if MONEY.search(words)]

        assert amounts == []


class TestTemplates:
    def test_every_word_can_be_translated(self) -> None:
        templates = translations.PACKAGE.rglob("templates/**/*.html")

        found = {str(one): unmarked(one) for one in templates if one.name != GALLERY}

        assert {name: words for name, words in found.items() if words} == {}

    def test_a_bare_word_would_be_found(self, tmp_path: Path) -> None:
        page = tmp_path / "page.html"
        page.write_text('<p title="Hei">{% translate "Svar" %} nå {{ name }}</p>')

        assert unmarked(page) == ["Hei", "nå"]


class TestCode:
    def test_every_translated_sentence_is_gathered(self) -> None:
        modules = sorted(translations.PACKAGE.rglob("*.py"))

        texts = {str(one): one.read_text() for one in modules}
        found = {name: not_gathered(text) for name, text in texts.items() if "gettext" in text}

        assert {name: calls for name, calls in found.items() if calls} == {}

    def test_a_name_of_ones_own_would_be_found(self) -> None:
        source = "from django.utils.translation import gettext as say\nsay('Hei')"

        assert not_gathered(source) == ["say('Hei')"]
