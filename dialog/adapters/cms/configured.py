"""The protection as the settings make it."""

from pathlib import Path

from cryptography import x509
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from dialog.adapters.cms.certificates import NotACertificate, certificate, certificates_in
from dialog.adapters.cms.chains import Trust
from dialog.adapters.cms.keys import KeyFolder
from dialog.adapters.cms.protection import CmsProtection
from dialog.adapters.cms.revocation import MemoryRevocation, Remembered, Revocation

_SUFFIXES = (".pem", ".cer", ".crt", ".der")


def from_settings() -> CmsProtection:
    """Keys, authorities and ciphers as the settings say."""
    asked: Revocation = MemoryRevocation()
    if settings.MESSAGE_REVOCATION == "http":
        from dialog.adapters.cms.revocation_http import HttpRevocation  # with httpx: slow to load

        asked = HttpRevocation()
    roots, between = _authorities(Path(settings.MESSAGE_TRUST_DIR))
    return CmsProtection(
        keys=KeyFolder(Path(settings.MESSAGE_KEYS_DIR), password=settings.MESSAGE_KEYS_PASSWORD),
        trust=Trust(roots, between, revocation=Remembered(asked)),
        old_ciphers=settings.MESSAGE_OLD_CIPHERS,
    )


def _authorities(folder: Path) -> tuple[list[bytes], list[bytes]]:
    """The roots (those that have signed themselves) and the others of a folder."""
    paths = sorted(one for one in folder.glob("*") if one.suffix.lower() in _SUFFIXES)
    found = [der for path in paths for der in _in_file(path)]
    roots = [one for one in found if _is_root(certificate(one).x509)]
    return roots, [one for one in found if one not in roots]


def _is_root(one: x509.Certificate) -> bool:
    return one.subject == one.issuer


def _in_file(path: Path) -> tuple[bytes, ...]:
    try:
        return certificates_in(path.read_bytes())
    except NotACertificate as error:
        said = f"MESSAGE_TRUST_DIR: {path.name} holds something that is no certificate."
        raise ImproperlyConfigured(said) from error
