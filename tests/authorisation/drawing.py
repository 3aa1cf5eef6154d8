"""Drawing pages only where something may come of it: what somebody is answered has been decided by
then, and drawing takes as long as all the rest.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.template import Context
from django.template.backends.django import Template
from django.test.signals import template_rendered
from django.utils.safestring import SafeString


@contextmanager
def drawn_once() -> Iterator[None]:
    """Draw a page for the first who gets it, with all that is in it; for others only name it."""
    draw, drawn, within = Template.render, set[str](), [False]

    def render(page: Template, context: Any = None, request: Any = None) -> SafeString:
        name = str(page.template.name)
        if within[0]:
            return draw(page, context, request)
        if name in drawn:
            return _named(page)
        drawn.add(name)
        within[0] = True
        try:
            return draw(page, context, request)
        finally:
            within[0] = False

    with patch.object(Template, "render", render):
        yield


@contextmanager
def not_drawn() -> Iterator[None]:
    """Only name what would be drawn."""

    def render(page: Template, _context: Any = None, _request: Any = None) -> SafeString:
        return _named(page)

    with patch.object(Template, "render", render):
        yield


def _named(page: Template) -> SafeString:
    """What the test's client keeps of a page is its name."""
    template_rendered.send(sender=page, template=page.template, context=Context())
    return SafeString()
