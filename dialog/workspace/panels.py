"""What each service shows the practice above the messages of a conversation."""

from dialog.ui.panels import Panels

PANELS = Panels()
