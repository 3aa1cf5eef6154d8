"""Every address there is, by name, as the URL configuration has it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, get_resolver

from dialog.ui.routes import Door


class Route(NamedTuple):
    """One address there is: where, whose, and in which ways it can be asked."""

    here: str
    side: Door
    methods: frozenset[str]


def routes(patterns: Any = None, before: str = "", room: str = "") -> Iterator[tuple[str, Route]]:
    """Every route there is, by name."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLPattern):
            ways = frozenset(one.callback.methods) - {"HEAD"}
            yield f"{room}{one.name}", Route(here, one.callback.side, ways)
        else:
            app = f"{one.app_name}:" if one.app_name else ""
            yield from routes(one.url_patterns, here, app)


ROUTES = dict(routes())
