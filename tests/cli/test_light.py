"""Commands that work without a database start without what only a database needs."""

import subprocess
import sys

SMALL = ("register", "broker", "epj", "certify")
HEAVY = {"psycopg", "django.db.models", "httpx"}
LOADED = f"""
import sys
from importlib import import_module
import dialog.cli
for name in {SMALL}:
    import_module(f"dialog.cli.{{name}}")
print(*sys.modules)
"""


def test_small_commands_do_not_load_what_takes_half_of_their_time() -> None:
    said = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )

    loaded = set(said.stdout.split())
    assert {f"dialog.cli.{name}" for name in SMALL} < loaded
    assert loaded & HEAVY == set()
