"""Brings the locked front-end packages into the static files: ``python -m dialog.ui.vendor``.

Only the files and components named here come along, so that the first page stays small. What is
written is ignored by git and goes into the wheel.
"""

import shutil
import sys
from pathlib import Path

STATIC = Path(__file__).resolve().parent / "static" / "vendor"
NODE_MODULES = Path(__file__).resolve().parents[2] / "node_modules"

DESIGN = "@digdir/designsystemet-css/dist"
COMPONENTS = (
    "alert",
    "button",
    "card",
    "details",
    "divider",
    "error-summary",
    "field",
    "fieldset",
    "heading",
    "input",
    "label",
    "link",
    "list",
    "pagination",
    "paragraph",
    "skip-link",
    "table",
    "tag",
    "validation-message",
)
# Colours are our own (ui/light.css, ui/dark.css); sizes, type and colour roles are the system's.
THEME_LAYERS = (
    "ds.theme.size-mode",
    "ds.theme.type-scale",
    "ds.theme.size",
    "ds.theme.semantic",
    "ds.theme.typography.primary",
    "ds.theme.color",
)
COPIES = {
    "htmx.org/dist/htmx.min.js": "htmx.js",
    "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2": "inter-latin.woff2",
    "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2": "inter-latin-ext.woff2",
}


class Missing(Exception):
    """A locked package is not there; ``npm ci --ignore-scripts`` brings it."""


def layer(theme: str, name: str) -> str:
    """One named layer of a theme, cut out whole by its braces."""
    start = theme.find(f"@layer {name}{{")
    if start < 0:
        raise Missing(f"the design system's theme has no layer {name}")
    depth = 0
    for place in range(theme.index("{", start), len(theme)):
        depth += {"{": 1, "}": -1}.get(theme[place], 0)
        if depth == 0:
            return theme[start : place + 1]
    raise Missing(f"the layer {name} does not end")


def design_system(node_modules: Path) -> str:
    """The parts of the design system we use, as one style sheet in the system's own layers."""
    folder = node_modules / DESIGN
    theme = (folder / "theme" / "designsystemet.css").read_text()
    components = "".join(
        (folder / "src" / f"{name}.css").read_text().strip() for name in COMPONENTS
    )
    return "\n".join(
        (
            "@layer ds.theme, ds.base, ds.components, dialog;",
            *(layer(theme, name) for name in THEME_LAYERS),
            f"@layer ds.base{{{(folder / 'src' / 'base.css').read_text().strip()}}}",
            f"@layer ds.components{{{components}}}",
        )
    )


def bring(node_modules: Path, to: Path) -> list[Path]:
    """Write every vendor file anew and say which they are."""
    to.mkdir(parents=True, exist_ok=True)
    style = to / "designsystemet.css"
    style.write_text(design_system(node_modules))
    written = [style]
    for source, name in COPIES.items():
        shutil.copyfile(node_modules / source, to / name)
        written.append(to / name)
    return written


def main() -> int:
    """Bring the files, or say in one line what is missing."""
    try:
        written = bring(NODE_MODULES, STATIC)
    except (Missing, FileNotFoundError) as fault:
        sys.stderr.write(f"Run `npm ci --ignore-scripts` first: {fault}\n")
        return 1
    sys.stdout.write(f"Front-end ready: {len(written)} files in dialog/ui/static/vendor.\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
