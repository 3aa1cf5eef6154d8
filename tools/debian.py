"""Debian packages that only tests need: put in place where that is allowed, else named in a line.

``python3 -m tools.debian [compiler|browser|tests]`` runs on the machine's own Python with nothing
installed.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

BROWSER = ("chromium", "fonts-inter", "fonts-noto-core")
COMPILER = ("gcc", "libc6-dev", "libssl-dev", "pkg-config")
BUS = ("rabbitmq-server",)
OPENSSL = ("openssl",)
SCANNER = ("clamav-daemon",)


class Want(NamedTuple):
    """What is wanted, and how to say that it is missing."""

    packages: tuple[str, ...]
    why: str
    otherwise: str = ""


WANTS: Mapping[str, Want] = {
    "compiler": Want((), "The AMQP library is compiled here, which needs"),
    "browser": Want(BROWSER, "The tests in a browser need"),
    "tests": Want(
        (*BROWSER, *BUS, *OPENSSL, *SCANNER),
        "The tests need",
        "Or leave those tests out: make test-fast",
    ),
}


def main() -> int:
    """Install what is missing where that is allowed; 1, and a sentence, if it is still missing."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in WANTS:
        sys.exit(f"Say: python3 -m tools.debian [{'|'.join(WANTS)}]")
    want, missing = WANTS[name], lacking(name)
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        install(missing)
        missing = lacking(name)
    if not missing:
        return 0
    command = f"apt-get install --no-install-recommends {' '.join(missing)}"
    print(f"{want.why} {', '.join(missing)}. Install them: {command}", file=sys.stderr)
    if want.otherwise:
        print(want.otherwise, file=sys.stderr)
    return 1


def lacking(name: str) -> list[str]:
    """Which packages are not here."""
    if name == "compiler":
        return [] if can_compile() else needed_to_compile()
    packages = WANTS[name].packages
    if shutil.which("dpkg-query"):
        return [package for package in packages if not installed(package)]
    found = {
        "chromium": ("chromium", "chromium-browser"),
        "rabbitmq-server": ("rabbitmq-server",),
        "openssl": ("openssl",),
        "clamav-daemon": ("clamd", "/usr/sbin/clamd"),
    }
    return [
        package
        for package in packages
        if package in found and not any(shutil.which(program) for program in found[package])
    ]


def can_compile() -> bool:
    """Whether everything for it is here, from Debian or from elsewhere."""
    headers = Path(sysconfig.get_paths()["include"], "Python.h")
    if not headers.exists() or not (shutil.which("cc") or shutil.which("gcc")):
        return False
    compiler = shutil.which("cc") or shutil.which("gcc") or ""
    program = "#include <openssl/ssl.h>\n#include <stdio.h>\nint main(void) { return 0; }\n"
    tried = subprocess.run(
        [compiler, "-x", "c", "-fsyntax-only", "-"],
        input=program.encode(),
        capture_output=True,
        check=False,
    )
    return tried.returncode == 0 and shutil.which("pkg-config") is not None


def needed_to_compile() -> list[str]:
    """Also the headers of this Python, where it is Debian's own."""
    own = ["python3-dev"] if sys.base_prefix == "/usr" else []
    return [package for package in (*COMPILER, *own) if not installed(package)]


def installed(package: str) -> bool:
    """Whether Debian has a package in place."""
    if not shutil.which("dpkg-query"):
        return False
    asked = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${Status}", package],
        capture_output=True,
        text=True,
        check=False,
    )
    return "install ok installed" in asked.stdout


def install(packages: Sequence[str]) -> None:
    """Install them, and wait for another installation to finish first."""
    print(f"Installing {', '.join(packages)} for the tests …", flush=True)
    quiet = ["-qq", "-o", "DPkg::Lock::Timeout=300"]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", *quiet], env=env, check=False)
    subprocess.run(
        ["apt-get", "install", *quiet, "-y", "--no-install-recommends", *packages],
        env=env,
        stdout=subprocess.DEVNULL,
        check=False,
    )


if __name__ == "__main__":
    sys.exit(main())
