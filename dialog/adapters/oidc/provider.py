"""ID-porten and HelseID as the product's own door sees them."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from dialog.actor import Side
from dialog.adapters.oidc import tokens
from dialog.adapters.oidc.attempts import LASTS, Attempt, opened, remember, remembered, sealed
from dialog.adapters.oidc.own_keys import OwnKeys
from dialog.adapters.oidc.refusals import Away, Declined, Refused
from dialog.adapters.oidc.relying_party import Known, RelyingParty
from dialog.errors import NotAllowed, NotFound, PortError
from dialog.identity import once
from dialog.identity.ports import Over, Proof, Stopped, Vouched
from dialog.identity.sessions import provider_digest
from dialog.people.identity_number import NotAnIdentityNumber, parse
from dialog.ui.parts import Link

log = logging.getLogger(__name__)

DECLINED = {"access_denied", "login_required", "interaction_required", "consent_required"}
TOO_LOW = _(
    "Du logget inn på et nivå som ikke er sikkert nok for helseopplysninger. "
    "Logg inn med en elektronisk ID på høyeste nivå, for eksempel BankID eller Buypass."
)
NOT_BELIEVED = _("Innloggingen kunne ikke fullføres. Begynn på nytt, så går det som regel bra.")
GAVE_UP = _("Innloggingen ble avbrutt.")


class OpenIdConnect:
    """Every provider we are registered with; each has its own way in, and its own way back."""

    def __init__(self, parties: Sequence[RelyingParty], keys: OwnKeys) -> None:
        self._parties = {one.profile.way: one for one in parties}
        self._keys = keys

    def begin(self, request: HttpRequest, *, after: str) -> HttpResponse:
        """A page with the ways in."""
        anew = "pa_nytt" in request.GET
        asked = {**({"pa_nytt": "1"} if anew else {}), **({"neste": after} if after else {})}
        links = [
            Link(
                href=reverse("identity:sign_in_by", args=[way])
                + (f"?{urlencode(asked)}" if asked else ""),
                title=_now("Logg inn med %(provider)s") % {"provider": party.profile.name},
                text=str(party.profile.text),
                icon="person" if party.profile.side is Side.PATIENT else "doctor",
            )
            for way, party in self._parties.items()
        ]
        return render(request, "identity/door.html", {"links": links, "anew": anew})

    def go(
        self, request: HttpRequest, *, way: str, after: str, anew: bool
    ) -> HttpResponse | Stopped:
        """Off to the provider, with what we want already said there."""
        party = self._party(way)
        attempt = Attempt.new(way, after=after, anew=anew)
        try:
            there = party.push(attempt, back=_back(way), language=(get_language() or "nb")[:2])
        except Away as error:
            return _stopped(party, attempt, error)
        response = HttpResponseRedirect(there)
        response.headers["Cache-Control"] = "no-store"
        remember(response, attempt)
        return response

    def finish(self, request: HttpRequest, *, way: str) -> Vouched | Stopped:
        """Who came back, if it is the browser that went, with the answer to what it asked, once."""
        if not way:
            raise NotAllowed
        party, attempt = self._party(way), remembered(request)
        try:
            if attempt is None or attempt.way != way:
                raise Refused("not begun here")
            known = _answered(request, party, attempt)
        except (Refused, Away, Declined) as error:
            return _stopped(party, attempt, error)
        return _vouched(party, attempt, known)

    def leave(self, proof: Proof) -> str:
        """The provider's own door out, with its token so that it asks nothing."""
        party = self._parties.get(proof.way)
        token = opened(proof.token)
        if party is None or not token:
            return ""
        try:
            there = party.published.address("end_session_endpoint")
        except Away as error:
            log.warning("Not signed out at %s: %s", proof.way, error.why)
            return ""
        back = settings.PUBLIC_URL + reverse("identity:left")
        query = urlencode({"id_token_hint": token, "post_logout_redirect_uri": back})
        return f"{there}{'&' if '?' in there else '?'}{query}" if there else ""

    def over(self, request: HttpRequest, *, way: str) -> Over | None:
        """A signed token by itself, or by way of the browser the name of a session, which only the
        provider and we know.
        """
        party = self._party(way)
        try:
            if request.method == "POST":
                return _told(party, request.POST.get("logout_token", ""))
            return _shown(party, request)
        except Refused as error:
            log.warning("Sign-out by %s not believed: %s", way, error.why)
            return None
        except Away as error:
            log.warning("Sign-out by %s not understood: %s", way, error.why)
            raise PortError from error

    def published_keys(self) -> dict[str, Any]:
        """Our public keys, those to come too."""
        return self._keys.published()

    def _party(self, way: str) -> RelyingParty:
        if way not in self._parties:
            raise NotFound
        return self._parties[way]


