"""Panels: what a service shows of its own above the messages, on the page all services share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from dialog.actor import Actor
from dialog.ui.parts import Section, Step


def nothing() -> Sequence[Section]:
    """No account of its own."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A service's own part of the conversation page: a template, and what it shows.

    ``title`` and ``status`` are its own words in place of the common ones, ``steps`` its own
    account of how far it has come. With ``own_verbs`` the panel answers, hands on and closes
    itself, and the page leaves that to it; ``set_aside`` is the address of setting it aside, when
    that can be done and is the service's own. ``words_first``: the messages are read before the
    panel; ``below`` is a template for what it shows under both, where one answers. ``record`` is
    the same on paper: what was asked and decided, agreed to and charged.
    """

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    title: str = ""
    status: str = ""
    steps: Sequence[Step] = ()
    own_verbs: bool = False
    set_aside: str = ""
    words_first: bool = False
    below: str = ""
    record: Callable[[], Sequence[Section]] = nothing

    def drawn(self, request: HttpRequest, **more: Any) -> SafeString:
        """The panel as it stands on the page; ``more`` is what only the page knows."""
        return SafeString(render_to_string(self.template, self.context | more, request))

    def drawn_below(self, request: HttpRequest) -> SafeString:
        """What it shows under the messages."""
        if not self.below:
            return SafeString()
        return SafeString(render_to_string(self.below, self.context, request))


PanelOf = Callable[[Actor, Any], Panel | None]
Known = TypeVar("Known", bound=PanelOf)


class Panels:
    """Which service shows what, on one side of the conversation."""

    def __init__(self) -> None:
        self._by_kind: dict[str, PanelOf] = {}

    def of(self, kind: str) -> Callable[[Known], Known]:
        """Let a function be the panel of a kind of conversation."""

        def known(panel: Known) -> Known:
            self._by_kind[kind] = panel
            return panel

        return known

    def found(self, by: Actor, thread: Any, instead: PanelOf | None = None) -> Panel | None:
        """The panel of this thread's service, or none; ``instead`` is one that was refused."""
        panel_of = instead or self._by_kind.get(thread.kind)
        return panel_of(by, thread) if panel_of else None
