"""Phone numbers as people write them, and as the phone network wants them."""

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

TAKES_SMS = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


def mobile(number: str) -> str:
    """A number that takes SMS, in international form (E.164); empty when it is no such number."""
    try:
        parsed = phonenumbers.parse(number, "NO")
    except phonenumbers.NumberParseException:
        return ""
    if phonenumbers.number_type(parsed) not in TAKES_SMS:
        return ""
    return str(phonenumbers.format_number(parsed, PhoneNumberFormat.E164))


def rings(number: str) -> bool:
    """Whether it is a whole number that somebody could answer."""
    try:
        return bool(phonenumbers.is_possible_number(phonenumbers.parse(number, "NO")))
    except phonenumbers.NumberParseException:
        return False
