"""One request is one transaction, by one actor, in one language, and one click is one act."""

import hashlib
import logging
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.utils import translation

from dialog import rows
from dialog.actor import Actor, Side
from dialog.identity.sessions import ACCOUNT, ACTING_FOR, PRACTICE, SIDE
from dialog.identity.surroundings import around
from dialog.ledger import actions as ledger
from dialog.people import queries as people
from dialog.ui.words import stopped

if TYPE_CHECKING:
    from dialog.ledger.models import RequestKey

log = logging.getLogger(__name__)
Next = Callable[[HttpRequest], HttpResponse]

LAST_SEEN_AS = "last_seen_as"
SEEN, SEEN_EVERY = "seen", 300
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


class OneTransaction:
    """Everything a request does happens, or none of it; it begins by seeing no rows at all."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Open the transaction, and give it up when the answer is that something broke."""
        if request.path == settings.HEALTH_URL:
            return self.get_response(request)
        with rows.seeing():
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response


class WhoActs:
    """Session → actor, anew at every request, so that a right that is gone is gone now."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put the actor on the request, and let the transaction see the actor's rows."""
        request.actor = actor_of(request)  # type: ignore[attr-defined]  # ours
        request.around = partial(around, request)  # type: ignore[attr-defined]  # for the frame
        return self.get_response(request)


def actor_of(request: HttpRequest) -> Actor | None:
    """Who is acting in this request, or nobody."""
    account_id = request.session.get(ACCOUNT) if hasattr(request, "session") else None
    if account_id is None:
        return None
    # Most often the rows of the last request are the rows of this one, and need no second word;
    # who may act, and for whom, is asked all the same.
    last = rows.View(*request.session.get(LAST_SEEN_AS, ()))
    seen = last if last.account == account_id else rows.View(account=account_id)
    rows.see(seen)
    chosen = request.session.get(PRACTICE if _works(request) else ACTING_FOR)
    uuid = UUID(chosen) if chosen else None
    actor = (
        people.practice_actor(account_id, practice=uuid)
        if _works(request)
        else people.patient_actor(account_id, acting_for=uuid)
    )
    if actor is None and uuid is not None:
        # What was chosen is no longer ours: the mandate has ended, or the employment.
        request.session.pop(PRACTICE if _works(request) else ACTING_FOR)
        request.no_longer_for_them = not _works(request)  # type: ignore[attr-defined]  # ours
        return actor_of(request)
    view = rows.view_of(actor) if actor else rows.NOBODY
    if view != seen:
        rows.see(view)
        request.session[LAST_SEEN_AS] = view
    _stay_signed_in(request)
    return actor


def _stay_signed_in(request: HttpRequest) -> None:
    """Whoever is active stays; the session's end is written forward at most every fifth minute."""
    now = int(time.time())
    if now - int(request.session.get(SEEN, 0)) > SEEN_EVERY:
        request.session[SEEN] = now


def _works(request: HttpRequest) -> bool:
    return bool(request.session.get(SIDE) == Side.PRACTICE)


class ReadersLanguage:
    """The reader's own choice, else the browser's, else bokmål."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Speak the reader's language for as long as the request lasts."""
        known = dict(settings.LANGUAGES)
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in known else translation.get_language_from_request(request)
        with translation.override(language if language in known else settings.LANGUAGE_CODE):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class NoLongerForThem:
    """Nothing that was meant for another is done as oneself when the right to act has ended."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Say that it has ended, give the words back, and let go of what stands open elsewhere."""
        if not getattr(request, "no_longer_for_them", False):
            return self.get_response(request)
        rotate_token(request)
        return stopped(request, "identity/no_longer.html", status=403)


class SameClickOnce:
    """The same click twice is one act; the second is shown where the first led."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Keep the click's key before the view runs, and where it led after."""
        actor: Actor | None = getattr(request, "actor", None)
        if request.method not in UNSAFE or actor is None:
            return self.get_response(request)
        key = _key(request)
        if key is None:
            return stopped(request, "ui/stale.html", status=400)
        digest = _digest(request)
        before = ledger.claim_request(actor, key=key, digest=digest)
        if before is not None:
            return _as_before(request, before, digest)
        response = self.get_response(request)
        led_to = response.headers.get("Location", "") or response.headers.get("HX-Redirect", "")
        ledger.settle_request(actor, key=key, location=led_to)
        return response


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("request_key", ""))
    except ValueError:
        return None


def _digest(request: HttpRequest) -> bytes:
    digest = hashlib.sha256(request.path.encode())
    for name in sorted(request.POST):
        if name != "csrfmiddlewaretoken":
            digest.update(repr((name, request.POST.getlist(name))).encode())
    for name in sorted(request.FILES):
        for upload in request.FILES.getlist(name):
            digest.update(repr((name, upload.name)).encode())
            for chunk in upload.chunks():
                digest.update(chunk)
            upload.seek(0)
    return digest.digest()


def _as_before(request: HttpRequest, before: "RequestKey", digest: bytes) -> HttpResponse:
    if not before.location:
        return stopped(request, "ui/stale.html", status=409)
    if bytes(before.digest) != digest:
        return stopped(request, "ui/sent_before.html", status=409, led_to=before.location)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Redirect": before.location})
    return HttpResponseRedirect(before.location)