def _back(way: str) -> str:
    """An address for each provider: what comes there can be from no other."""
    return settings.PUBLIC_URL + reverse("identity:returned", args=[way])


def _answered(request: HttpRequest, party: RelyingParty, attempt: Attempt) -> Known:
    given = request.GET
    if not tokens.same(given.get("state"), attempt.state):
        raise Refused("wrong state")
    party.must_be_the_sender(given.get("iss"))
    if not once.use("state", attempt.state, lasts=timedelta(seconds=2 * LASTS)):
        raise Refused("used before")
    if "error" in given:
        _wrong(given["error"])
    if not given.get("code"):
        raise Refused("no code")
    return party.redeem(given["code"], attempt, back=_back(attempt.way))


def _wrong(error: str) -> NoReturn:
    if error in DECLINED:
        raise Declined
    if error in ("server_error", "temporarily_unavailable"):
        raise Away(error)
    raise Refused("request refused")


def _vouched(party: RelyingParty, attempt: Attempt, known: Known) -> Vouched | Stopped:
    profile = party.profile
    number = ""
    try:
        if known.identity_number:
            number = _number(known.identity_number)
    except Refused as error:
        return _stopped(party, attempt, error)
    if not number and (profile.side is Side.PATIENT or not known.hpr_number):
        return _stopped(party, attempt, Refused("nobody named"))
    return Vouched(
        identity_number=number,
        side=profile.side,
        hpr_number=known.hpr_number,
        organisation_number=known.organisation_number,
        proven_since=datetime.fromtimestamp(attempt.begun, UTC) if attempt.anew else None,
        after=attempt.after,
        proof=Proof(
            way=profile.way,
            session=provider_digest(profile.issuer, known.session),
            subject=provider_digest(profile.issuer, known.subject),
            token=sealed(known.token),
        ),
    )


def _number(given: str) -> str:
    """As it stands; a demonstration knows only made-up people."""
    try:
        number = parse(given)
    except NotAnIdentityNumber:
        raise Refused("not an identity number") from None
    if settings.DEMONSTRATION and not number.synthetic:
        raise Refused("somebody real in a demonstration")
    return number.value


def _told(party: RelyingParty, token: str) -> Over:
    profile = party.profile
    claims = tokens.logout_token(token, profile=profile, published=party.published)
    news = timedelta(seconds=2 * tokens.TOLD_WITHIN)
    if not once.use("logout", f"{profile.issuer} {claims['jti']}", lasts=news):
        raise Refused("used before")
    return Over(
        session=provider_digest(profile.issuer, str(claims.get("sid") or "")),
        subject=provider_digest(profile.issuer, str(claims.get("sub") or "")),
    )


def _shown(party: RelyingParty, request: HttpRequest) -> Over:
    if not tokens.same(request.GET.get("iss"), party.profile.issuer):
        raise Refused("wrong issuer")
    if not request.GET.get("sid"):
        raise Refused("nobody's session")
    return Over(session=provider_digest(party.profile.issuer, request.GET["sid"]))


def _stopped(
    party: RelyingParty, attempt: Attempt | None, error: Refused | Away | Declined
) -> Stopped:
    """The sentence for the person; the log gets our own word for why."""
    way, after = party.profile.way, attempt.after if attempt else ""
    if isinstance(error, Declined):
        return Stopped(sentence=GAVE_UP, way=way, after=after)
    log.warning("Sign-in by %s stopped: %s", way, error.why)
    if isinstance(error, Away):
        said = _now("%(provider)s svarer ikke akkurat nå. Prøv igjen om litt.")
        sentence = said % {"provider": party.profile.name}
        return Stopped(sentence=sentence, way=way, after=after, status=503)
    why = TOO_LOW if error.why == "lower level" else NOT_BELIEVED
    return Stopped(sentence=why, way=way, after=after)
