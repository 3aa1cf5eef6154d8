"""Coming in, choosing whom to act for, and going out."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from dialog import rows
from dialog.actor import PLATFORM, Actor, Side
from dialog.errors import NotAllowed, NotFound
from dialog.identity import middleware as door
from dialog.identity.ports import Vouched, provider
from dialog.people import actions as people_actions
from dialog.people import queries as people
from dialog.people.policy import may_manage_office


def sign_in(request: HttpRequest) -> HttpResponse:
    """Send the person to the identity provider, and welcome whoever comes back."""
    after = _own_path(request.GET.get("neste") or request.POST.get("neste") or "")
    if request.method != "POST":
        return provider().begin(request, after=after)
    vouched = provider().finish(request)
    return _let_in(request, vouched, after)


def _let_in(request: HttpRequest, vouched: Vouched, after: str) -> HttpResponse:
    with rows.at_the_door():
        account = people.account_at_the_door(vouched.identity_number)
    if account is None and vouched.side is Side.PATIENT:
        account = people_actions.recognise(by=PLATFORM, identity_number=vouched.identity_number)
    if account is None:
        raise NotAllowed
    request.session.flush()
    request.session[door.ACCOUNT] = account.id
    request.session[door.SIDE] = vouched.side
    actor = door.actor_of(request)
    if actor is None:
        request.session.flush()
        raise NotAllowed
    _let_go_of_open_pages(request)
    people_actions.sign_in(by=actor)
    response = redirect(after or home_of(actor))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, account.language, samesite="Lax", max_age=365 * 24 * 3600
    )
    return response


def home_of(actor: Actor) -> str:
    """Where somebody on this side begins; at a new office, with what is left to set up."""
    if actor.side is not Side.PRACTICE:
        return reverse("portal:home")
    ready = people.office_by_id(actor.practice).set_up or not may_manage_office(actor)
    return reverse("workspace:inbox" if ready else "workspace:settings")


def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave; nothing of the session is kept."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by WhoActs
    people_actions.sign_out(by=actor)
    request.session.flush()
    return redirect(settings.LOGIN_URL)


def act_for(request: HttpRequest) -> HttpResponse:
    """Choose whom to act for: oneself, or somebody one represents (R15)."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by WhoActs
    choices = people.represented_by(actor.account_id or 0)
    if request.method != "POST":
        return render(request, "identity/act_for.html", {"choices": choices, "actor": actor})
    chosen = request.POST.get("person", "")
    if chosen not in {str(one.uuid) for one in choices}:
        raise NotFound
    request.session[door.ACTING_FOR] = str(UUID(chosen))
    request.session.cycle_key()
    _let_go_of_open_pages(request)
    return redirect("portal:home")


def _let_go_of_open_pages(request: HttpRequest) -> None:
    """What was begun in another window, as or for somebody else, can no longer be sent."""
    rotate_token(request)


def _own_path(path: str) -> str:
    ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if ours else ""
