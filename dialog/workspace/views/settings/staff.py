"""Who works at the office, and as what."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dialog.actor import Actor, Role
from dialog.appointments import actions
from dialog.appointments import queries as appointments
from dialog.people import queries, texts
from dialog.people.personnel_register import personnel_connected
from dialog.people.policy import MEMBER_ROLES, may_decide_about
from dialog.people.queries import Known, Standing
from dialog.ui import dates, fields
from dialog.ui.forms import Form, show, submit
from dialog.workspace.times import calendar_address
from dialog.workspace.views.settings.desk import done, managing, page

HINTS = {
    Role.PRACTITIONER: _("Svarer på alt, signerer resepter og bestemmer over sin egen liste."),
    Role.NURSE: _("Svarer på henvendelser og timer, og det legene gir videre."),
    Role.STAFF: _("Svarer på henvendelser og timer, og setter opp kontoret."),
    Role.SUPPORT: _("Ser hvordan kontoret er satt opp og om alt virker. Ser ingen pasienter."),
}
LAST_DAY = _(
    "For vikarer. Etter denne dagen slutter tilgangen av seg selv, og ingen kan få time hos "
    "personen. La feltet stå tomt for den som skal være her fast."
)
STANDING: dict[Standing, tuple[Promise, str]] = {
    Standing.HELD: (_("Autorisert"), "success"),
    Standing.NOT_HELD: (_("Ikke autorisert"), "danger"),
    Standing.TOO_OLD: (_("Svaret fra HPR er for gammelt"), "warning"),
    Standing.NOT_ASKED: (_("Ikke spurt HPR ennå"), "warning"),
}


class ColleagueForm(Form):
    """Somebody new at the office."""

    name = fields.Line(label=_("Navn"), max_length=150)
    identity_number = fields.Line(
        label=_("Fødselsnummer"),
        help_text=_("11 siffer. Personen logger inn med sin egen elektroniske ID."),
        inputmode="numeric",
        max_length=20,
    )
    role = fields.Choice(label=_("Hva jobber personen som?"))
    since = fields.Day(
        label=_("Første dag"),
        required=False,
        help_text=_("La feltet stå tomt hvis personen begynner i dag."),
    )
    last = fields.Day(label=_("Siste dag"), required=False, help_text=LAST_DAY)
    specialist = fields.Check(
        label=_("Spesialist i allmennmedisin"),
        help_text=_("Gjelder bare leger, for prisens skyld."),
    )
    timebook = fields.Check(
        label=_("Har egne timer pasienter kan bestille"),
        help_text=_("Leger får alltid en timebok. Kryss av for sykepleier med egne timer."),
    )
    only_office = fields.Check(
        label=_("Bare kontoret gir timer hos denne personen"),
        help_text=_(
            "Kryss av for vikar eller lege i spesialisering (LIS1) som pasientene ikke skal "
            "velge time hos selv. Det kan endres når som helst."
        ),
    )

    def __init__(self, by: Actor, *args: object) -> None:
        super().__init__(*args)
        self.fields["role"].choices = fields.options(  # type: ignore[attr-defined]  # a Choice
            (role, texts.ROLE[role], HINTS[role])
            for role in MEMBER_ROLES
            if may_decide_about(by, role)
        )

    def clean_role(self) -> Role:
        """The role itself."""
        return Role(self.cleaned_data["role"])

    def clean(self) -> dict[str, Any]:
        """Who may book, in the action's words."""
        words = {**self.cleaned_data}
        words["bookable"] = not words.pop("only_office", False)
        return words


def staff(request: HttpRequest) -> HttpResponse:
    """Everybody who can sign in here, and room for one more."""
    by = managing(request)
    form = ColleagueForm(by, request.POST or None)
    if form.is_bound:
        submit(form, partial(actions.add_colleague, by=by))
        if form.done:
            coming = (form.cleaned_data["since"] or queries.today()) > queries.today()
            return done(
                request,
                _("Personen kan logge inn her fra første dag.")
                if coming
                else _("Personen kan nå logge inn her."),
                "workspace:staff",
            )
    books = {one.account_id: one for one in queries.clinicians_of_practice(by)}
    known = queries.known_of_colleagues(by)
    rows = [
        (
            one,
            texts.ROLE[one.role],
            one.account_id != by.account_id,
            books.get(one.account_id),
            _standing(known.get(one.account_id)),
            texts.days_at_work(one.role, one.first, one.last, on=queries.today()),
        )
        for one in queries.employees(by)
    ]
    return page(
        request,
        "staff",
        form,
        rows=rows,
        asked=personnel_connected(),
        left_behind=[
            (calendar_address(one.whose.uuid, one.first), _left(one))
            for one in appointments.left_behind(by)
        ],
    )


