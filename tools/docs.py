"""Draw the documents that are made from the code: states, what it can do, what it is made of.

``make docs`` writes them; a house test fails when they are stale.
"""

import importlib
import inspect
import os
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from tools.parts import parts_list

ROOT = Path(__file__).resolve().parent.parent
ROOMS = (
    "people",
    "conversations",
    "appointments",
    "renewals",
    "econsultations",
    "enquiries",
    "oversight",
    "breaches",
)


def start() -> None:
    """Make the rooms importable; nothing here needs a database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialog.config.settings")
    os.environ.setdefault("DIALOG_DEMONSTRATION", "1")
    os.environ.setdefault("SECRET_KEY", "for-drawing-documents-" * 3)
    os.environ.setdefault("IDENTITY_HASH_KEY", "for-drawing-documents-" * 3)
    os.environ.setdefault("DATABASE_URL", "postgresql:///none")
    import django

    django.setup()


def state_machines() -> str:
    """Every table of states, as a diagram."""
    from dialog.appointments import policy as appointments
    from dialog.breaches import policy as breaches
    from dialog.conversations import policy as conversations
    from dialog.econsultations import policy as econsultations
    from dialog.renewals import policy as renewals

    return (
        "\n\n".join(
            [
                "# State machines",
                "Drawn from the policies by `make docs`; never edited by hand.",
                "## Whose turn it is\n\n`dialog/conversations/policy/`, shared by all.",
                diagram(conversations.TURNS),
                "## An appointment\n\n`dialog/appointments/policy.py`",
                diagram(appointments.STEPS),
                "## A prescription to renew\n\n`dialog/renewals/policy.py`",
                diagram(renewals.ITEM_TURNS),
                "## An e-consultation\n\n`dialog/econsultations/policy.py`",
                diagram(econsultations.STEPS),
                "## A breach\n\n`dialog/breaches/policy.py`",
                diagram(breaches.STEPS),
            ]
        )
        + "\n"
    )


def diagram(table: Mapping[Any, object]) -> str:
    """A table of (state, step, perhaps side) to state, in Mermaid; sides share an arrow."""
    arrows: dict[tuple[str, str, str], list[str]] = {}
    for (state, step, *side), after in table.items():
        arrows.setdefault((str(state), str(step), str(after)), []).extend(map(str, side))
    lines = [
        f"    {name(state)} --> {name(after)}: {step}" + (f" ({', '.join(by)})" if by else "")
        for (state, step, after), by in arrows.items()
    ]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def name(state: str) -> str:
    """Mermaid takes no hyphens in a state's name."""
    return state.replace("-", "_")


def product() -> str:
    """What anybody can do: every action of every room, in the words of its docstring."""
    parts = [
        "# What the platform can do",
        "Every action, from the code, by `make docs`. What is not here, the platform cannot do.",
    ]
    for room in ROOMS:
        rows = [f"| `{act.__name__}` | {sentence(act)} |" for act in actions_of(room)]
        parts.append("\n".join([f"## {room}", "", "| Action | Does |", "|---|---|", *rows]))
    return "\n\n".join(parts) + "\n"


def actions_of(room: str) -> list[Callable[..., object]]:
    """The functions of a room's actions that take ``by``, in alphabetical order."""
    module = importlib.import_module(f"dialog.{room}.actions")
    found = {
        act
        for part in (module, *submodules(module))
        for _name, act in inspect.getmembers(part, inspect.isfunction)
        if act.__module__.startswith(module.__name__)
        and not act.__name__.startswith("_")
        and inspect.signature(act).parameters.get("by") is not None
        and inspect.signature(act).parameters["by"].kind is inspect.Parameter.KEYWORD_ONLY
    }
    return sorted(found, key=lambda act: act.__name__)


def submodules(module: ModuleType) -> Iterable[ModuleType]:
    """The parts of a package of actions, or none."""
    for found in pkgutil.iter_modules(getattr(module, "__path__", [])):
        yield importlib.import_module(f"{module.__name__}.{found.name}")


def sentence(act: Callable[..., object]) -> str:
    """The first sentence of a docstring, on one line."""
    words = " ".join((inspect.getdoc(act) or "").split("\n\n")[0].split())
    return words.replace("|", "\\|")


DOCUMENTS: dict[str, Callable[[], str]] = {
    "docs/state-machines.md": state_machines,
    "docs/product.md": product,
    "dialog/parts.cdx.json": parts_list,
}


def main() -> None:
    """Write every document that is made from the code."""
    start()
    for path, draw in DOCUMENTS.items():
        (ROOT / path).write_text(draw())


if __name__ == "__main__":
    main()
