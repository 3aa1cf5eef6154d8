"""Coming in, and choosing whom to act for."""

from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from dialog import rows
from dialog.actor import PLATFORM, Actor, Side
from dialog.errors import NotAllowed, NotFound, PortError
from dialog.identity import middleware as door
from dialog.identity import sessions
from dialog.identity.ports import Stopped, Vouched, provider
from dialog.people import actions as people_actions
from dialog.people import queries as people
from dialog.people.policy import may_manage_office
from dialog.people.texts import NOT_NOW
from dialog.ui.prompting import ask_to_look

if TYPE_CHECKING:
    from dialog.people.models import Account

NOT_AT_WORK_HERE = _(
    "Vi vet hvem du er, men vi finner deg ikke blant dem som arbeider her. "
    "Be legekontoret om å legge deg til."
)
NOT_ON_A_LIST = _(
    "Vi vet hvem du er, men du står ikke på listen til noe legekontor som bruker denne tjenesten."
)


def sign_in(request: HttpRequest) -> HttpResponse:
    """Where one chooses how to sign in; a demonstration lets in whoever is picked."""
    after = own_path(request.GET.get("neste") or request.POST.get("neste") or "")
    if request.method != "POST":
        return provider().begin(request, after=after)
    return _welcome(request, provider().finish(request, way=""))


def sign_in_by(request: HttpRequest, way: str) -> HttpResponse:
    """Send the person to the provider; with ``pa_nytt`` who it is must be proved anew."""
    after = own_path(request.GET.get("neste", ""))
    sent = provider().go(request, way=way, after=after, anew="pa_nytt" in request.GET)
    return _stopped(request, sent) if isinstance(sent, Stopped) else sent


def returned(request: HttpRequest, way: str) -> HttpResponse:
    """Welcome whoever the provider sends back."""
    return _welcome(request, provider().finish(request, way=way))


def _stopped(request: HttpRequest, why: Stopped) -> HttpResponse:
    return render(request, "identity/stopped.html", {"why": why}, status=why.status)


def _welcome(request: HttpRequest, came: Vouched | Stopped) -> HttpResponse:
    if isinstance(came, Stopped):
        return _stopped(request, came)
    account = _account_of(came)
    if account.locked_at is not None:
        if came.proven_since is None or came.proven_since <= account.locked_at:
            return locked(request, after=came.after)
        people_actions.unlock_access(by=PLATFORM, account_id=account.id)
    return _let_in(request, came, account)


def _account_of(came: Vouched) -> "Account":
    with rows.at_the_door():
        if came.side is Side.PRACTICE:
            account = people.colleague_at_the_door(
                identity_number=came.identity_number, hpr_number=came.hpr_number
            )
        else:
            account = people.account_at_the_door(came.identity_number)
    if account is None and came.side is Side.PATIENT:
        number = came.identity_number
        account = people_actions.recognise(by=PLATFORM, identity_number=number)
        account = account or people_actions.welcome_patient(by=PLATFORM, identity_number=number)
    if account is None:
        raise NotAllowed(NOT_ON_A_LIST if came.side is Side.PATIENT else NOT_AT_WORK_HERE)
    return account


def _let_in(request: HttpRequest, came: Vouched, account: "Account") -> HttpResponse:
    office = _office_of(came, account) if came.side is Side.PRACTICE else None
    if came.side is Side.PRACTICE:
        people_actions.welcome_professional(
            by=PLATFORM, account_id=account.id, hpr_number=came.hpr_number
        )
    else:
        people_actions.look_after_own_list(account.id)
    request.session.flush()
    request.session[sessions.ACCOUNT] = account.id
    request.session[sessions.SIDE] = came.side
    if came.proof is not None:
        request.session[sessions.PROOF] = came.proof.kept()
    if office is not None:
        request.session[sessions.PRACTICE] = str(office)
    actor = door.actor_of(request)
    if actor is None:
        request.session.flush()
        raise NotAllowed(NOT_AT_WORK_HERE)
    let_go_of_open_pages(request)
    people_actions.sign_in(by=actor)
    if actor.patient_id is not None:
        with suppress(PortError):  # then what is known is as old as it is
            people_actions.hear_contact(
                [actor.patient_id], at_most=settings.CONTACT_REGISTER.to_show
            )
        ask_to_look(request, people.to_mend(actor) or "")
    response = redirect(came.after or home_of(actor))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        account.language,
        max_age=365 * 24 * 3600,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _office_of(came: Vouched, account: "Account") -> UUID | None:
    """The office the provider says somebody is at work for; another office of ours is refused."""
    with rows.at_the_door():
        office, known = people.practice_at_the_door(account.id, came.organisation_number)
    if known and office is None:
        raise NotAllowed(NOT_AT_WORK_HERE)
    return office


def locked(request: HttpRequest, *, after: str = "") -> HttpResponse:
    """Nobody comes in as this person before they have proved anew who they are (R14)."""
    return render(request, "identity/locked.html", {"after": after}, status=403)


def home_of(actor: Actor) -> str:
    """Where somebody on this side begins; at a new office, with what is left to set up."""
    if actor.side is Side.SUPPORT:
        return reverse("workspace:support")
    if actor.side is not Side.PRACTICE:
        return reverse("portal:home")
    ready = people.office_by_id(actor.practice).set_up or not may_manage_office(actor)
    return reverse("workspace:inbox" if ready else "workspace:settings")


def act_for(request: HttpRequest) -> HttpResponse:
    """Choose whom to act for: oneself, or somebody one represents (R15)."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by WhoActs
    silent = not people_actions.hear_whom_to_act_for(by=actor)
    choices = people.represented_by(actor.account)
    chosen = request.POST.get("person", "")
    if chosen not in {str(one.uuid) for one in choices}:
        if chosen and not silent:
            raise NotFound
        return _choose(request, actor, choices, silent=silent)
    request.session[sessions.ACTING_FOR] = str(UUID(chosen))
    request.session.cycle_key()
    let_go_of_open_pages(request)
    return redirect(own_path(request.POST.get("neste", "")) or "portal:home")


def _choose(
    request: HttpRequest, actor: Actor, choices: list[people.Person], *, silent: bool
) -> HttpResponse:
    shown = {
        "choices": choices,
        "actor": actor,
        "silent": silent,
        "not_now": [(one.name, NOT_NOW[one.reason]) for one in people.not_now(actor.account)],
    }
    asked = silent and request.method == "POST"
    return render(request, "identity/act_for.html", shown, status=409 if asked else 200)


def let_go_of_open_pages(request: HttpRequest) -> None:
    """What was begun in another window, as or for somebody else, can no longer be sent."""
    rotate_token(request)


def own_path(path: str) -> str:
    """A path of ours to go on to, or nothing."""
    ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if ours else ""
