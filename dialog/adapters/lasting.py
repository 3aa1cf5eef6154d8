"""Files that outlive the machine's power: whole or not at all, and on the disk when we say so."""

import os
from pathlib import Path

OURS = 0o600


def replace_file(path: Path, data: bytes, *, anew: bool = False) -> None:
    """Put these bytes in a file for its owner alone; ``anew``: FileExistsError if there is one."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.unfinished")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OURS), "wb") as file:
        file.write(data)
        flush(file.fileno())
    try:
        if anew:
            os.link(beside, path)
        else:
            beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    flush_folder(path.parent)


def flush(descriptor: int) -> None:
    """Wait until what was written to a file is on the disk."""
    os.fsync(descriptor)


def flush_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
