"""Everything that can be said about the code without running it; ``--fix`` mends what it can."""

import os
import subprocess
import sys
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
    "licences": ["python", "tools/licences.py"],
}
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
    chosen = FIXES if "--fix" in sys.argv[1:] else CHECKS
    failed = [name for name, command in chosen.items() if not passes(name, command)]
    print(f"Not in order: {', '.join(failed)}." if failed else "All in order.")
    return 1 if failed else 0


def passes(name: str, command: list[str]) -> bool:
    """Whether one of them is satisfied; its words are shown only when it is not."""
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
    if done.returncode:
        print(f"— {name}\n{done.stdout}{done.stderr}", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
