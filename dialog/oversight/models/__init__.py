"""What following up the log leaves behind, in parts; everything is reached through here."""

from dialog.oversight.models.questions import LogQuestion
from dialog.oversight.models.searches import LogSearch
from dialog.oversight.models.unusual import Followed, UnusualLook, WorkDay

__all__ = ["Followed", "LogQuestion", "LogSearch", "UnusualLook", "WorkDay"]
