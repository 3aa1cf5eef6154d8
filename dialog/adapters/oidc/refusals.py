"""Why somebody is not let in by a provider: a word for the operations log, never for the page."""


class Refused(Exception):
    """What came back cannot be believed; ``why`` is a word of ours, and nothing of what came."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Away(Exception):
    """The provider does not answer, or not as one; it may again in a while."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Declined(Exception):
    """The person said no at the provider, or gave up there."""
