"""What stands the same for everybody is drawn once in each language; nothing else is."""

from pathlib import Path

import pytest
from django.template import Context, NodeList, Template, engines
from django.template.loader import get_template
from django.utils.translation import override

import dialog
from dialog.ui.folding import Folded, fold, inside

EVERY = sorted(
    str(found.relative_to(folder))
    for folder in Path(dialog.__file__).parent.glob("*/templates")
    for found in folder.rglob("*.html")
)
MIXED = """
<p>{% translate "Logg ut" %}</p>{% icon "sun" %}<a href="{% url "accessibility" %}">{{ name }}</a>
{% for one in many %}<b>{% translate "Lys" %} {{ one }}</b>{% translate "Logg ut" %}{% endfor %}
{% if name == "Kari" %}{% translate "Lys" %}{% else %}{% translate "Hjem" %}{% endif %}
{% notice "info" %}{% translate "Lys" %}{{ name }}{% endnotice %}
{% translate name %}{% translate "Lys" as light %}{{ light }}{% icon drawing %}
<a href="{% url "choose_scheme" "dark" %}">{% translate "Lys"|upper %}</a>
"""
SHOWN = ({"name": "Kari", "many": [1, 2], "drawing": "sun"}, {"name": "Lys", "drawing": "file"})


def made(source: str) -> tuple[Template, Template]:
    """The same template, as it was written and folded."""
    engine = engines["django"].engine  # type: ignore[attr-defined]  # Django's own
    plain, folded = Template(source, engine=engine), Template(source, engine=engine)
    fold(folded.nodelist)
    return plain, folded


def count(nodes: NodeList) -> int:
    return sum(
        isinstance(one, Folded) + sum(count(nodelist) for nodelist in inside(one)) for one in nodes
    )


class TestFolding:
    def test_pages_look_as_they_did_in_every_language_and_for_everybody(self) -> None:
        plain, folded = made(MIXED)
        for _again in range(2):
            for language in ("nb", "nn", "en"):
                for shown in SHOWN:
                    with override(language):
                        context = {"many": (), **shown}
                        assert folded.render(Context(context)) == plain.render(Context(context))

    def test_neighbours_become_one_and_are_drawn_once_in_each_language(self) -> None:
        _plain, folded = made('<p>{% translate "Logg ut" %}</p>{% icon "sun" %}')
        (one,) = folded.nodelist
        assert isinstance(one, Folded)
        with override("nb"):
            first = one.render(Context())
            assert one.render(Context()) is first
        with override("en"):
            assert one.render(Context()) != first

    @pytest.mark.parametrize(
        "source",
        [
            "{% translate name %}",
            '{% translate "Lys" as light %}',
            '{% translate "Lys"|upper %}',
            '{% url "choose_scheme" name %}',
            '{% url "accessibility" as there %}',
            "{% icon drawing %}",
            '{% icon "sun" as drawn %}',
            "{{ name }}",
            '{% label "Lys" %}',
        ],
    )
    def test_what_may_differ_is_left_alone(self, source: str) -> None:
        _plain, folded = made(source)
        assert not any(isinstance(one, Folded) for one in folded.nodelist)

    @pytest.mark.parametrize(
        "around",
        [
            "{% for one in many %}…{% empty %}…{% endfor %}",
            "{% if name %}…{% elif many %}…{% else %}…{% endif %}",
            "{% block main %}…{% endblock main %}",
            '{% notice "info" %}…{% endnotice %}',
            '{% with name="x" %}…{% endwith %}',
        ],
    )
    def test_it_reaches_into_loops_choices_and_blocks(self, around: str) -> None:
        _plain, folded = made(around.replace("…", '<i>{% translate "Lys" %}</i>'))
        assert count(folded.nodelist) == around.count("…")

    def test_no_page_has_two_left_side_by_side(self) -> None:
        assert len(EVERY) > 100
        for name in EVERY:
            nodes = get_template(name).template.nodelist  # type: ignore[attr-defined]  # Django's own
            before = count(nodes)
            fold(nodes)
            assert count(nodes) == before, name
