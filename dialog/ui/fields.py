"""Fields that know how they are best filled in: by thumb, by keyboard, by somebody of eighty."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from dialog.ui.pickers import ClockPicker, DayPicker
from dialog.ui.uploads import Chosen as Chosen
from dialog.ui.uploads import Files as Files
from dialog.ui.uploads import TableFile as TableFile

Text = str | Promise

YEARS = range(1900, 2200)


class Bound(BoundField):
    """A field in a form; dressed for the page, and wired to its hint, counter and error."""

    @property
    def counted(self) -> int:
        """How many characters a long text may have; 0 when nobody counts."""
        return getattr(self.field, "counted", 0)

    @property
    def kind(self) -> str:
        """Which part of ``ui/field.html`` draws this field."""
        return getattr(self.field, "kind", "line")

    @property
    def aria_describedby(self) -> str | None:
        """Hint, error and counter, in the order they are read."""
        described = super().aria_describedby
        if self.counted and self.auto_id:
            described = f"{described or ''} {self.auto_id}_count".strip()
        return described

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """The design system's class, and the counter's limit."""
        attrs = super().build_widget_attrs(attrs, widget)
        attrs.setdefault("class", "ds-input")
        if self.counted:
            attrs["data-counted"] = str(self.counted)
        return attrs


@dataclass(frozen=True, slots=True)
class Option:
    """A choice with a line of explanation under it."""

    label: Text
    hint: Text = ""

    def __str__(self) -> str:
        return str(self.label)


class _Text(forms.CharField):
    """One line. Too long is said in words; nothing is ever cut off while one writes."""

    default_error_messages = {
        "required": _("Fyll ut dette feltet."),
        "max_length": _("Kort det ned til %(limit_value)d tegn."),
    }
    kind = "line"

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class Line(_Text):
    """One line of text."""

    def __init__(self, *, autocomplete: str = "off", inputmode: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs["autocomplete"] = autocomplete
        if inputmode:
            self.widget.attrs["inputmode"] = inputmode


class Words(_Text):
    """A longer text with a counter; ``max_length`` is how many characters there is room for.

    ``either`` means that something else can be sent instead, so that it is not called optional.
    """

    kind = "words"
    widget = forms.Textarea

    def __init__(
        self, *, rows: int = 6, max_length: int = 5000, either: bool = False, **options: Any
    ) -> None:
        super().__init__(**options)
        self.counted = max_length
        self.either = either
        self.widget.attrs.update(rows=rows, autocomplete="off")
        self.widget.attrs.pop("cols", None)

    def to_python(self, value: Any) -> Any:
        """Line breaks count as one character, as the counter says."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text

    def run_validators(self, value: Any) -> None:
        """Too long: say by how much, so that one knows what to take away."""
        over = len(value) - self.counted
        if over > 0:
            raise ValidationError(
                ngettext_lazy(
                    "Teksten er %(over)d tegn for lang. Kort den ned litt.",
                    "Teksten er %(over)d tegn for lang. Kort den ned litt.",
                    "over",
                ),
                code="max_length",
                params={"over": over},
            )
        super().run_validators(value)


class Email(forms.EmailField):
    """An e-mail address."""

    default_error_messages = {
        "required": _("Skriv e-postadressen din."),
        "invalid": _("Skriv hele e-postadressen, for eksempel navn@eksempel.no."),
    }
    kind = "line"

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs.update(autocomplete="email", inputmode="email")


class Phone(_Text):
    """A telephone number, as people write it."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"})


class Number(forms.IntegerField):
    """A whole number."""

    default_error_messages = {
        "required": _("Skriv et tall."),
        "invalid": _("Skriv bare tall, uten bokstaver."),
        "min_value": _("Tallet må være %(limit_value)s eller mer."),
        "max_value": _("Tallet må være %(limit_value)s eller mindre."),
    }
    kind = "short"
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})


class Amount(forms.DecimalField):
    """Kroner, with a comma or without."""

    default_error_messages = {
        "required": _("Skriv et beløp."),
        "invalid": _("Skriv et beløp, for eksempel 345 eller 345,50."),
    }
    kind = "short"
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        """``345,50`` is a number in Norwegian."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class Day(forms.DateField):
    """A date: the phone's own picker, or ``24.12.2026`` by hand."""

    default_error_messages = {
        "required": _("Velg en dato."),
        "invalid": _("Skriv datoen slik: 24.12.2026."),
    }
    kind = "short"

    def __init__(
        self, *, least: date | None = None, most: date | None = None, **options: Any
    ) -> None:
        formats = ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d%m%Y"]
        options.setdefault("input_formats", formats)
        super().__init__(**options)
        self.widget = DayPicker(format="%Y-%m-%d")
        if least:
            self.widget.attrs["min"] = least.isoformat()
        if most:
            self.widget.attrs["max"] = most.isoformat()

    def to_python(self, value: Any) -> date | None:
        """A day of our time; anything else is a slip of the finger, and no year to reckon with."""
        day = super().to_python(value)
        if day is not None and day.year not in YEARS:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class Clock(forms.TimeField):
    """A time of day: ``09.20``, ``9:20`` or ``0920``."""

    default_error_messages = {
        "required": _("Velg et klokkeslett."),
        "invalid": _("Skriv klokkeslettet slik: 09.20."),
    }
    kind = "short"

    def __init__(self, **options: Any) -> None:
        options.setdefault("input_formats", ["%H:%M", "%H.%M", "%H:%M:%S", "%H%M"])
        super().__init__(**options)
        self.widget = ClockPicker(format="%H:%M")


class Choice(forms.ChoiceField):
    """One of few: radio buttons, each a large target."""

    default_error_messages = {
        "required": _("Velg ett av alternativene."),
        "invalid_choice": _("Velg ett av alternativene."),
    }
    kind = "choices"
    widget = forms.RadioSelect


class Select(forms.ChoiceField):
    """One of many, in a list that folds out."""

    default_error_messages = {
        "required": _("Velg noe fra listen."),
        "invalid_choice": _("Velg noe fra listen."),
    }
    kind = "line"


class Choices(forms.MultipleChoiceField):
    """Any of few: check boxes, each a large target; ``short`` ones stand side by side."""

    default_error_messages = {
        "required": _("Velg minst ett av alternativene."),
        "invalid_choice": _("Velg blant alternativene her."),
    }
    kind = "choices"
    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, short: bool = False, **options: Any) -> None:
        super().__init__(**options)
        if short:
            self.widget.attrs["data-short"] = ""


class Check(forms.BooleanField):
    """A yes, for instance to a price; ``required`` means that one cannot go on without it."""

    default_error_messages = {
        "required": _("Kryss av her for å gå videre."),
    }
    kind = "check"

    def __init__(self, *, required: bool = False, **options: Any) -> None:
        super().__init__(required=required, **options)


class Hidden(forms.CharField):
    """What the page carries along without showing it."""

    kind = "hidden"
    widget = forms.HiddenInput


def options(choices: Iterable[tuple[str, Text, Text]]) -> list[tuple[str, Option]]:
    """Choices with explanations: value, label, hint."""
    return [(value, Option(label, hint)) for value, label, hint in choices]
