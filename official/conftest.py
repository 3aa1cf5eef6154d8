"""Where the published files lie; without them the run fails, and is not skipped."""

import os
from pathlib import Path

import pytest


def folder(setting: str, example: str) -> Path:
    """A folder named in the environment, which must hold what it is said to hold."""
    chosen = os.environ.get(setting, "")
    found = Path(chosen)
    if not chosen or not (found / example).exists():
        pytest.exit(f"Set {setting} to the folder that holds {example}.", returncode=2)
    return found


@pytest.fixture(scope="session")
def schemas() -> Path:
    """The official schemas."""
    return folder("DIALOG_SCHEMA_DIR", "msghead-with-payloads.xsd")


@pytest.fixture(scope="session")
def examples() -> Path:
    """The published messages."""
    return folder("DIALOG_EXAMPLES_DIR", "apprec_11_ok.xml")
