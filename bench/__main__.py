"""Measure the product: pages, messages, bookings and the rush, beside bare PostgreSQL; national
messages beside bare OpenSSL and libxml2.

Prints a table and writes var/bench.json. The office is made once a day (about a minute) and kept.
Processor time a request is what to judge by; the rate is also what else the machine does.
"""

import sys
import time
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter

from bench import report
from bench.measures import FULL, QUICK, measure
from bench.stage import CHECKOUT, Size, stage

BENCH_JSON = CHECKOUT / "var" / "bench.json"


def main() -> int:
    """Measure, print, write."""
    options = _options()
    size = Size(patients=options.patients, practitioners=options.practitioners, inbox=options.inbox)
    began = time.monotonic()
    with stage(size, options.port) as on:
        measured, rushes, grown = measure(on, QUICK if options.quick else FULL)
    found = report.targets(measured, rushes, grown)
    print(f"\n{report.target_table(found)}")
    took = time.monotonic() - began
    report.keep(
        BENCH_JSON, measured, rushes, grown, found, seconds=round(took), quick=options.quick
    )
    print(f"\n{took:.0f} s; written to {BENCH_JSON.relative_to(CHECKOUT)}")
    return 0 if all(one.fair for one in rushes) else 1


def _options() -> Namespace:
    parser = ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="fewer of everything: half a minute")
    parser.add_argument("--patients", type=int, default=5000)
    parser.add_argument("--practitioners", type=int, default=5)
    parser.add_argument("--inbox", type=int, default=10_000, help="how many items wait")
    parser.add_argument("--port", type=int, default=8765)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
