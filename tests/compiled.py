"""Keeps what Python compiled, also where the environment would have it thrown away.

Rewriting the assertions of all test files takes longer than reading them, and every worker, and
every process that a test starts, would compile everything anew. What is loaded and collected stays
for good, so the collector of rubbish has nothing to look for until that is done.
"""

import gc
import os
import sys

gc.disable()
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
