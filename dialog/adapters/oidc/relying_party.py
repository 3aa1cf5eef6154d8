"""The flow with one provider: a pushed request, a code for a token, and who it is about."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from dialog.adapters.oidc import tokens
from dialog.adapters.oidc.attempts import Attempt
from dialog.adapters.oidc.own_keys import OwnKeys
from dialog.adapters.oidc.profiles import Profile
from dialog.adapters.oidc.proofs import Possession, challenge, client_assertion
from dialog.adapters.oidc.published import Published
from dialog.adapters.oidc.refusals import Away, Refused
from dialog.adapters.oidc.wire import Answer, Wire

ERROR = re.compile(r"[a-z_]{1,40}")
ANNOUNCED = "authorization_response_iss_parameter_supported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Whom a provider vouches for, in its own words."""

    identity_number: str
    hpr_number: str
    organisation_number: str
    subject: str
    session: str
    token: str


class RelyingParty:
    """Us, as one provider knows us."""

    def __init__(self, profile: Profile, keys: OwnKeys, wire: Wire) -> None:
        self.profile = profile
        self.published = Published(profile.issuer, wire)
        self._keys = keys
        self._wire = wire
        self._nonces: dict[str, str] = {}

    def push(self, attempt: Attempt, *, back: str, language: str) -> str:
        """Say what we want behind the browser's back; where it is sent, with nothing to change."""
        profile = self.profile
        asked = {
            "response_type": "code",
            "redirect_uri": back,
            "scope": profile.scope,
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": challenge(attempt.verifier),
            "code_challenge_method": "S256",
            "acr_values": profile.asked_level,
            "ui_locales": language,
            **({"prompt": "login", "max_age": "0"} if attempt.anew else {}),
        }
        url = self.published.address("pushed_authorization_request_endpoint")
        answer = self._wire.post(url, {**asked, **client_assertion(profile, self._keys.now())})
        request_uri = answer.words().get("request_uri")
        if not answer.fine or not isinstance(request_uri, str):
            raise Away(f"request not taken: {_error(answer)}")
        there = self.published.address("authorization_endpoint")
        query = urlencode({"client_id": profile.client_id, "request_uri": request_uri})
        return f"{there}{'&' if '?' in there else '?'}{query}"

    def must_be_the_sender(self, issuer: str | None) -> None:
        """Whether an answer is from this provider, where it says so, or always says so (RFC 9207):
        another's code is never shown to it.
        """
        if issuer is None and not self.published.says(ANNOUNCED):
            return
        if not tokens.same(issuer, self.profile.issuer):
            raise Refused("another provider's answer")

    def redeem(self, code: str, attempt: Attempt, *, back: str) -> Known:
        """Who it is, for a code."""
        ours = Possession() if self.profile.dpop else None
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": attempt.verifier,
        }
        given = self._token(form, ours)
        access = given.get("access_token")
        token = given.get("id_token")
        if not isinstance(access, str) or not isinstance(token, str):
            raise Refused("no token")
        kind = "dpop" if ours else "bearer"
        if str(given.get("token_type", "")).lower() != kind:
            raise Refused("a token that is not bound as it should be")
        claims = tokens.id_token(
            token,
            profile=self.profile,
            published=self.published,
            attempt=attempt,
            access_token=access,
        )
        return self._known(token, claims, self._more(claims, access, ours))

    def _token(self, form: Mapping[str, str], ours: Possession | None) -> Mapping[str, Any]:
        url = self.published.address("token_endpoint")

        def ask(headers: Mapping[str, str]) -> Answer:
            assertion = client_assertion(self.profile, self._keys.now())
            return self._wire.post(url, {**form, **assertion}, headers)

        answer = self._proving("POST", url, ours, ask)
        if answer.fine:
            return answer.words()
        error = _error(answer)
        if error in ("invalid_grant", "invalid_request"):
            raise Refused(f"code not taken: {error}")
        raise Away(f"token not given: {error}")

    def _more(self, claims: tokens.Claims, access: str, ours: Possession | None) -> tokens.Claims:
        """What the provider says apart from the token, when the token does not say who it is."""
        url = self.published.address("userinfo_endpoint")
        if claims.get(self.profile.person_claim) or not url:
            return {}
        scheme = "DPoP" if ours else "Bearer"

        def ask(headers: Mapping[str, str]) -> Answer:
            return self._wire.get(url, {"Authorization": f"{scheme} {access}", **headers})

        answer = self._proving("GET", url, ours, ask, token=access)
        found = answer.words()
        if not answer.fine or not tokens.same(found.get("sub"), str(claims["sub"])):
            raise Refused("facts about somebody else")
        return found

    def _proving(
        self, method: str, url: str, ours: Possession | None, ask: Any, *, token: str = ""
    ) -> Answer:
        """Ask with a proof of possession; once more when the provider wants its own nonce in it."""
        for last in (False, True):
            headers = {}
            if ours is not None:
                nonce = self._nonces.get(url, "")
                headers["DPoP"] = ours.proof(method, url, nonce=nonce, token=token)
            answer: Answer = ask(headers)
            given = answer.headers.get("DPoP-Nonce")
            if given:
                self._nonces[url] = given
            if last or ours is None or not given or not _wants_nonce(answer):
                break
        return answer

    def _known(self, token: str, claims: tokens.Claims, more: tokens.Claims) -> Known:
        profile = self.profile

        def said(name: str) -> str:
            value = claims.get(name) or more.get(name) if name else ""
            return str(value) if isinstance(value, str | int) else ""

        return Known(
            identity_number=said(profile.person_claim),
            hpr_number=said(profile.hpr_claim),
            organisation_number=said(profile.organisation_claim),
            subject=str(claims["sub"]),
            session=str(claims.get("sid") or ""),
            token=token,
        )


def _wants_nonce(answer: Answer) -> bool:
    if answer.status not in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED):
        return False
    return "use_dpop_nonce" in (_error(answer), *_challenges(answer))


def _challenges(answer: Answer) -> list[str]:
    return re.findall(r'error="([a-z_]+)"', answer.headers.get("WWW-Authenticate", ""))


def _error(answer: Answer) -> str:
    """The provider's own word for what is wrong, if it is one; its sentences are not kept."""
    word = str(answer.words().get("error", ""))
    return word if ERROR.fullmatch(word) else f"status {answer.status}"
