"""Numbers as ranges of one, so that an exclusion constraint needs no extension of PostgreSQL."""

from django.db.models import F, Func, IntegerField


class OnePoint(Func):
    """A whole-number column as a range that holds just that number."""

    function = "int8range"
    template = "%(function)s(%(expressions)s, '[]')"
    output_field = IntegerField()

    def __init__(self, column: str) -> None:
        super().__init__(F(column), F(column))


class ClockRange(Func):
    """Two times of day as a range of seconds, so that hours on a day can exclude each other."""

    function = "int4range"
    template = "int4range(%(expressions)s)"
    output_field = IntegerField()

    def __init__(self, starts: str, ends: str) -> None:
        super().__init__(_Seconds(F(starts)), _Seconds(F(ends)))


class _Seconds(Func):
    template = "(EXTRACT(EPOCH FROM %(expressions)s))::integer"
    output_field = IntegerField()
