"""The national registers, simulated, on this machine only: people in a file, and what goes wrong.

The file is JSON: who is who by identity number, and what changes after how many seconds.

  {"population": {"02861890034": {"navn": {"fornavn": "Ola", "etternavn": "Nordmann"},
                                  "status": "bosatt", "bostedsadresse": {"id": "1"}}},
   "changes": [{"after": 30, "register": "population", "trouble": {"status": 503}}]}

POST the same to /control to change things while it runs.

A Maskinporten stands beside them, at the same address. It gives tokens to those it knows, and the
registers that are named want one; a trouble may be its own:

  {"maskinporten": {"clients": {"us": {"keys": [{"kty": "RSA", "kid": "…", "n": "…", "e": "AQAB"}],
                                       "scopes": ["some:scope"]}},
                    "registers": {"population": {"scope": "some:scope"}}},
   "changes": [{"after": 30, "register": "maskinporten", "trouble": {"status": 503}}]}
"""

import signal
import threading
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from pathlib import Path

from dialog.cli.surroundings import Refusal
from dialog.demo.registers import people
from dialog.registers.kept import BadScript, Registers, read_file
from dialog.registers.server import HOST, server


def arguments(parser: ArgumentParser) -> None:
    """Where to listen, and who is in the registers."""
    parser.formatter_class = RawDescriptionHelpFormatter
    parser.add_argument("--port", type=int, default=0, help="0 picks a free one")
    parser.add_argument("--data", type=Path, metavar="FILE", help="people and changes (JSON)")
    parser.add_argument("--cast", action="store_true", help="the people of the demonstration")


def run(options: Namespace) -> int:
    """Serve until stopped."""
    registers = Registers()
    if options.cast:
        registers.read(people())
    try:
        if options.data:
            read_file(registers, options.data)
        serving = server(registers, options.port)
    except BadScript as fault:
        raise Refusal(str(fault)) from fault
    except OSError as error:
        raise Refusal(f"Port {options.port} cannot be listened on: {error.strerror}.") from error
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: threading.Thread(target=serving.shutdown).start())
    print(f"Simulated registers: http://{HOST}:{serving.server_address[1]}", flush=True)
    serving.serve_forever(poll_interval=0.1)
    serving.server_close()
    return 0
