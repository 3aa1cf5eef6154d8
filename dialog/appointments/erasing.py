"""What is erased with a conversation about a time; the time itself is a fact, and stays."""

from dialog.conversations.rights import Words, holds_words

holds_words(Words("appointments_appointment", ("overbooked_reason",)))
