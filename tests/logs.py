"""What ends in the operations log while a test runs, line for line as it would be kept."""

import logging
from collections.abc import Callable, Iterator
from io import StringIO

import pytest

from dialog.config.logs import Line

Log = Callable[[], str]


@pytest.fixture
def operations_log() -> Iterator[Log]:
    """The log as it is kept, and all that we ourselves have to say."""
    written = logging.StreamHandler(StringIO())
    written.setFormatter(Line())
    ours = logging.getLogger("dialog")
    before = ours.level
    logging.getLogger().addHandler(written)
    ours.setLevel(logging.DEBUG)
    yield written.stream.getvalue
    ours.setLevel(before)
    logging.getLogger().removeHandler(written)
