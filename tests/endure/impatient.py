"""The bus as the platform reaches it, but sought again at once when it has been away.

Where one is killed every few seconds, the three seconds' pause would be most of the time.
"""

from dataclasses import replace

from dialog.adapters.amqp import AmqpTransport
from dialog.adapters.amqp.settings import bus_from_settings


class Transport(AmqpTransport):
    """For ``BUS_ADAPTER``."""

    def __init__(self) -> None:
        super().__init__(replace(bus_from_settings(), pause=0.1))
