"""The code lists and functions of this installation: ours, with the operator's over them."""

from pathlib import Path

from django.conf import settings

from dialog.interop.codes import Tables, tables


def known() -> Tables:
    """Read once; NoCodes when the operator's folder cannot be used."""
    return tables(Path(settings.CODES_DIR) if settings.CODES_DIR else None)
