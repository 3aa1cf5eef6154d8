"""Makes the wheel in ``dist/``, with translations compiled and the front-end inside.

``tools/setup.py`` has run before: what it collected lies in the package and is packed with it.
"""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
UV = CHECKOUT / "var" / "setup" / "bin" / "uv"
DIST = CHECKOUT / "dist"
MUST_HOLD = (
    "dialog/collected/staticfiles.json",
    "dialog/ui/static/vendor/designsystemet.css",
    "dialog/conversations/tariff.csv",
    "dialog/parts.cdx.json",
    "epj/cli.py",
)


def main() -> int:
    """Build from a clean place, and look inside."""
    for leftover in (DIST, CHECKOUT / "build"):
        shutil.rmtree(leftover, ignore_errors=True)
    subprocess.run(
        [
            *(UV, "build", "--quiet", "--wheel", "--no-build-isolation"),
            *("--python", sys.executable, "--out-dir", DIST),
        ],
        cwd=CHECKOUT,
        check=True,
    )
    shutil.rmtree(CHECKOUT / "build", ignore_errors=True)
    wheel = next(DIST.glob("*.whl"))
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
    problems = [f"not in the wheel: {name}" for name in MUST_HOLD if name not in names]
    problems += [f"in the wheel: {name}" for name in names if "__pycache__" in name]
    print("\n".join(problems) or wheel.relative_to(CHECKOUT))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
