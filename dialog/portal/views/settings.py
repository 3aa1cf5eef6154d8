"""How the patient is told things: phone, e-mail, language, and which SMS."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings as configured
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dialog.actor import Actor, Role
from dialog.errors import PortError
from dialog.notifications.policy import parents_are_told
from dialog.people import actions, numbers, queries, texts
from dialog.people.contact_register import MY_PROFILE, contact_connected
from dialog.people.policy import Language, NotificationKind, may_consent
from dialog.ui import fields
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show, submit
from dialog.ui.prompting import ask_to_look, asked_to_look
from dialog.ui.views import A_YEAR

JUST_NOW = timedelta(seconds=20)

WITHOUT: dict[NotificationKind, Promise] = {
    NotificationKind.APPOINTMENT: _(
        "Uten denne må du selv følge med her på om en time er gitt, flyttet eller avlyst."
    ),
    NotificationKind.REMINDER: _(
        "Uten denne minner vi deg ikke på timen. Glemmer du den, kan du måtte betale."
    ),
    NotificationKind.MESSAGE: _(
        "Uten denne må du logge inn for å se om legekontoret har skrevet til deg."
    ),
    NotificationKind.RENEWAL: _("Uten denne må du logge inn for å se om reseptene er fornyet."),
}
SAVED: dict[str, Promise] = {
    "kontakt": _("Telefon og e-post er lagret."),
    "varsler": _("Valgene dine er lagret. De gjelder fra nå."),
    "sprak": _("Språket er lagret."),
    "egen": _("Valget er lagret. Det gjelder fra nå."),
}


class ContactForm(Form):
    """Where the patient is reached."""

    phone = fields.Phone(
        label=_("Mobilnummer"),
        required=False,
        help_text=_("Hit sender vi SMS. Legekontoret ringer også dette nummeret."),
    )
    email = fields.Email(label=_("E-post"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if contact_connected():
            self.fields["phone"].help_text = _("Legekontoret ringer dette nummeret.")

    def clean_phone(self) -> str:
        """A number one can ring."""
        phone = str(self.cleaned_data["phone"]).strip()
        if phone and not numbers.rings(phone):
            raise ValidationError(_("Skriv hele nummeret, for eksempel 412 34 567."))
        return phone


class NotificationsForm(Form):
    """Which SMS the patient wants."""

    wanted = fields.Choices(
        label=_("Send meg SMS om"),
        required=False,
        choices=fields.options(
            [(kind, texts.NOTIFICATION[kind], WITHOUT[kind]) for kind in NotificationKind]
        ),
    )


class LanguageForm(Form):
    """The language of the pages and the SMS."""

    language = fields.Choice(
        label=_("Språk på sidene og i SMS"),
        choices=[(one, texts.LANGUAGE[one]) for one in Language],
    )


def settings(request: HttpRequest) -> HttpResponse:
    """Everything one can choose, on one page."""
    return _page(request)


def contact(request: HttpRequest) -> HttpResponse:
    """Save where the patient is reached."""
    if request.method != "POST":
        return redirect("portal:settings")
    form = ContactForm(request.POST)
    submit(form, partial(actions.change_contact_details, by=acting(request)))
    return _saved("kontakt") if form.done else _page(request, contact=form, refused=form)


def notifications(request: HttpRequest) -> HttpResponse:
    """Save which SMS the patient wants."""
    if request.method != "POST":
        return redirect("portal:settings")
    form = NotificationsForm(request.POST)
    submit(form, partial(actions.choose_notifications, by=acting(request)))
    return _saved("varsler") if form.done else _page(request, notifications=form, refused=form)


def language(request: HttpRequest) -> HttpResponse:
    """Save the language; the pages follow at once."""
    if request.method != "POST":
        return redirect("portal:settings")
    form = LanguageForm(request.POST)
    submit(form, partial(actions.choose_language, by=acting(request)))
    if not form.done:
        return _page(request, language=form, refused=form)
    response = _saved("sprak")
    response.set_cookie(
        configured.LANGUAGE_COOKIE_NAME,
        form.cleaned_data["language"],
        max_age=A_YEAR,
        samesite="Lax",
        httponly=True,
        secure=configured.SESSION_COOKIE_SECURE,
    )
    return response


class OwnAccessForm(Form):
    """Whether a child uses the service by itself."""

    consented = fields.Hidden(required=False)

    def clean_consented(self) -> bool:
        """Anything at all means yes."""
        return bool(self.cleaned_data["consented"])


def own_access(request: HttpRequest) -> HttpResponse:
    """A parent lets a child of thirteen to fifteen in by itself, or takes that back (R21)."""
    if request.method != "POST":
        return redirect("portal:settings")
    form = OwnAccessForm(request.POST)
    submit(form, partial(actions.choose_own_access, by=acting(request)))
    return _saved("egen") if form.done else _page(request, refused=form)


def _saved(what: str) -> HttpResponse:
    return redirect(f"{reverse('portal:settings')}?lagret={what}")


def _page(request: HttpRequest, *, refused: Form | None = None, **forms: Form) -> HttpResponse:
    by = acting(request)
    person = queries.the_patient(by)
    _look_again(request, by)
    fresh: dict[str, Callable[[], Form]] = {
        "contact": lambda: ContactForm(initial={"phone": person.phone, "email": person.email}),
        "notifications": lambda: NotificationsForm(initial={"wanted": _wanted(by)}),
        "language": lambda: LanguageForm(initial={"language": person.language}),
    }
    return show(
        request,
        "portal/settings.html",
        refused,
        **{f"{name}_form": forms.get(name) or make() for name, make in fresh.items()},
        **_situation(by, person),
        saved=SAVED.get(request.GET.get("lagret", ""), ""),
        back_to=reverse("portal:home"),
    )


def _look_again(request: HttpRequest, by: Actor) -> None:
    """Whoever was asked to mend something may have done so since, here or in the register."""
    if asked_to_look(request) and by.role is Role.PATIENT:
        with suppress(PortError):
            actions.hear_contact([by.patient], at_most=JUST_NOW)
        ask_to_look(request, queries.to_mend(by) or "")


def _wanted(by: Actor) -> list[NotificationKind]:
    return [kind for kind, on in queries.wanted_notifications(by.patient).items() if on]


def _situation(by: Actor, person: queries.Person) -> dict[str, Any]:
    return {
        "person": person,
        "for_a_child": by.role is Role.PROXY and parents_are_told(person.born, queries.today()),
        "in_register": queries.in_register(by),
        "connected": contact_connected() and by.role is Role.PATIENT,
        "where": MY_PROFILE,
        "for_oneself": by.role is Role.PATIENT,
        "may_consent": by.role is Role.PROXY and may_consent(person.born, queries.today()),
        "own_access": by.role is Role.PROXY and queries.has_own_access(by),
        "no_sms": bool(person.phone) and not numbers.mobile(person.phone),
    }
