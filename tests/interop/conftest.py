"""A practice that works in its own record system, and who is reached where."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest

from dialog import rows
from dialog.actor import PLATFORM
from dialog.adapters.memory import MemoryProtection
from dialog.demo.cast import Cast
from dialog.interop import actions
from dialog.ports import port
from tests.interop.record_system import LUND, STORGATA, US, Bus, RecordSystem, registry

AsRole = Callable[[str], AbstractContextManager[None]]
Connect = Callable[..., None]


@pytest.fixture
def connect(cast: Cast, as_role: AsRole) -> Connect:
    """Connects the practice of Dr Lund, unless told otherwise."""

    def connected(
        practice_id: int = cast.lund.practice,
        her_id: int = STORGATA,
        practitioners: dict[int, int] | None = None,
    ) -> None:
        doctors = {cast.lund.practitioner_id or 0: LUND}
        with as_role("dialog_owner"), rows.seeing(scope="setup"):
            actions.connect(
                by=PLATFORM,
                practice_id=practice_id,
                her_id=her_id,
                practitioners=doctors if practitioners is None else practitioners,
            )

    return connected


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch, settings: object) -> Iterator[Bus]:
    """A bus, a registry and a protection that are all here."""
    here = {
        "MESSAGE_TRANSPORT": Bus(),
        "ADDRESS_REGISTRY": registry(),
        "MESSAGE_PROTECTION": MemoryProtection(),
    }
    known = port
    settings.HER_ID, settings.HER_ENTERPRISE = US, 8000000  # type: ignore[attr-defined]
    monkeypatch.setattr(
        "dialog.interop.ports.port", lambda name: here[name] if name in here else known(name)
    )
    yield here["MESSAGE_TRANSPORT"]


@pytest.fixture
def epj(bus: Bus, connect: Connect, as_role: AsRole) -> RecordSystem:
    """The record system of Dr Lund's practice."""
    connect()
    return RecordSystem(bus, as_role)
