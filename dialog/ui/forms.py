"""Forms that keep every word, say at the field what to do, and take the house's refusals."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, NamedTuple, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dialog.errors import (
    AlreadyRequested,
    ConsentMissing,
    DialogError,
    InvalidInput,
    ServiceOff,
    SlotsOverlap,
    SlotTaken,
    TooMany,
    Unreachable,
    WrongState,
)
from dialog.rows import undoes_itself, whole
from dialog.ui.fields import Bound

R = TypeVar("R")

TAKEN_BY_THE_FORM = (
    AlreadyRequested,
    ConsentMissing,
    InvalidInput,
    ServiceOff,
    SlotTaken,
    SlotsOverlap,
    TooMany,
    Unreachable,
    WrongState,
)


class Problem(NamedTuple):
    """One thing to mend: where it is on the page, what the field is called, what to do."""

    place: str
    label: str
    sentence: str


class Form(forms.Form):
    """A form whose fields draw themselves with ``{% field form.x %}``."""

    use_required_attribute = False
    bound_field_class = Bound
    required_css_class = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.refusal: DialogError | None = None
        self.done = False

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows this form."""
        if self.refusal is not None:
            return self.refusal.status
        return InvalidInput.status if self.is_bound and self.errors else 200

    @property
    def problems(self) -> list[Problem]:
        """Each thing to mend, in the order of the fields."""
        return [
            Problem(_place(self[name]), str(self[name].label), str(error))
            for name in self.fields
            for error in self.errors.get(name, [])
        ]

    def refuse(self, refusal: DialogError) -> None:
        """Take a refusal: at its field when it names one, else as the form's notice."""
        self.refusal = refusal
        if refusal.field in self.fields:
            self.add_error(refusal.field, str(refusal.sentence))


def _place(field: forms.BoundField) -> str:
    if field.use_fieldset:
        return f"{field.auto_id}_0"
    return str(field.id_for_label or field.auto_id)


def submit(form: Form, act: Callable[..., R]) -> R | None:
    """Run an action with the form's words; ``None`` means that the form has something to say.

    What the action changed before it refused is undone.
    """
    if not form.is_valid():
        return None
    try:
        with nullcontext() if undoes_itself(act) else whole():
            result = act(**form.cleaned_data)
    except TAKEN_BY_THE_FORM as refusal:
        form.refuse(refusal)
        return None
    form.done = True
    return result


def show(
    request: HttpRequest, template: str, form: Form | None = None, **context: Any
) -> HttpResponse:
    """A page, with the status its form has earned."""
    status = form.status if form is not None else 200
    return render(request, template, {"form": form, **context}, status=status)
