"""Signing in with ID-porten and HelseID: OpenID Connect, written here on joserfc and httpx.

``profiles`` says what is asked of each provider, ``wire`` speaks with it, ``published`` knows what
it publishes, ``own_keys`` and ``proofs`` are how we prove who we are, ``tokens`` how we know that
what it says is true, ``relying_party`` is the flow and ``provider`` the port.
"""

from django.conf import settings

from dialog.adapters.oidc.own_keys import OwnKeys
from dialog.adapters.oidc.profiles import helseid, idporten
from dialog.adapters.oidc.provider import OpenIdConnect
from dialog.adapters.oidc.relying_party import RelyingParty
from dialog.adapters.oidc.wire import Wire


def from_settings() -> OpenIdConnect:
    """The providers that the settings name, ID-porten first; our keys are read at once, so that a
    server without them does not start.
    """
    keys, wire = OwnKeys(settings.SIGN_IN_KEYS_DIR), Wire()
    keys.now()
    profiles = [make(settings.SIGN_IN) for make in (idporten, helseid)]
    parties = [RelyingParty(one, keys, wire) for one in profiles if one is not None]
    return OpenIdConnect(parties, keys)
