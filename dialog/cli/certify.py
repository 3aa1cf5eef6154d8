"""Tests a record system over the bus, as a portal writes to it, and writes a report.

It needs made-up patients the system knows, and the portal's settings:

  digital-dialog certify --her-id N --patients FILE --settings portal.env --report DIR

The exit code is 1 when anything failed. See docs/certify.md.
"""

from argparse import ArgumentParser, Namespace

from certify import cli
from dialog.cli.surroundings import Refusal
from epj.refusal import Refusal as No


def arguments(parser: ArgumentParser) -> None:
    """Whom to test, with what, and where to write."""
    cli.arguments(parser)


def run(options: Namespace) -> int:
    """Test it."""
    try:
        return cli.run(options)
    except No as no:
        raise Refusal(str(no)) from no
