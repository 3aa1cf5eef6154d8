"""What each service shows the patient above the messages of a conversation."""

from dialog.ui.panels import Panels

PANELS = Panels()
SENT = "just_sent"  # in the session: the matter that was sent a moment ago
