"""Messages that are nearly right, the whole way in, on a real database: `make fuzz`.

At three depths: the protected bytes, the XML, the values it is made of. Whatever comes, nothing may
escape or hang, each message ends in a state with a code, has one receipt or one complaint or none
as the rules say, is acted on once, and touches nothing of another practice's; its bytes are kept.

  python -m fuzz.inbound --minutes 10 [--seed 7]
"""

import os
import subprocess
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from random import Random

CHECKOUT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Run it as a test of its own, with the database the tests make."""
    parser = ArgumentParser(
        prog="python -m fuzz.inbound",
        description=__doc__,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=None, help="the same messages again")
    options = parser.parse_args()
    seed = Random().getrandbits(32) if options.seed is None else options.seed
    said = {"FUZZ_SECONDS": str(options.minutes * 60), "FUZZ_SEED": str(seed)}
    words = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:xdist", "tests/fuzz"]
    return subprocess.run(words, cwd=CHECKOUT, env={**os.environ, **said}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
