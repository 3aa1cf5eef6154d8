"""Where the embedded PostgreSQL lives, and as whom it runs.

PostgreSQL refuses to run as root, and a system user cannot enter root's home. As root the programs
and the data therefore lie under /var/lib; as anybody else everything lies in the data folder.
"""

import hashlib
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TypedDict

SYSTEM = Path("/var/lib/digital-dialog")
SYSTEM_ACCOUNT = "digital-dialog"
LONGEST_SOCKET_FOLDER = 90  # the kernel allows a socket 107 bytes, its name included


class PostgresFault(Exception):
    """The embedded PostgreSQL cannot do what was asked; the text says why, for the operator."""


class AsAccount(TypedDict, total=False):
    """How a child process gives up root, and what it may know of our environment."""

    user: int
    group: int
    extra_groups: list[int]
    cwd: str
    env: dict[str, str]


def account() -> pwd.struct_passwd | None:
    """The unprivileged user to run as; nobody in particular unless we are root."""
    if os.geteuid() != 0:
        return None
    for attempt in range(2):
        for name in (SYSTEM_ACCOUNT, *(("postgres", "nobody") if attempt else ())):
            try:
                return pwd.getpwnam(name)
            except KeyError:
                continue
        _create_account()
    raise RuntimeError("There is no unprivileged user to run PostgreSQL as.")


def _create_account() -> None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
    if useradd:
        subprocess.run(
            [
                *(useradd, "--system", "--user-group", "--no-create-home", "--home-dir", SYSTEM),
                *("--shell", "/usr/sbin/nologin", SYSTEM_ACCOUNT),
            ],
            check=False,
            capture_output=True,
        )


def as_account(owner: pwd.struct_passwd | None) -> AsAccount:
    """Arguments for a child that runs as that user and knows nothing of our secrets."""
    child = AsAccount(cwd="/", env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"})
    if owner:
        child["user"], child["group"], child["extra_groups"] = owner.pw_uid, owner.pw_gid, []
    return child


def home(data_dir: Path, owner: pwd.struct_passwd | None) -> Path:
    """The folder of one server's data, made if need be."""
    data_dir.mkdir(parents=True, exist_ok=True)
    place = usual = SYSTEM / _installation(data_dir) if owner else data_dir / "postgres"
    if chosen := os.environ.get("POSTGRES_DIR", ""):
        place = Path(chosen).expanduser().resolve() / _installation(data_dir)
        if usual.exists() and not place.exists():
            raise PostgresFault(
                f"The database lies in {usual}, and POSTGRES_DIR is {chosen}. Move it to {place} "
                "while nothing runs, or unset POSTGRES_DIR."
            )
    try:
        place.parent.mkdir(mode=0o755, exist_ok=True)
    except OSError as error:
        raise PostgresFault(f"{place.parent} cannot be made: {error.strerror}.") from error
    if owner is None:
        private(place, owner)
    else:
        place.mkdir(mode=0o750, exist_ok=True)
        # Root writes here, so the server may only pass through to what is its own.
        os.chown(place, 0, owner.pw_gid)
        place.chmod(0o750)
    (place / "belongs-to").write_text(f"{data_dir}\n")  # for whoever tidies up one day
    return place


def _installation(data_dir: Path) -> str:
    """A name for this data folder that a later folder in the same place does not inherit."""
    note = data_dir / "installation"
    if not note.exists():
        note.write_text(secrets.token_hex(6))
    return note.read_text()


def private(folder: Path, owner: pwd.struct_passwd | None) -> Path:
    """A folder that only its owner may enter; somebody else's folder is refused."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    uid, gid = (owner.pw_uid, owner.pw_gid) if owner else (os.geteuid(), os.getegid())
    if os.geteuid() == 0:
        os.chown(folder, uid, gid, follow_symlinks=False)
    found = folder.lstat()
    if folder.is_symlink() or found.st_uid != uid:
        raise RuntimeError(f"{folder} belongs to somebody else; remove it and try again.")
    folder.chmod(0o700)
    return folder


def sockets(place: Path, owner: pwd.struct_passwd | None) -> Path:
    """A short path for the socket of the server whose data lie there."""
    key = hashlib.sha256(str(place).encode()).hexdigest()[:12]
    if owner:
        roof = Path("/run/digital-dialog")
        roof.mkdir(mode=0o755, exist_ok=True)
    else:
        chosen = os.environ.get("XDG_RUNTIME_DIR", "")
        if not (chosen and os.access(chosen, os.W_OK) and len(chosen) < LONGEST_SOCKET_FOLDER - 40):
            chosen = "/tmp"  # noqa: S108 - the folder below is private, and checked to be ours
        roof = private(Path(chosen) / f"digital-dialog-{os.geteuid()}", None)
    return private(roof / key, owner)


def programs_for(found: Path, owner: pwd.struct_passwd | None) -> Path:
    """The programs where that user can run them: a copy, when they lie in root's environment."""
    if owner is None or os.environ.get("POSTGRES_BIN"):
        return found
    edition, package = found.parent, found.parent.parent
    key = hashlib.sha256(f"{edition}{(found / 'postgres').stat()}".encode()).hexdigest()[:12]
    copy = SYSTEM / "engine" / key
    programs = copy / package.name / edition.name / "bin"
    if not programs.exists():
        copy.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=copy.parent) as beside:
            unfinished = Path(beside) / "engine"
            shutil.copytree(edition, unfinished / package.name / edition.name, symlinks=True)
            libraries = package.with_name(f"{package.name}.libs")
            if libraries.exists():  # the programs look for them beside their own package
                shutil.copytree(libraries, unfinished / libraries.name)
            with suppress(OSError):  # somebody else was a moment faster
                unfinished.rename(copy)
    return programs


def remove(folder: Path) -> None:
    """Remove what an interrupted run left."""
    if folder.exists():
        shutil.rmtree(folder)
