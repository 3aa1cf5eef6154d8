"""What a patient may be told, and why somebody cannot be reached: pure functions."""

from enum import StrEnum

from dialog.people.policy.consent import Consent


class NotificationKind(StrEnum):
    """What a patient may be told by SMS, each of which can be switched off."""

    APPOINTMENT = "appointment"
    REMINDER = "reminder"
    MESSAGE = "message"
    RENEWAL = "renewal"


# Who has given the office a number may be reminded of an appointment, and of no more (R225).
WITHOUT_A_YES = frozenset({NotificationKind.APPOINTMENT, NotificationKind.REMINDER})


def may_be_told(kind: NotificationKind, consent: Consent) -> bool:
    """Whether news of this kind about a patient may be told by SMS at all; a yes that was taken
    back stops everything (R5).
    """
    return consent is Consent.GIVEN or (consent is Consent.NEVER and kind in WITHOUT_A_YES)
