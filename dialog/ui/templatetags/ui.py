"""The tags every template may use, without loading anything."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from django import template
from django.forms import BoundField
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template import Context
from django.template.defaultfilters import filesizeformat
from django.template.loader import get_template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from dialog.ui import dates
from dialog.ui.forms import Form
from dialog.ui.parts import DayOfTimes, Row

register = template.Library()

ICONS = Path(__file__).resolve().parents[1] / "templates" / "ui" / "icons"


@cache
def _drawing(name: str) -> str:
    return (ICONS / f"{name}.svg").read_text().strip()


def _part(name: str, context: dict[str, Any]) -> SafeString:
    return mark_safe(get_template(name).render(context))  # noqa: S308  # escaped by the template


@register.simple_tag
def icon(name: str) -> SafeString:
    """One of our own drawings; always beside words, so hidden from readers."""
    return mark_safe(_drawing(name))  # noqa: S308  # a file of ours


@register.simple_tag(takes_context=True)
def once(context: Context) -> SafeString:
    """What every form that posts carries: the guard against forgery, and this click's key."""
    request = context["request"]
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="request_key" value="{}">',
        _guard(request),
        uuid4(),
    )


def _guard(request: HttpRequest) -> str:
    """The same for every form of a page: making it anew is half of what drawing a form costs."""
    if not hasattr(request, "guard"):
        request.guard = get_token(request)  # type: ignore[attr-defined]  # ours
    return str(request.guard)  # type: ignore[attr-defined]


@register.simple_tag
def field(bound: BoundField, **options: str) -> SafeString:
    """A field with its label, hint, error and counter."""
    if bound.kind == "hidden":  # type: ignore[attr-defined]  # a Bound
        return SafeString(bound)
    context = {"field": bound, "kind": bound.kind, "options": options}  # type: ignore[attr-defined]
    return _part("ui/field.html", context)


@register.simple_tag
def problems(form: Form) -> SafeString:
    """What a form that was refused has to say, at its top, with a link to each field."""
    return _part("ui/problems.html", {"form": form})


@register.simple_block_tag(end_name="endnotice")
def notice(content: str, kind: str = "info", heading: str = "", level: int = 2) -> SafeString:
    """A message set apart: info, success, warning or danger."""
    return _part(
        "ui/notice.html",
        {
            "content": mark_safe(content),  # noqa: S308  # already rendered, with its own escaping
            "kind": kind,
            "heading": heading,
            "level": level,
        },
    )


@register.simple_block_tag(end_name="endempty")
def empty(content: str, heading: str = "", icon: str = "inbox") -> SafeString:
    """Nothing here, and what one can do about it."""
    return _part(
        "ui/empty.html",
        {"content": mark_safe(content), "heading": heading, "icon_name": icon},  # noqa: S308
    )


@register.simple_tag
def label(words: str, color: str = "neutral") -> SafeString:
    """A small label: state, kind or lane. The words carry the meaning, the colour only helps."""
    return format_html('<span class="ds-tag" data-color="{}">{}</span>', color, words)


def _time(when: date, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', when.isoformat(), words)


@register.simple_tag
def moment(when: datetime) -> SafeString:
    """``torsdag 15. mai kl. 09.20``."""
    return _time(when, dates.moment(when))


@register.simple_tag
def short_moment(when: datetime) -> SafeString:
    """``15. mai kl. 09.20``."""
    return _time(when, dates.short_moment(when))


@register.simple_tag
def day(when: date) -> SafeString:
    """``torsdag 15. mai``."""
    return _time(when, dates.day(when))


@register.simple_tag
def short_day(when: date) -> SafeString:
    """``tor. 15. mai``."""
    return _time(when, dates.short_day(when))


@register.simple_tag
def day_of_month(when: date) -> SafeString:
    """``15. mai``."""
    return _time(when, dates.day_of_month(when))


@register.simple_tag
def clock(when: datetime) -> SafeString:
    """``09.20``."""
    return format_html("<time>{}</time>", dates.clock(when))


@register.simple_tag
def period(start: datetime, end: datetime) -> str:
    """``torsdag 15. mai kl. 09.20–09.40``."""
    return dates.period(start, end)


@register.simple_tag
def kr(amount: Decimal | int) -> str:
    """``345 kr``."""
    return dates.kr(amount)


TIME = (
    '<li><button class="ds-button time" data-variant="secondary" type="submit"'
    ' name="%s" value="%s">'
    '<span class="time-clock"><time>%s</time></span>%s%s'
    '<span class="ds-sr-only"> %s</span></button></li>'
)


@register.simple_tag
def times(day_of_times: DayOfTimes, name: str) -> SafeString:
    """A day's free times as buttons; written by hand, for a calendar has hundreds of them."""
    on, field_name = escape(dates.day(day_of_times.on)), escape(name)
    return mark_safe(  # noqa: S308  # every part is escaped, or a number of ours
        "".join(
            TIME
            % (
                field_name,
                escape(time.value),
                dates.clock(time.at),
                f"<span>{escape(time.label)}</span>" if time.label else "",
                f'<span class="hint">{escape(time.note)}</span>' if time.note else "",
                on,
            )
            for time in day_of_times.times
        )
    )


ROW = (
    '<li><a class="row%s" href="%s" data-item><strong>%s%s</strong>'
    '<span class="preview">%s</span><span class="row-end">%s%s%s%s%s%s</span></a></li>'
)


@register.simple_tag
def rows(items: Iterable[Row]) -> SafeString:
    """A list of matters, each a line that leads to it; written by hand, for an inbox has fifty."""
    unread = _span(_("Ulest:") + " ", "ds-sr-only")
    urgent, important = _span(_("Haster"), "late"), _span(_("Viktig"), "late")
    return mark_safe(  # noqa: S308  # every part is escaped
        "".join(
            ROW
            % (
                " unread" if row.unread else "",
                escape(row.href),
                unread if row.unread else "",
                escape(row.title),
                escape(row.preview),
                urgent if row.urgent else "",
                important if row.important else "",
                _span(row.due, "late" if row.late else ""),
                _span(row.when, "hint"),
                _span(row.owner, "hint"),
                label(row.label, row.color) if row.label else "",
            )
            for row in items
        )
    )


def _span(words: str, looks: str) -> str:
    if not words:
        return ""
    drawn = f' class="{looks}"' if looks else ""
    return f"<span{drawn}>{escape(words)}</span>"


@register.filter
def size(amount: int) -> str:
    """``1,2 MB``."""
    return str(filesizeformat(amount))


@register.filter
def phone(number: str) -> str:
    """A telephone number in groups, as it is read aloud, that stays on one line."""
    return dates.phone(number)


@register.simple_tag
def paragraphs(text: str) -> SafeString:
    """What a person wrote, with the line breaks they made; never markup."""
    blocks = [block for block in text.replace("\r\n", "\n").split("\n\n") if block.strip()]
    return format_html_join(
        "", '<p class="written">{}</p>', ((block.strip("\n"),) for block in blocks)
    )
