"""The pages of the house itself: language and light, and what is said when something is wrong."""

import logging

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from dialog.errors import InvalidInput, NotFound
from dialog.ui.context import KEYS_COOKIE, SCHEME_COOKIE, SCHEMES
from dialog.ui.upload_limits import too_large
from dialog.ui.words import stopped

log = logging.getLogger(__name__)
A_YEAR = 365 * 24 * 60 * 60
# Not for translation, which may be what fails.
LAST_WORDS = """<!DOCTYPE html>
<html lang="nb">
  <head><meta charset="utf-8"><title>Noe gikk galt hos oss</title></head>
  <body>
    <h1>Noe gikk galt hos oss</h1>
    <p>Det er ikke din feil. Prøv igjen om noen minutter.</p>
    <p>Haster det? Ring 113 når det står om livet, 116 117 til legevakten, eller legekontoret
    ditt.</p>
  </body>
</html>
"""
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def back(request: HttpRequest) -> str:
    """The page to return to: ``neste``, when it is one of ours."""
    wanted = request.GET.get("neste", "") or request.POST.get("neste", "")
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours and wanted.startswith("/") else "/"


def _remember(request: HttpRequest, cookie: str, value: str) -> HttpResponse:
    response = HttpResponseRedirect(back(request))
    response.set_cookie(
        cookie,
        value,
        max_age=A_YEAR,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def choose_scheme(request: HttpRequest, scheme: str) -> HttpResponse:
    """Read in light, dark, or as the machine says."""
    if scheme not in SCHEMES:
        raise NotFound
    return _remember(request, SCHEME_COOKIE, scheme)


def choose_keys(request: HttpRequest, choice: str) -> HttpResponse:
    """Work with single keys, or without: they disturb those who steer by voice."""
    if choice not in ("av", "paa"):
        raise NotFound
    return _remember(request, KEYS_COOKIE, choice)


def choose_language(request: HttpRequest, language: str) -> HttpResponse:
    """Read in bokmål, nynorsk or English."""
    if language not in dict(settings.LANGUAGES):
        raise NotFound
    return _remember(request, settings.LANGUAGE_COOKIE_NAME, language)


def accessibility(request: HttpRequest) -> HttpResponse:
    """What was tested for those who see, hear, move or read otherwise, and what falls short."""
    return render(request, "ui/accessibility.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page has been open for long, or cookies are off; said calmly."""
    return stopped(request, "ui/stale.html")


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was sent could not be taken in: too much of it, or not as a browser sends it."""
    if isinstance(exception, TOO_MUCH):
        return too_large(request)
    request.POST = QueryDict()  # so that nothing more of it is read
    return render(request, "ui/error.html", {"error": InvalidInput()}, status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that leads nowhere."""
    return render(request, "ui/error.html", {"error": NotFound()}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Something of ours failed; said without a word about what.

    The page asks nothing of the request, which may be what is wrong, nor of the database; and when
    even it cannot be made, the person still reads what to do.
    """
    try:
        page: str = render_to_string("500.html")
    except Exception as error:
        log.critical("the page that says that something failed, failed: %s", type(error).__name__)
        page = LAST_WORDS
    return HttpResponse(page, status=500)
