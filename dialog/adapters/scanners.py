"""What stands where no scanner does."""

from dialog.conversations.ports import ScannerAway


class NoScanner:
    """Nobody looks through files, so none are taken; everything else goes on."""

    open = False

    def harmful(self, data: bytes) -> bool:
        """Nobody can say."""
        raise ScannerAway


class OwnChecksOnly:
    """Nobody looks through files, and they are taken all the same: only for a demonstration."""

    open = True

    def harmful(self, data: bytes) -> bool:
        """Nothing is known to be; what is of the wrong kind is refused elsewhere."""
        return False
