"""Forward and back through a long list whose length nobody counts (``ui/more.html``)."""

from dataclasses import dataclass

from django.http import HttpRequest

SIDE = "side"
FROM = "fra"


@dataclass(frozen=True, slots=True, kw_only=True)
class More:
    """The addresses of the page before and the page after, where there are such."""

    before: str = ""
    after: str = ""


def page_number(request: HttpRequest) -> int:
    """Which page is asked for; whatever is not a page is the first."""
    asked = request.GET.get(SIDE, "")
    return max(int(asked), 1) if asked.isdecimal() and len(asked) < 6 else 1


def from_line(request: HttpRequest) -> int | None:
    """The line before which a page of a log begins; whatever is no line is the newest."""
    asked = request.GET.get(FROM, "")
    return int(asked) if asked.isdecimal() and len(asked) < 19 else None


def more(request: HttpRequest, *, after: bool) -> More:
    """Links that keep the rest of the address; ``after`` says whether there is more to come."""
    number = page_number(request)
    return More(
        before=_address(request, number - 1) if number > 1 else "",
        after=_address(request, number + 1) if after else "",
    )


def _address(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query[SIDE] = str(number)
    if number == 1:
        del query[SIDE]
    return f"?{query.urlencode()}" if query else request.path
