"""Formatted text: what is shown of it, and that no word of it is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from dialog.interop.xhtml import ALLOWED, plain, runs, sanitised

NAMES = ["p", "div", "b", "ul", "li", "ol", "br", "table", "tr", "td", "a", "pre", "font", "q:x"]
WORD = re.compile(r"\w+")


def element(inside: str) -> etree._Element:
    return etree.fromstring(f'<x xmlns:q="urn:q">{inside}</x>')


@st.composite
def trees(draw: st.DrawFn, depth: int = 3) -> str:
    """Elements in one another, with a word or two between."""
    words = draw(st.lists(st.text("abcæ ", max_size=5), min_size=2, max_size=2))
    if depth == 0:
        return " ".join(words)
    name = draw(st.sampled_from(NAMES))
    inside = "".join(draw(st.lists(trees(depth=depth - 1), max_size=2)))
    return f'{words[0]}<{name} onclick="x" href="javascript:y">{inside}</{name}>{words[1]}'


class TestPlain:
    @pytest.mark.parametrize(
        ("inside", "words"),
        [
            ("bare tekst\n  på to linjer ", "bare tekst\n  på to linjer"),
            ("en<br/>to<br/><br/>tre", "en\nto\n\ntre"),
            ("<p>en</p><p>to</p>", "en\n\nto"),
            ("<p>en\n   linje</p>", "en linje"),
            ("Ta:<ul><li>a</li><li>b <b>c</b></li></ul>etter", "Ta:\n\n– a\n– b c\n\netter"),
            ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
            ("<div>a</div><div>b</div>", "a\nb"),
            ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a  b\nc"),
            ("<pre>a\nb</pre>", "a\nb"),
            ('se <a href="https://helse.no/">her</a>', "se her (https://helse.no/)"),
            ('<a href="https://helse.no/">https://helse.no/</a>', "https://helse.no/"),
            ("a<script>b</script>c<style>d</style>", "ac"),
            ("<ukjent>a <innenfor>b</innenfor></ukjent>", "a b"),
        ],
    )
    def test_paragraphs_lists_and_lines_are_kept(self, inside: str, words: str) -> None:
        assert plain(element(inside)) == words

    @given(trees())
    def test_no_word_is_lost(self, inside: str) -> None:
        found = element(inside)

        assert "".join(WORD.findall("".join(found.itertext()))) == re.sub(
            r"\d", "", "".join(WORD.findall(plain(found)))
        )


class TestSanitised:
    def test_bare_text_is_no_markup(self) -> None:
        assert sanitised(element("a &lt;b&gt;")) == ""

    @pytest.mark.parametrize(
        "inside",
        [
            "<script>x()</script>",
            '<b onclick="x()">a</b>',
            '<a href="javascript:x()">a</a>',
            '<a href=" data:text/html,x">a</a>',
            '<img src="https://spor.no/1.png" onerror="x()"/>b',
            '<p style="position:fixed">a</p><style>p {}</style>',
            '<iframe src="https://x.no/">a</iframe>',
            '<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script><a/></svg>',
        ],
    )
    def test_nothing_is_left_that_runs_or_loads(self, inside: str) -> None:
        shown = sanitised(element(inside))

        assert not re.search(r"script|onclick|onerror|data:|src|style|iframe|svg", shown)

    def test_what_was_taken_away_is_noticed(self) -> None:
        removed = [runs(element(one)) for one in ("<b onClick='x'>a</b>", "<script/>", "<p>a</p>")]

        assert removed == [True, True, False]

    @given(trees())
    def test_only_names_on_the_list_are_left(self, inside: str) -> None:
        shown = sanitised(element(inside))

        left = etree.fromstring(shown).iter() if shown else []
        assert all(etree.QName(one).localname in ALLOWED and not one.attrib for one in left)

    @given(trees())
    def test_what_is_shown_says_the_same_and_stays_as_it_is(self, inside: str) -> None:
        found = element(inside)
        shown = sanitised(found)
        again = etree.fromstring(f"<x>{shown}</x>")

        assert sanitised(again) == shown
        assert not shown or plain(again) == plain(found)


def test_very_much_of_it_takes_no_longer_than_it_should() -> None:
    many = element("x<br/><script/>" * 30_000)  # a minute, were each piece to copy the last

    assert sanitised(many).count("<br/>") == 30_000
    assert plain(many).count("x") == 30_000
