"""Who looks through files for what harms, and where."""

from django.core.exceptions import ImproperlyConfigured

from dialog.adapters.clamd import place_of
from dialog.config.environment import text

CLAMD = "dialog.adapters.clamd.Clamd"
OWN_CHECKS_ONLY = "dialog.adapters.scanners.OwnChecksOnly"
NO_SCANNER = "dialog.adapters.scanners.NoScanner"


def scanner_adapter(*, demonstration: bool) -> str:
    """Clamd where it has an address; else nothing is taken, or in a demonstration all unscanned."""
    without = OWN_CHECKS_ONLY if demonstration else NO_SCANNER
    named = text("SCANNER_ADAPTER", CLAMD if clamd_address() else without)
    if named == CLAMD and not clamd_address():
        raise ImproperlyConfigured("Set CLAMD_ADDRESS: where clamd is, to scan files with it.")
    if named == OWN_CHECKS_ONLY and not demonstration:
        raise ImproperlyConfigured(
            "Taking files that nobody has scanned is only for a demonstration. Set CLAMD_ADDRESS, "
            "or leave SCANNER_ADAPTER out: then files are closed and everything else is open."
        )
    return named


def clamd_address() -> str:
    """Where clamd is, if it is anywhere."""
    address = text("CLAMD_ADDRESS", "")
    if address:
        place_of(address)
    return address
