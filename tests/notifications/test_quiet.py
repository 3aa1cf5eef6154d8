"""What is sent, and what is logged of it, says nothing of anybody but that there is something."""

import pytest

from dialog.adapters.memory import MemorySms
from dialog.demo.cast import Cast
from dialog.demo.who import NAMES
from dialog.errors import PortError
from tests.logs import Log
from tests.notifications.told import KARI, Clock, Pay, a_minute_later, answered

WORDS = "Cellegiftkuren begynner tirsdag."


@pytest.fixture(autouse=True)
def midday(clock: Clock) -> None:
    """Every test begins at noon."""


@pytest.mark.parametrize(
    "fault",
    [PortError(), PortError(permanent=True), ValueError(f"{KARI} {WORDS}"), KeyError("Nordmann")],
    ids=["away", "refused", "ours", "ours too"],
)
def test_a_sending_that_fails_leaves_its_number_and_kind_in_the_log(
    cast: Cast,
    clock: Clock,
    phones: MemorySms,
    relay_pays: Pay,
    operations_log: Log,
    monkeypatch: pytest.MonkeyPatch,
    fault: Exception,
) -> None:
    def fails(**given: object) -> None:
        raise fault from ValueError(f"{given}")

    answered(clock, cast, cast.kari, text=WORDS)
    monkeypatch.setattr(phones, "send", fails)

    a_minute_later(clock, relay_pays)

    said = operations_log()
    assert "WARNING dialog.ledger.relay delivery " in said
    for one in (KARI, KARI[3:], "Cellegift", "melding", *NAMES["kari"], *NAMES["lund"]):
        assert one not in said
