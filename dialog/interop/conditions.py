"""Why a message cannot be opened, protected or believed, in the bus's own words.

Two ways to fail, and only two. ``Refused``: the other side is at fault; it is told on its error
queue and the message is taken away. ``TryLater``: we are at fault, or somebody between us; nobody
is told and the message is kept.
"""

from enum import StrEnum


class Condition(StrEnum):
    """The conditions of the bus, as they stand in ``errorCondition`` (outcome table of the bus)."""

    MISSING_CERTIFICATE = "transport:missing-certificate"
    EXPIRED_CERTIFICATE = "transport:expired-certificate"
    INVALID_CERTIFICATE = "transport:invalid-certificate"
    REVOKED_CERTIFICATE = "transport:revoked-certificate"
    UNVERIFIED_CERTIFICATE = "transport:unverified-certificate"
    UNSUPPORTED_MESSAGE = "transport:unsupported-message"
    INVALID_FIELD_VALUE = "transport:invalid-field-value"
    NOT_WELL_FORMED = "transport:not-well-formed-xml"
    INTERNAL_ERROR = "transport:internal-error"
    SPOOFING = "abuse:spoofing-attack"


class ProtectionError(Exception):
    """The sentence is for those who run us: it names files, algorithms and numbers, never content.

    It is not for the other side: an answer that tells how far a changed message came helps whoever
    is changing it.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Refused(ProtectionError):
    """Their fault. ``told`` is what may go in ``errorConditionData``, and nothing else may."""

    def __init__(self, condition: Condition, sentence: str, *told: str) -> None:
        super().__init__(sentence)
        self.condition, self.told = condition, told


class TryLater(ProtectionError):
    """Not their fault: a revocation service out of reach, or a key or certificate of our own."""
