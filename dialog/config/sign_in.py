"""The settings of signing in: which providers, and what a server may not be started with."""

from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from dialog.config.environment import text

# Levels that never open what is said between a patient and a doctor.
TOO_LOW = {
    "level1", "level2", "level3", "idporten-loa-low", "idporten-loa-substantial",
    "eid-level1", "eid-level2", "eid-level3", "selfregistered-email", "1", "2", "3",
}  # fmt: skip
CLAIMS = "helseid://claims"
SCOPES = "helseid://scopes"


def providers() -> dict[str, str]:
    """What the providers are called, what we are called there, and which claims say what."""
    return {
        "idporten_issuer": text("IDPORTEN_ISSUER", "https://idporten.no"),
        "idporten_client_id": text("IDPORTEN_CLIENT_ID", ""),
        "idporten_scope": text("IDPORTEN_SCOPE", "openid profile"),
        "idporten_levels": text("IDPORTEN_LEVELS", "idporten-loa-high,Level4"),
        "idporten_person_claim": text("IDPORTEN_PERSON_CLAIM", "pid"),
        "helseid_issuer": text("HELSEID_ISSUER", "https://helseid-sts.nhn.no"),
        "helseid_client_id": text("HELSEID_CLIENT_ID", ""),
        "helseid_scope": text(
            "HELSEID_SCOPE",
            f"openid profile {SCOPES}/identity/pid {SCOPES}/identity/security_level "
            f"{SCOPES}/hpr/hpr_number",
        ),
        "helseid_asked_level": text("HELSEID_ASKED_LEVEL", "Level4"),
        "helseid_level_claim": text("HELSEID_LEVEL_CLAIM", f"{CLAIMS}/identity/security_level"),
        "helseid_levels": text("HELSEID_LEVELS", "4"),
        "helseid_person_claim": text("HELSEID_PERSON_CLAIM", f"{CLAIMS}/identity/pid"),
        "helseid_hpr_claim": text("HELSEID_HPR_CLAIM", f"{CLAIMS}/hpr/hpr_number"),
        "helseid_organisation_claim": text(
            "HELSEID_ORGANISATION_CLAIM", f"{CLAIMS}/client/claims/orgnr_parent"
        ),
    }


def check(
    given: dict[str, str], *, adapter: str, demonstration: bool, site: str, keys: str
) -> None:
    """Refuse to start where anybody could be anybody, or where nobody could come in; ``keys`` is
    empty in a process that signs nobody in.
    """
    named = [one for one in ("idporten", "helseid") if given[f"{one}_client_id"]]
    picking = adapter.endswith(".Personas")
    if picking and not demonstration:
        raise ImproperlyConfigured(
            "Signing in by picking a person is only for a demonstration. Set IDENTITY_ADAPTER="
            "dialog.adapters.oidc.from_settings and a provider, or DIALOG_DEMONSTRATION=1."
        )
    if picking and named:
        raise ImproperlyConfigured(
            "A provider is named, and anybody may be picked all the same: set IDENTITY_ADAPTER="
            "dialog.adapters.oidc.from_settings, or take the provider out of the settings."
        )
    if not adapter.endswith("oidc.from_settings"):
        return
    if not named:
        raise ImproperlyConfigured(
            "Nobody can sign in: set IDPORTEN_CLIENT_ID, HELSEID_CLIENT_ID or both."
        )
    for one in named:
        _check_provider(one, given, demonstration=demonstration)
    check_address("PUBLIC_URL", site, demonstration=demonstration)
    if keys and not any(Path(keys).glob("*.pem")):
        raise ImproperlyConfigured(
            f"There is no key to sign with in {keys} (SIGN_IN_KEYS_DIR): see docs/sign-in.md."
        )


def _check_provider(one: str, given: dict[str, str], *, demonstration: bool) -> None:
    check_address(f"{one.upper()}_ISSUER", given[f"{one}_issuer"], demonstration=demonstration)
    levels = {word.strip().lower() for word in given[f"{one}_levels"].split(",") if word.strip()}
    if not levels or levels & TOO_LOW:
        raise ImproperlyConfigured(
            f"{one.upper()}_LEVELS must name the highest level, and none below it."
        )


def check_address(name: str, address: str, *, demonstration: bool) -> None:
    """Over TLS; on this machine alone a demonstration may do without."""
    parts = urlsplit(address)
    here = demonstration and parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")
    if not parts.hostname or parts.query or (parts.scheme != "https" and not here):
        raise ImproperlyConfigured(f"{name} must be an address that begins with https://")
