from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from hypothesis import given, settings
from hypothesis import strategies as st

from dialog.ui import uploads
from dialog.ui.widgets import BY_HAND, ByHand

TEXT = st.text(max_size=20)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["id", "class", "rows", "required", "multiple", "data-key", "aria-invalid"]),
    TEXT | st.booleans() | st.integers(),
    max_size=4,
)
CHOICES = st.lists(
    st.tuples(TEXT, TEXT) | st.tuples(TEXT, st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple)),
    max_size=4,
)
INPUTS = [
    forms.TextInput,
    forms.EmailInput,
    forms.NumberInput,
    forms.HiddenInput,
    forms.CheckboxInput,
    forms.DateInput,
    forms.TimeInput,
    forms.Textarea,
    uploads.FilesInput,
]
CHOOSERS = [forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple]


def both(widget: forms.Widget, value: Any, **attrs: Any) -> tuple[str, str]:
    ours, theirs = ByHand(), DjangoTemplates()
    return (
        widget.render("name", value, attrs, renderer=ours),
        widget.render("name", value, attrs, renderer=theirs),
    )


class TestByHand:
    @settings(max_examples=60, deadline=None)
    @given(
        widget=st.sampled_from(INPUTS),
        value=TEXT | st.none() | st.booleans() | st.integers(),
        attrs=ATTRIBUTES,
    )
    def test_an_input_is_drawn_as_django_draws_it(
        self, widget: type[forms.Widget], value: Any, attrs: dict[str, Any]
    ) -> None:
        ours, theirs = both(widget(), value, **attrs)

        assert ours == theirs

    @settings(max_examples=60, deadline=None)
    @given(
        widget=st.sampled_from(CHOOSERS), choices=CHOICES, value=TEXT | st.none(), attrs=ATTRIBUTES
    )
    def test_a_choice_is_drawn_as_django_draws_it(
        self, widget: type[forms.Select], choices: Any, value: Any, attrs: dict[str, Any]
    ) -> None:
        ours, theirs = both(widget(choices=choices), value, **attrs)

        assert ours == theirs

    def test_each_choice_is_drawn_as_django_draws_it(self) -> None:
        widget = forms.RadioSelect(choices=[("a", "<A>"), ("b", "B & B")])
        drawn = [one.tag() for one in forms.BoundField(Ask(), Ask.base_fields["way"], "way")]

        expected = [
            one.tag()
            for one in forms.BoundField(
                Ask(renderer=DjangoTemplates()), Ask.base_fields["way"], "way"
            )
        ]

        assert widget.choices
        assert drawn == expected

    def test_what_is_written_is_never_markup(self) -> None:
        drawn = ByHand().render(
            "django/forms/widgets/textarea.html",
            {"widget": {"name": "x", "value": "</textarea><script>", "attrs": {}}},
        )

        assert "<script>" not in drawn

    def test_what_is_not_drawn_by_hand_django_draws(self) -> None:
        assert "django/forms/widgets/multiple_input.html" not in BY_HAND

        ours, theirs = both(forms.SelectDateWidget(years=[2026]), "2026-05-01")

        assert ours == theirs


class Ask(forms.Form):
    way = forms.ChoiceField(widget=forms.RadioSelect, choices=[("a", "<A>"), ("b", "B & B")])
