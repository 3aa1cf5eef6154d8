"""What Datatilsynet asks for, field by field: a table, so that a new form is a new table.

*Verified* means that somebody has held it beside the form in Altinn; nobody has.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO


@dataclass(frozen=True, slots=True)
class FormField:
    """One thing that is asked for, by which rule, and where in the register the answer is."""

    field: str
    label: str
    basis: str
    verified: bool


@cache
def form_fields() -> tuple[FormField, ...]:
    """Every field, in the order they are asked for."""
    text = (files("dialog.breaches") / "authority_form.csv").read_text("utf-8")
    return tuple(
        FormField(one["field"], one["label"], one["basis"], one["verified"] == "yes")
        for one in csv.DictReader(StringIO(text))
    )
