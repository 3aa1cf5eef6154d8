"""The forms that fill a timebook: rules, weekly hours, days away and extra hours."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dialog.appointments import actions, queries
from dialog.appointments.policy import BookingRules
from dialog.ui import fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, submit
from dialog.workspace.times import weekdays
from dialog.workspace.views.appointments.timebook import changed, changing, page, published

AT_ONCE = "at-once"
RELEASES = [(str(days), words) for days, words in (
    (0, _("Samme dag")), (1, _("Dagen før")), (2, _("To dager før")), (3, _("Tre dager før")),
    (7, _("En uke før")), (14, _("To uker før")),
)]  # fmt: skip
ALWAYS = "always"
CANCELLING = [
    (ALWAYS, _("Alltid gratis")),
    ("d1", _("Til 1 virkedag før")),
    ("d2", _("Til 2 virkedager før")),
    ("h12", _("Til 12 timer før")),
    ("h24", _("Til 24 timer før")),
    ("h48", _("Til 48 timer før")),
]


def _days(code: str) -> int | None:
    return None if code == AT_ONCE else int(code)


class RulesForm(Form):
    """When times can be taken, and until when they can be given back."""

    lead_minutes = fields.Number(
        label=_("Hvor mange minutter før timen må pasienten bestille?"), min_value=0,
        max_value=40320,
    )  # fmt: skip
    horizon_days = fields.Number(
        label=_("Hvor mange dager fram kan pasienten bestille?"), min_value=1, max_value=366
    )
    release_days = fields.Select(
        label=_("Når skal pasientene se timene?"),
        choices=[(AT_ONCE, _("Så snart de er lagt ut")), *RELEASES],
    )
    release_clock = fields.Clock(
        label=_("Vises fra klokka"), help_text=_("Når du har valgt en dag over."), required=False
    )
    most_open = fields.Number(
        label=_("Hvor mange timer kan en pasient ha hos deg samtidig?"),
        help_text=_("Gjelder timer pasienten har valgt selv. Tomt felt betyr ingen grense."),
        min_value=1,
        max_value=100,
        required=False,
    )
    cancelling = fields.Select(
        label=_("Hvor lenge er det gratis å avbestille?"),
        help_text=_("Avbestiller pasienten senere, vises gebyret først."),
        choices=CANCELLING,
    )

    def clean(self) -> dict[str, Any]:
        """The same, as rules."""
        said = dict(self.cleaned_data)
        if self.errors:
            return said
        code, number = said["cancelling"][:1], said["cancelling"][1:]
        days = _days(said["release_days"])
        return {
            "rules": BookingRules(
                lead_minutes=said["lead_minutes"],
                horizon_days=said["horizon_days"],
                release_days=days,
                release_clock=said["release_clock"] if days is not None else None,
                most_open=said["most_open"],
                cancel_hours=int(number) if code == "h" else None,
                cancel_working_days=int(number) if code == "d" else None,
            )
        }


def _now_said(rules: BookingRules) -> dict[str, Any]:
    cancelling = ALWAYS
    if rules.cancel_working_days is not None:
        cancelling = f"d{rules.cancel_working_days}"
    elif rules.cancel_hours is not None:
        cancelling = f"h{rules.cancel_hours}"
    return {
        "lead_minutes": rules.lead_minutes,
        "horizon_days": rules.horizon_days,
        "release_days": AT_ONCE if rules.release_days is None else str(rules.release_days),
        "release_clock": rules.release_clock,
        "most_open": rules.most_open,
        "cancelling": cancelling,
    }


def rules(request: HttpRequest, practitioner: UUID) -> HttpResponse:
    """Change the rules of a timebook."""
    book = changing(request, practitioner)
    form = RulesForm(request.POST or None, initial=_now_said(book.rules))
    if form.is_bound:
        act = partial(actions.set_rules, by=acting(request), practitioner=practitioner)
        done = submit(form, act)
        if done is not None:
            return changed(request, practitioner, published(done))
    return page(request, book, form, heading=_now("Regler for bestilling"))


class _TypedForm(Form):
    """A form in which one says what the times are for."""

    type_uuid = fields.Select(label=_("Hva slags time?"))
    starts = fields.Clock(label=_("Fra klokka"))
    ends = fields.Clock(label=_("Til klokka"))
    pause_minutes = fields.Number(
        label=_("Pause mellom timene, i minutter"), min_value=0, max_value=120, required=False
    )

    def choose_among(self, types: tuple[queries.TypeView, ...]) -> None:
        """The types this practitioner has."""
        self.fields["type_uuid"].choices = [  # type: ignore[attr-defined]  # a Select
            (
                str(one.uuid),
                _now("%(name)s, %(n)d minutter") % {"name": one.name, "n": one.minutes},
            )
            for one in types
        ]

    def clean_pause_minutes(self) -> int:
        """No pause when nothing is said."""
        return self.cleaned_data["pause_minutes"] or 0

    def clean_type_uuid(self) -> UUID:
        """The type's id."""
        return UUID(self.cleaned_data["type_uuid"])


