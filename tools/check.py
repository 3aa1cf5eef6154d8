"""Everything that can be said about the code without running it; ``--fix`` mends what it can."""

import os
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON_CODE = ["dialog", "epj", "certify", "tests", "tools", "bench", "fuzz"]
TEMPLATES = "dialog"

CHECKS = {
    "lint": ["ruff", "check", *PYTHON_CODE],
    "format": ["ruff", "format", "--check", *PYTHON_CODE],
    "types": ["mypy"],
    "imports": ["lint-imports"],
    "migrations": ["python", "-m", "django", "makemigrations", "--check", "--dry-run"],
    "templates": ["djlint", TEMPLATES, "--lint", "--quiet"],
    "translations": ["python", "-m", "tools.translations", "--check"],
    "licences": ["python", "-m", "tools.licences"],
    "dependencies": ["python", "-m", "tools.audit"],
}
HEARD = ("dependencies",)  # also says what it was not told
FIXES = {
    "lint": ["ruff", "check", "--fix", *PYTHON_CODE],
    "format": ["ruff", "format", *PYTHON_CODE],
}
SURROUNDINGS = {
    "DJANGO_SETTINGS_MODULE": "dialog.config.settings",
    "DIALOG_DEMONSTRATION": "1",
    "SECRET_KEY": "only-to-look-at-the-code-" * 2,
    "IDENTITY_HASH_KEY": "only-to-look-at-the-code-" * 2,
    "DATABASE_URL": "postgresql:///nowhere",
    "PYTHONWARNINGS": "ignore:Got an error checking a consistent migration history",
}


def main() -> int:
    """Run them all; what failed is named at the end."""
    failed = mended() if "--fix" in sys.argv[1:] else checked()
    print(f"Not in order: {', '.join(failed)}." if failed else "All in order.")
    return 1 if failed else 0


def mended() -> list[str]:
    """Mend one thing after the other, since they write in the same files."""
    return [name for name, command in FIXES.items() if not passes(name, command)]


def checked(checks: Mapping[str, list[str]] = CHECKS) -> list[str]:
    """Look at two things at a time."""
    with ThreadPoolExecutor(2) as pool:
        passed = pool.map(passes, checks, checks.values())
        return [name for name, good in zip(checks, passed, strict=True) if not good]


def passes(name: str, command: list[str]) -> bool:
    """Whether one of them is satisfied; the words of most are shown only when they are not."""
    program, *words = command
    present = [word for word in words if word not in PYTHON_CODE or (CHECKOUT / word).exists()]
    done = subprocess.run(
        [BIN / program, *present],
        cwd=CHECKOUT,
        env={**os.environ, **SURROUNDINGS},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode or name in HEARD:
        print(f"— {name}\n{done.stdout}{done.stderr}", end="", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
