"""Reading the log at an office, in parts; everything is reached through here."""

from dialog.oversight.queries.lines import Line, of_mine
from dialog.oversight.queries.searching import (
    Search,
    found,
    search_for,
    searches,
    searches_about_me,
)
from dialog.oversight.queries.unusual import (
    Counts,
    Unusual,
    judged_looks,
    looks_of,
    my_unusual_looks,
    unusual_counts,
    unusual_look_for,
    unusual_looks,
)

__all__ = [
    "Counts",
    "Line",
    "Search",
    "Unusual",
    "found",
    "judged_looks",
    "looks_of",
    "my_unusual_looks",
    "of_mine",
    "search_for",
    "searches",
    "searches_about_me",
    "unusual_counts",
    "unusual_look_for",
    "unusual_looks",
]
