"""Sees that there is a browser and its fonts for the tests, and says what to install if not."""

import os
import shutil
import subprocess
import sys

PACKAGES = ("chromium", "fonts-inter", "fonts-noto-core")


def main() -> int:
    """Install what is missing where that is allowed."""
    missing = lacking()
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        install(missing)
        missing = lacking()
    if missing:
        command = f"apt-get install --no-install-recommends {' '.join(missing)}"
        print(
            f"The tests in a browser need {', '.join(missing)}. Install them: {command}\n"
            "Or leave those tests out: make test-fast",
            file=sys.stderr,
        )
    return 1 if missing else 0


def lacking() -> list[str]:
    """Which packages are not here."""
    if shutil.which("dpkg-query"):
        return [package for package in PACKAGES if not installed(package)]
    return [] if shutil.which("chromium") or shutil.which("chromium-browser") else ["chromium"]


def installed(package: str) -> bool:
    """Whether Debian has a package in place."""
    asked = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${Status}", package],
        capture_output=True,
        text=True,
        check=False,
    )
    return "install ok installed" in asked.stdout


def install(packages: list[str]) -> None:
    """Install them, and wait for another installation to finish first."""
    print(f"Installing {', '.join(packages)} for the tests in a browser …", flush=True)
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
