"""The one core: turns, messages, files, and what the four services share."""
