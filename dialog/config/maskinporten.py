"""The settings of Maskinporten, which lets us in at the national registers."""

import re
from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from dialog.adapters.access import Access, AtMaskinporten
from dialog.config.environment import text
from dialog.config.sign_in import check_address

ORGANISATION = re.compile(r"\d{9}")


def maskinporten() -> AtMaskinporten:
    """As the environment says."""
    return AtMaskinporten(
        issuer=text("MASKINPORTEN_ISSUER", "https://maskinporten.no/"),
        client_id=text("MASKINPORTEN_CLIENT_ID", ""),
        consumer_org=text("MASKINPORTEN_CONSUMER_ORG", ""),
        keys=text("MASKINPORTEN_KEYS_DIR", "var/maskinporten-keys"),
    )


def check(
    given: AtMaskinporten,
    registers: Mapping[str, Access],
    *,
    demonstration: bool,
    needs_keys: bool,
) -> None:
    """Refuse to start where a register would never let us in, or a token would go unprotected."""
    asked = {name: one for name, one in registers.items() if one.scope}
    for name, one in asked.items():
        if one.authorization:
            raise ImproperlyConfigured(
                f"{name}_REGISTER_SCOPE and {name}_REGISTER_AUTHORIZATION are both set: the "
                "register is let in at by a token from Maskinporten, or by words that are sent as "
                "they are. Take one of them out."
            )
        if not (one.client_id or given.client_id):
            raise ImproperlyConfigured(
                f"{name}_REGISTER_SCOPE is set, and nobody to ask as: set MASKINPORTEN_CLIENT_ID."
            )
        check_address(f"{name}_REGISTER_URL", one.url, demonstration=demonstration)
    if not asked:
        return
    check_address("MASKINPORTEN_ISSUER", given.issuer, demonstration=demonstration)
    if given.consumer_org and not ORGANISATION.fullmatch(given.consumer_org):
        raise ImproperlyConfigured("MASKINPORTEN_CONSUMER_ORG must be nine digits.")
    if needs_keys and not any(Path(given.keys).glob("*.pem")):
        raise ImproperlyConfigured(
            f"There is no key to sign with in {given.keys} (MASKINPORTEN_KEYS_DIR): see "
            "docs/maskinporten.md."
        )
