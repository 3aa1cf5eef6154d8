"""The days the office is closed, and which duties it hands to whom."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dialog.actor import Actor, Duty, Role
from dialog.appointments import actions as appointments
from dialog.errors import NotFound
from dialog.people import actions, queries, texts
from dialog.people.policy import BUILT_IN_DUTIES
from dialog.ui import fields
from dialog.ui.forms import Form, submit
from dialog.workspace.views.settings.desk import done, managing, page


class ClosedForm(Form):
    """A stretch of days, both included."""

    first = fields.Day(label=_("Første dag dere er stengt"))
    last = fields.Day(label=_("Siste dag dere er stengt"))


def closing_days(request: HttpRequest) -> HttpResponse:
    """The days to come that the office is closed, and room for more."""
    by = managing(request)
    form = ClosedForm(request.POST or None)
    if form.is_bound:
        closed = submit(form, partial(appointments.close_days, by=by))
        if closed is not None:
            return done(request, _said(closed), "workspace:closing_days")
    days = sorted(one for one in queries.closing_days(by.practice) if one >= queries.today())
    return page(request, "closing_days", form, days=days)


def _said(closed: appointments.Closed) -> str:
    words = ngettext("%(n)d dag er stengt.", "%(n)d dager er stengt.", closed.days)
    if not closed.booked:
        return words % {"n": closed.days}
    booked = ngettext(
        "%(n)d time er avtalt da. Flytt eller avlys den i kalenderen.",
        "%(n)d timer er avtalt da. Flytt eller avlys dem i kalenderen.",
        closed.booked,
    )
    return f"{words % {'n': closed.days}} {booked % {'n': closed.booked}}"


def open_day(request: HttpRequest, day: str) -> HttpResponse:
    """Be open after all."""
    by = managing(request)
    try:
        chosen = date.fromisoformat(day)
    except ValueError:
        raise NotFound from None
    appointments.open_day(by=by, day=chosen)
    return done(request, _("Dagen er åpen igjen."), "workspace:closing_days")


HANDED = {
    Role.NURSE: (
        Duty.PREPARE_RENEWALS,
        Duty.SEE_ECONSULTATIONS,
        Duty.ANSWER_ECONSULTATIONS,
        Duty.MANAGE_OFFICE,
    ),
    Role.STAFF: (Duty.PREPARE_RENEWALS, Duty.SEE_ECONSULTATIONS, Duty.ANSWER_ECONSULTATIONS),
}
HINTS = {
    Duty.PREPARE_RENEWALS: _("Går gjennom resepter på forhånd. Legen signerer alltid."),
    Duty.SEE_ECONSULTATIONS: _("Kan lese det pasienten skriver til legen."),
    Duty.ANSWER_ECONSULTATIONS: _("Kan svare på legens vegne."),
    Duty.MANAGE_OFFICE: _("Kan endre det som står i innstillingene."),
}


class DutiesForm(Form):
    """What nurses and secretaries do beyond their own, and who follows up the log."""

    nurse = fields.Choices(label=_("Sykepleier kan også"), required=False)
    staff = fields.Choices(label=_("Helsesekretær kan også"), required=False)
    reviewers = fields.Choices(
        label=_("Disse følger opp loggen"),
        help_text=_(
            "De ser hvem som har åpnet hva, svarer pasienter som spør om det, og følger opp avvik."
        ),
        error_messages={"required": _("Velg minst én som følger opp loggen.")},
    )

    def __init__(
        self,
        *args: Any,
        handed: Mapping[Role, frozenset[Duty]],
        colleagues: Sequence[queries.Colleague],
    ) -> None:
        super().__init__(*args)
        self.accounts = {str(one.account_uuid): one.account_id for one in colleagues}
        people = self.fields["reviewers"]
        people.choices = fields.options(  # type: ignore[attr-defined]  # Choices
            (str(one.account_uuid), one.name, str(texts.ROLE[one.role])) for one in colleagues
        )
        people.initial = [str(one.account_uuid) for one in colleagues if one.reviews_access]
        for role, duties in HANDED.items():
            field = self.fields[role.value]
            field.choices = fields.options(  # type: ignore[attr-defined]  # Choices
                (duty, texts.DUTY[duty], HINTS[duty]) for duty in duties
            )
            field.initial = sorted(handed.get(role, frozenset()))

    def clean(self) -> dict[str, Any]:
        """The same, as the action wants it."""
        said = self.cleaned_data
        pairs = ((role, Duty(one)) for role in HANDED for one in said.get(role.value, ()))
        chosen = said.get("reviewers", ())
        return {
            "handed": frozenset(pairs),
            "account_ids": frozenset(self.accounts[one] for one in chosen),
        }


def _share_out(
    *, by: Actor, handed: frozenset[tuple[Role, Duty]], account_ids: frozenset[int]
) -> None:
    actions.set_reviewers(by=by, account_ids=account_ids)
    actions.set_duties(by=by, handed=handed)


def duties(request: HttpRequest) -> HttpResponse:
    """Who prepares and who reads; the doctors decide, everybody at the desk sees."""
    by = managing(request)
    handed = queries.delegations(by)
    may_decide = by.role is Role.PRACTITIONER
    colleagues = queries.colleagues(by)
    form = DutiesForm(request.POST or None, handed=handed, colleagues=colleagues)
    if form.is_bound:
        submit(form, partial(_share_out, by=by))
        if form.done:
            return done(request, _("Oppgavene er lagret."), "workspace:duties")
    seen = [
        (texts.ROLE[role], [texts.DUTY[one] for one in sorted(found | BUILT_IN_DUTIES[role])])
        for role, found in ((role, handed.get(role, frozenset())) for role in HANDED)
    ]
    reviewers = [one.name for one in colleagues if one.reviews_access]
    return page(request, "duties", form, may_decide=may_decide, seen=seen, reviewers=reviewers)
