"""Writes the locked lists in ``locks/`` anew: every file's hash, and no address."""

import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
UV = CHECKOUT / "var" / "setup" / "bin" / "uv"
LISTS = {
    "uv": ["--only-group", "uv"],
    "node": ["--only-group", "node"],
    "run": ["--no-default-groups", "--group", "build"],
    "dev": ["--group", "build", "--group", "dev"],
    "amqp": ["--only-group", "amqp"],
}


def main() -> None:
    """Resolve once, then one list for each use."""
    subprocess.run([UV, "lock", "--quiet", *sys.argv[1:]], cwd=CHECKOUT, check=True)
    for name, groups in LISTS.items():
        subprocess.run(
            [
                *(UV, "export", "--quiet", "--frozen", "--format", "requirements-txt"),
                *("--no-emit-project", "--no-header", "--no-annotate", *groups),
                *("--output-file", f"locks/{name}.txt"),
            ],
            cwd=CHECKOUT,
            check=True,
        )


if __name__ == "__main__":
    main()
