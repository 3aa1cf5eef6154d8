"""What is erased with a conversation that asks for prescriptions."""

from dialog.conversations.rights import Words, holds_words

holds_words(Words("renewals_renewalitem", ("words", "comment", "explanation")))
