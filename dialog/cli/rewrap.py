"""Let a new key protect what is encrypted, while everything runs.

All wrapping keys that an earlier key of CONTENT_KEYS_FILE has wrapped are wrapped by the one in use
now (digital-dialog content-key turn); with --practices each practice gets a new wrapping key as
well, and the keys of all its conversations are wrapped by that. Content itself stays as it is. It
can be stopped at any time, and goes on where it was when it is started again.
"""

from argparse import ArgumentParser, Namespace

from dialog.content import rewrapping
from dialog.content.ports import outside_keys


def arguments(parser: ArgumentParser) -> None:
    """What may be asked."""
    parser.add_argument(
        "--practices", action="store_true", help="new wrapping keys for every practice too"
    )


def run(options: Namespace) -> int:
    """Do it, and say which keys nothing hangs on any more."""
    if options.practices:
        wrapped = rewrapping.renew_wrapping_keys()
        print(f"Every practice has a new wrapping key; {wrapped} data keys were wrapped anew.")
    print(f"{rewrapping.wrap_from_outside()} wrapping keys were wrapped anew.")
    in_use = rewrapping.names_in_use()
    print(f"In use in the database: {', '.join(sorted(in_use)) or 'none'}.")
    print(f"In use from now on: {outside_keys().current()}.")
    return 0
