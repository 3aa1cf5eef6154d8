"""Take what record systems send off the national message bus, and ask them what is free, until
stopped.

As many as you like may run at the same time. HER_ID says who we are; the queues are those that the
address registry has for it.
"""

import signal
import threading
from argparse import ArgumentParser, Namespace

from django.conf import settings

from dialog.cli.surroundings import Refusal
from dialog.errors import PortError
from dialog.interop import listener
from dialog.interop.asking import Asker


def arguments(parser: ArgumentParser) -> None:
    """Nothing to choose."""


def run(options: Namespace) -> int:
    """Listen until told to stop; what has begun is finished first."""
    asked_to_stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: asked_to_stop.set())
    try:
        listening = listener.start()
    except PortError as refusal:
        raise Refusal(f"Not listening: {refusal.sentence}") from None
    asker = Asker().start()
    print(f"Listening as {settings.HER_ID}.", flush=True)
    asked_to_stop.wait()
    asker.stop()
    return 0 if listening.stop() else 1
