"""What every command finds around it: its data folder and its secrets.

Only what needs Django or a database imports them (``readiness``): the smaller half of the commands
would be twice as slow to start.
"""

import os
import secrets
from pathlib import Path

from dialog.config.environment import flag

PACKAGE = Path(__file__).resolve().parent.parent
SECRETS = ("SECRET_KEY", "IDENTITY_HASH_KEY")
# What seals the ledger and encrypts the content lies beside the data in a demonstration; else it is
# said where.
KEY_FILES = {
    "SEAL_KEY_FILE": "seal-key.pem",
    "SEAL_HEADS_FILE": "seal-heads",
    "CONTENT_KEYS_FILE": "content-keys",
}


class Refusal(Exception):
    """The command cannot be obeyed; the text says why, and what to do."""


def data_dir() -> Path:
    """Where this installation keeps its data: DATA_DIR, else the checkout's or the user's own."""
    chosen = os.environ.get("DATA_DIR", "")
    if chosen:
        folder = Path(chosen).expanduser().resolve()
    elif (PACKAGE.parent / "pyproject.toml").exists():
        folder = PACKAGE.parent / "var" / "data"
    elif os.geteuid() == 0:
        folder = Path("/var/lib/digital-dialog/data")
    else:
        share = os.environ.get("XDG_DATA_HOME", "") or "~/.local/share"
        folder = Path(share).expanduser() / "digital-dialog"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(f"DATA_DIR is {folder}, which cannot be made: {error.strerror}.") from error
    return folder


def load_django_settings() -> None:
    """Say where the settings are, and give them the secrets of this installation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialog.config.settings")
    folder = data_dir()
    for name in SECRETS:
        if not os.environ.get(name):
            os.environ[name] = _secret(folder / name.lower().replace("_", "-"))
    if demonstration_mark().exists():
        os.environ.setdefault("DIALOG_DEMONSTRATION", "1")


def name_key_files() -> None:
    """Say where a demonstration keeps what it seals and encrypts with, unless somebody has."""
    if flag("DIALOG_DEMONSTRATION"):
        for name, file in KEY_FILES.items():
            if not os.environ.get(name):
                os.environ[name] = str(data_dir() / file)


def demonstration_mark() -> Path:
    """Exists when the data are a demonstration's, so that other commands know it too."""
    return data_dir() / "demonstration"


def registers_file() -> Path:
    """Whom the simulated registers of a demonstration know beside the cast."""
    return data_dir() / "registers.json"


def _secret(note: Path) -> str:
    if not note.exists():
        beside = note.with_suffix(".unfinished")
        beside.touch(mode=0o600)
        beside.write_text(secrets.token_urlsafe(48))
        beside.rename(note)
    return note.read_text().strip()


def elsewhere() -> bool:
    """Whether the database is on a server of somebody else's making."""
    return bool(os.environ.get("DATABASE_URL"))
