"""What can be wrong with a file of the registry."""


class BrokenFile(Exception):
    """A file that cannot be used; the sentence says why, for those who run us."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
