"""Finds the adapter that the settings name for a port."""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


@cache
def port(name: str) -> Any:
    """The adapter for a port, built once; ``settings.PORTS`` maps its name to a dotted path."""
    return import_string(settings.PORTS[name])()
