"""Keeps what Python compiled in var, where it may keep nothing beside the sources.

Rewriting the assertions of all test files takes longer than reading them, and every worker, and
every process that a test starts, would compile everything anew. What is loaded and collected stays
for good, so the collector of rubbish has nothing to look for until that is done.
"""

import gc
import os
import sys
from pathlib import Path

PLACE = Path(__file__).resolve().parent.parent / "var" / "compiled"

gc.disable()

if sys.dont_write_bytecode:
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(PLACE)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