def _left(one: appointments.LeftBehind) -> str:
    words = ngettext("%(name)s: %(n)d time", "%(name)s: %(n)d timer", one.many)
    return words % {"name": one.whose.name, "n": one.many}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the health-personnel register says of somebody, in words."""

    label: Promise
    color: str
    hpr_number: str
    specialities: str
    heard: str


def _standing(known: Known | None) -> Shown | None:
    if known is None:
        return None
    label, color = STANDING[known.standing]
    return Shown(
        label=label,
        color=color,
        hpr_number=known.hpr_number,
        specialities=", ".join(known.specialities),
        heard=dates.short_moment(known.heard_at) if known.heard_at else "",
    )


class DaysForm(Form):
    """From and until which day somebody works here, both included."""

    since = fields.Day(label=_("Første dag"))
    last = fields.Day(label=_("Siste dag"), required=False, help_text=LAST_DAY)


def colleague_days(request: HttpRequest, account_uuid: UUID) -> HttpResponse:
    """Change until when somebody works here, and from when if they have yet to begin."""
    by = managing(request)
    colleague = queries.colleague_for(by, account_uuid)
    now = {"since": colleague.first, "last": colleague.last}
    form = DaysForm(request.POST or None, initial=now)
    if colleague.first <= queries.today():
        del form.fields["since"]
    if form.is_bound:
        left = submit(form, partial(actions.change_days, by=by, account_id=colleague.account_id))
        if form.done:
            return done(request, _and_left(_now("Dagene er lagret."), left), "workspace:staff")
    booked = _booked(appointments.to_come_with(by, colleague.account_id))
    yours = _now("Det som er etter siste dag, må dere flytte eller avlyse selv.")
    return page(
        request,
        "form",
        form,
        intro=f"{booked} {yours}" if booked else "",
        heading=_now("Hvor lenge jobber %(name)s her?") % {"name": colleague.name},
        back_to=reverse("workspace:staff"),
        back_words=_("Ansatte"),
    )


def _theirs_stand(many: int) -> list[str]:
    """What becomes of the times patients have with somebody, and who sees to it."""
    if not many:
        return []
    stand = ngettext(
        "Timen står. Flytt eller avlys den.", "Timene står. Flytt eller avlys dem.", many
    )
    return [_booked(many), stand]


def _booked(many: int) -> str:
    """How many times patients have with somebody; nothing where there are none."""
    words = ngettext(
        "%(n)d time er avtalt med personen framover.",
        "%(n)d timer er avtalt med personen framover.",
        many,
    )
    return words % {"n": many} if many else ""


def _and_left(words: str, many: int | None) -> str:
    """What was done, and what there is to do about times outside the days just said."""
    if not many:
        return words
    left = ngettext(
        "%(n)d time er avtalt på en dag personen ikke jobber her. Flytt eller avlys den.",
        "%(n)d timer er avtalt på dager personen ikke jobber her. Flytt eller avlys dem.",
        many,
    )
    return f"{words} {left % {'n': many}}"


def remove_colleague(request: HttpRequest, account_uuid: UUID) -> HttpResponse:
    """Ask once more before somebody can no longer sign in."""
    by = managing(request)
    colleague = queries.colleague_for(by, account_uuid)
    form = Form(request.POST or None)
    if form.is_bound:
        left = submit(form, partial(actions.remove_member, by=by, account_id=colleague.account_id))
        if form.done:
            words = _and_left(_now("Personen kan ikke lenger logge inn her."), left)
            return done(request, words, "workspace:staff")
    many = appointments.to_come_with(by, colleague.account_id)
    return show(
        request,
        "ui/confirm.html",
        form,
        layout="ui/workspace_page.html",
        heading=_now("Skal %(name)s ikke lenger jobbe her?") % {"name": colleague.name},
        sentences=[
            _("Da mister personen tilgangen med en gang."),
            _("Det personen har skrevet, blir stående."),
            *_theirs_stand(many),
        ],
        yes=_("Ja, ta bort tilgangen"),
        no=_("Nei, la være"),
        no_href=reverse("workspace:staff"),
        dangerous=True,
    )
