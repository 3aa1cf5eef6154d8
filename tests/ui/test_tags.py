"""The tags that every template may use."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.template import Context, Template, engines

from dialog.ui.parts import DayOfTimes, Lane, Row, TimeButton
from dialog.ui.templatetags.ui import ICONS


def drawn(rf, source, **context):
    template = engines["django"].from_string(source)
    return template.render(context, rf.get("/"))


def test_every_form_carries_a_key_of_its_own(rf):
    page = drawn(rf, "{% once %}{% once %}")

    keys = re.findall(r'name="request_key" value="([^"]+)"', page)
    assert len({UUID(key) for key in keys}) == 2
    assert page.count('name="csrfmiddlewaretoken"') == 2


def test_a_notice_keeps_the_escaping_of_what_is_in_it(rf):
    page = drawn(rf, '{% notice "danger" "Ring" %}<p>{{ words }}</p>{% endnotice %}', words="<b>")

    assert "<p>&lt;b&gt;</p>" in page and 'data-color="danger"' in page and 'role="alert"' in page


def test_calm_notices_do_not_interrupt_those_who_listen(rf):
    assert "role=" not in drawn(rf, "{% notice %}<p>Hei</p>{% endnotice %}")


def test_a_heading_of_a_notice_is_escaped(rf):
    assert "<b>" not in drawn(rf, '{% notice "info" h %}{% endnotice %}', h="<b>")


def test_what_a_person_wrote_keeps_its_paragraphs_and_is_never_markup(rf):
    page = drawn(rf, "{% paragraphs text %}", text="En\r\nto\r\n\r\n<i>tre</i>\n\n\n")

    assert page.count("<p") == 2
    assert "En\nto" in page and "&lt;i&gt;tre&lt;/i&gt;" in page


def test_a_list_of_matters_is_never_markup_and_says_what_is_unread(rf):
    rows = [
        Row(href="/a?x=1&y=2", title="<b>Kari", preview="<i>", unread=True, due="<u>", late=True),
        Row(href="/b", title="Per", owner="Siri & Co", important=True, label="Ny", color="info"),
    ]

    page = drawn(rf, "{% rows rows %}", rows=rows)

    assert not {"<b>", "<i>", "<u>"} & set(re.findall("<.>", page))
    assert 'class="row unread" href="/a?x=1&amp;y=2"' in page
    assert page.count("Ulest:") == 1 and page.count("Viktig") == 1
    assert '<span class="late">&lt;u&gt;</span>' in page
    assert '<span class="hint">Siri &amp; Co</span>' in page
    assert '<span class="ds-tag" data-color="info">Ny</span>' in page


@pytest.mark.parametrize(("many", "shown"), [(0, "0"), (99, "99"), (100, "99+")])
def test_a_lane_counts_no_further_than_anybody_reads(rf, many, shown):
    lanes = [Lane(href="/", title="Alle saker", count=many)]

    page = drawn(rf, '{% include "ui/lanes.html" %}', lanes=lanes)

    assert re.findall(r'class="count"[^>]*>([^<]*)<', page) == [shown]


def test_a_label_says_its_state_in_words(rf):
    assert drawn(rf, '{% label words "info" %}', words="Ny <1") == (
        '<span class="ds-tag" data-color="info">Ny &lt;1</span>'
    )


@pytest.mark.parametrize("drawing", sorted(ICONS.glob("*.svg")), ids=lambda path: path.stem)
def test_every_drawing_is_hidden_from_readers_and_has_no_style_of_its_own(drawing):
    text = drawing.read_text()

    assert 'aria-hidden="true"' in text and 'class="icon"' in text
    assert "style=" not in text and "<script" not in text


def test_no_template_or_script_of_ours_has_anything_inline():
    ui = Path(ICONS).parents[2]
    templates = [path.read_text() for path in (ui / "templates").rglob("*.html")]

    assert not [t for t in templates if re.search(r"<style|<script(?! src)|\son\w+=|style=", t)]


def test_tags_need_no_loading():
    assert "kr" in Template("{% kr 345 %}").render(Context())


def test_a_free_time_says_its_clock_its_doctor_and_to_those_who_listen_its_day(rf):
    at = datetime(2025, 5, 15, 7, 20, tzinfo=UTC)
    day = DayOfTimes(on=date(2025, 5, 15), times=[TimeButton(value="a<", at=at, label="Lund <")])

    page = drawn(rf, '{% include "ui/days.html" %}', days=[day], name="slot")

    assert 'name="slot" value="a&lt;"' in page
    assert "<time>09.20</time>" in page and "Lund &lt;" in page
    assert page.replace("\u00a0", " ").count("torsdag 15. mai 2025") == 2
