"""Reading the log at an office, in parts; everything is reached through here."""

from dialog.oversight.queries.lines import Line, of_mine
from dialog.oversight.queries.searching import (
    Search,
    found,
    search_for,
    searches,
    searches_about_me,
)

__all__ = [
    "Line",
    "Search",
    "found",
    "of_mine",
    "search_for",
    "searches",
    "searches_about_me",
]