class HoursForm(_TypedForm):
    """Hours that come back every week."""

    weekdays = fields.Choices(label=_("Hvilke dager?"), choices=weekdays(), short=True)
    release_days = fields.Select(
        label=_("Når skal pasientene se disse timene?"),
        choices=[(AT_ONCE, _("Som ellers i timeboken")), *RELEASES],
    )
    release_clock = fields.Clock(
        label=_("Vises fra klokka"), help_text=_("Når du har valgt en dag over."), required=False
    )
    since = fields.Day(label=_("Fra og med"), required=False)
    until = fields.Day(label=_("Til og med"), required=False)

    field_order = ("weekdays", "starts", "ends", "type_uuid", "pause_minutes")

    def clean(self) -> dict[str, Any]:
        """The same, as the action wants it."""
        said = dict(self.cleaned_data)
        if self.errors:
            return said
        days = _days(said["release_days"])
        return {
            **said,
            "weekdays": [int(day) for day in said["weekdays"]],
            "release_days": days,
            "release_clock": said["release_clock"] if days is not None else None,
            "until": said["until"] + timedelta(days=1) if said["until"] else None,
        }


def add_hours(request: HttpRequest, practitioner: UUID) -> HttpResponse:
    """Offer times every week."""
    book = changing(request, practitioner)
    form = HoursForm(request.POST or None)
    form.choose_among(book.types)
    form.fields["weekdays"].choices = weekdays()  # type: ignore[attr-defined]  # in this language
    if form.is_bound:
        act = partial(actions.add_weekly_hours, by=acting(request), practitioner=practitioner)
        done = submit(form, act)
        if done is not None:
            return changed(request, practitioner, published(done))
    return page(request, book, form, heading=_now("Faste timer hver uke"))


class AwayForm(Form):
    """Days, or hours of them, when nobody is met."""

    first = fields.Day(label=_("Første dag borte"))
    last = fields.Day(label=_("Siste dag borte"), required=False)
    starts = fields.Clock(
        label=_("Fra klokka"), help_text=_("La klokka stå tom for hele dager."), required=False
    )
    ends = fields.Clock(label=_("Til klokka"), required=False)
    note = fields.Line(
        label=_("Merknad til kontoret"),
        help_text=_("Pasientene ser den ikke."),
        required=False,
        max_length=200,
    )


def add_absence(request: HttpRequest, practitioner: UUID) -> HttpResponse:
    """Say when somebody is away."""
    book = changing(request, practitioner)
    form = AwayForm(request.POST or None)
    if form.is_bound:
        act = partial(actions.add_absence, by=acting(request), practitioner=practitioner)
        done = submit(form, act)
        if done is not None:
            return changed(request, practitioner, published(done))
    return page(request, book, form, heading=_now("Borte"))


class ExtraForm(_TypedForm):
    """Hours on one day beside the weekly ones."""

    day = fields.Day(label=_("Dag"))

    field_order = ("day", "starts", "ends", "type_uuid", "pause_minutes")


def add_extra(request: HttpRequest, practitioner: UUID) -> HttpResponse:
    """Offer times on one day, also when the office is otherwise closed."""
    book = changing(request, practitioner)
    form = ExtraForm(request.POST or None)
    form.choose_among(book.types)
    if form.is_bound:
        act = partial(actions.add_extra_hours, by=acting(request), practitioner=practitioner)
        done = submit(form, act)
        if done is not None:
            return changed(request, practitioner, published(done))
    return page(request, book, form, heading=_now("Ekstra timer en dag"))
