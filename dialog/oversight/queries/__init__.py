"""Reading the log at an office, in parts; everything is reached through here."""

from dialog.oversight.queries.access import AccessLine, access_log, line_of_mine, lines_of_mine
from dialog.oversight.queries.lines import Line, of_mine
from dialog.oversight.queries.questions import Readers, readers_in, readers_of, who_looked
from dialog.oversight.queries.searching import (
    Search,
    found,
    search_for,
    searches,
    searches_about_me,
    whom,
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
    "AccessLine",
    "Counts",
    "Line",
    "Readers",
    "Search",
    "Unusual",
    "access_log",
    "found",
    "judged_looks",
    "line_of_mine",
    "lines_of_mine",
    "looks_of",
    "my_unusual_looks",
    "of_mine",
    "readers_in",
    "readers_of",
    "search_for",
    "searches",
    "searches_about_me",
    "unusual_counts",
    "unusual_look_for",
    "unusual_looks",
    "who_looked",
    "whom",
]
