"""The browser's own pickers of days and clocks."""

from datetime import datetime
from typing import Any

from django.forms.widgets import DateTimeBaseInput


class _Picker(DateTimeBaseInput):
    """The browser's own picker; shows as plain text a value that no picker could hold."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        try:
            datetime.strptime(shown or "", self.format or "")  # noqa: DTZ007  # shape only
        except ValueError:
            if shown:
                context["widget"]["type"] = "text"
        return context


class DayPicker(_Picker):
    """A day."""

    input_type = "date"


class ClockPicker(_Picker):
    """A time of day."""

    input_type = "time"
