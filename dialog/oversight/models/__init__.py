"""What following up the log leaves behind, in parts; everything is reached through here."""

from dialog.oversight.models.searches import LogSearch

__all__ = ["LogSearch"]
