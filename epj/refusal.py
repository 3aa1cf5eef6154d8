"""How the record system says no to whoever sits at it."""


class Refusal(Exception):
    """It cannot be done; the text says why, and what to do."""
