"""The browser's own inputs, drawn by hand; a page has dozens, and Django asks a template for each.

What is drawn is what Django's templates draw, to the letter; whatever is not listed here, they do.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape as safe
from django.utils.safestring import SafeString, mark_safe

Widget = Mapping[str, Any]


class ByHand(DjangoTemplates):
    """Draws what is drawn often, and leaves the rest to Django's own templates."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        """The widget as markup; every value in it is escaped."""
        drawn = BY_HAND.get(template_name)
        if drawn is None:
            return super().render(template_name, context, request)
        return mark_safe(drawn(context["widget"]))  # noqa: S308 - escaped where it is drawn


def _attributes(widget: Widget) -> str:
    return "".join(
        f" {safe(name)}" if value is True else f' {safe(name)}="{_shown(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _shown(value: object) -> SafeString:
    return safe(value if isinstance(value, str) else str(value))


def _input(widget: Widget) -> str:
    value = widget["value"]
    given = "" if value is None else f' value="{_shown(value)}"'
    kind, name = safe(widget["type"]), safe(widget["name"])
    return f'<input type="{kind}" name="{name}"{given}{_attributes(widget)}>'


def _choice(widget: Widget) -> str:
    drawn = _input(widget)
    if not widget.get("wrap_label"):
        return drawn
    own = widget["attrs"].get("id")
    named = f' for="{safe(own)}"' if own else ""
    return f"<label{named}>{drawn} {safe(widget['label'])}</label>"


def _textarea(widget: Widget) -> str:
    # A browser drops the first line break after the tag, so one is given for it to drop.
    words = safe(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{safe(widget["name"])}"{_attributes(widget)}>\n{words}</textarea>'


def _option(widget: Widget) -> str:
    value = _shown(widget["value"])
    return f'<option value="{value}"{_attributes(widget)}>{safe(widget["label"])}</option>'


def _select(widget: Widget) -> str:
    groups = "".join(
        _group(name, [f"\n  {_option(one)}\n" for one in options])
        for name, options, _place in widget["optgroups"]
    )
    return f'<select name="{safe(widget["name"])}"{_attributes(widget)}>{groups}\n</select>'


def _group(name: object, options: list[str]) -> str:
    drawn = "".join(options)
    return f'\n  <optgroup label="{_shown(name)}">{drawn}\n  </optgroup>' if name else drawn


INPUTS = ("checkbox", "date", "email", "file", "hidden", "number", "tel", "text", "time")
BY_HAND: dict[str, Callable[[Widget], str]] = {
    **{f"django/forms/widgets/{kind}.html": _input for kind in INPUTS},
    "django/forms/widgets/input.html": _input,
    "django/forms/widgets/checkbox_option.html": _choice,
    "django/forms/widgets/radio_option.html": _choice,
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/select_option.html": _option,
}
