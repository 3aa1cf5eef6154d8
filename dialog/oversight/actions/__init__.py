"""Following up the log, in parts; everything is reached through here."""

from dialog.oversight.actions.searching import Asked, search_colleague, search_patient

__all__ = ["Asked", "search_colleague", "search_patient"]
