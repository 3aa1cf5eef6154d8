"""Going out: here, everywhere, because the provider says so; and shutting one's own access."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from dialog import rows
from dialog.actor import Actor, Side
from dialog.identity import sessions
from dialog.identity.ports import Proof, provider
from dialog.people import actions as people_actions
from dialog.people import queries as people
from dialog.ui.acting import acting
from dialog.ui.forms import Form, show

LAYOUT = {
    Side.PATIENT: "ui/portal_page.html",
    Side.PRACTICE: "ui/workspace_page.html",
    Side.SUPPORT: "ui/workspace_page.html",
}


def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave, here and at the provider; nothing of the session is kept."""
    return _goes(request, people_actions.sign_out)


def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """Leave in every browser; this one at the provider too."""
    sessions.end_all_of(acting(request).account)
    return _goes(request, people_actions.sign_out_everywhere)


def _goes(request: HttpRequest, write_down: Callable[..., None]) -> HttpResponse:
    kept = request.session.get(sessions.PROOF)
    write_down(by=acting(request))
    request.session.flush()
    address = provider().leave(Proof(**kept)) if kept else ""
    if not address:
        return redirect("identity:left")
    # Not a redirect: a form may lead only to ourselves (form-action), also by way of a redirect.
    request.actor = None  # type: ignore[attr-defined]  # the page is nobody's any more
    response = render(request, "identity/leaving.html", {"address": address})
    response.headers["Refresh"] = f"0; url={address}"
    response.headers["Cache-Control"] = "no-store"
    return response


def left(request: HttpRequest) -> HttpResponse:
    """It is said that one is out, and how to come in again."""
    return render(request, "identity/left.html")


@csrf_exempt
def over(request: HttpRequest, way: str) -> HttpResponse:
    """The provider says that a session is over: from the browser (GET, front-channel logout) or by
    itself (POST, back-channel logout). Which ones there were is told nobody.
    """
    said = provider().over(request, way=way)
    if said is None:
        response: HttpResponse = JsonResponse({"error": "invalid_request"}, status=400)
    else:
        for words in sessions.end_at_provider(session=said.session, subject=said.subject):
            _write_down(words)
        response = HttpResponse()
    response.headers["Cache-Control"] = "no-store"
    return response


def _write_down(words: dict[str, Any]) -> None:
    """The fact that somebody is out, by the one it is about."""
    account_id = int(words.get(sessions.ACCOUNT) or 0)
    with rows.seeing(account=account_id):
        actor = (
            people.practice_actor(account_id)
            if words.get(sessions.SIDE) == Side.PRACTICE
            else people.patient_actor(account_id)
        )
    if actor is not None:
        people_actions.sign_out(by=actor)


def published_keys(request: HttpRequest) -> HttpResponse:
    """Our own public keys: what the providers check our signatures with."""
    response = JsonResponse(provider().published_keys())
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


def safety(request: HttpRequest) -> HttpResponse:
    """How one is signed in, and what to do when one fears that somebody else is."""
    by = acting(request)
    back = reverse("portal:settings" if by.side is Side.PATIENT else "workspace:inbox")
    context = {"layout": LAYOUT[by.side], "may_lock": by.side is Side.PATIENT, "back_to": back}
    return render(request, "identity/safety.html", context)


def lock(request: HttpRequest) -> HttpResponse:
    """Shut one's own access at once, in every browser (R14)."""
    by: Actor = acting(request)
    if request.method == "POST":
        people_actions.lock_access(by=by)
        sessions.end_all_of(by.account)
        request.session.flush()
        return redirect("identity:locked")
    return show(
        request,
        "ui/confirm.html",
        Form(),
        heading=_("Vil du sperre tilgangen din?"),
        sentences=[
            _("Du blir logget ut overalt, og ingen kommer inn som deg, heller ikke du."),
            _(
                "Det gjelder også for dem du handler for, og hvis du arbeider på et legekontor. "
                "Du åpner igjen ved å logge inn på nytt med elektronisk ID."
            ),
        ],
        yes=_("Ja, sperr tilgangen"),
        no=_("Nei, gå tilbake"),
        no_href=reverse("identity:safety"),
        dangerous=True,
    )
