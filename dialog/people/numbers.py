"""Phone numbers as people write them, and as the phone network wants them.

What knows the numbers of the world is loaded when the first number comes: that, with what knows the
holidays, is a twentieth of the time that starting a process takes.
"""


def mobile(number: str) -> str:
    """A number that takes SMS, in international form (E.164); empty when it is no such number."""
    import phonenumbers
    from phonenumbers import PhoneNumberFormat, PhoneNumberType

    try:
        parsed = phonenumbers.parse(number, "NO")
    except phonenumbers.NumberParseException:
        return ""
    takes_sms = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
    if phonenumbers.number_type(parsed) not in takes_sms:
        return ""
    return str(phonenumbers.format_number(parsed, PhoneNumberFormat.E164))


def rings(number: str) -> bool:
    """Whether it is a whole number that somebody could answer."""
    import phonenumbers

    try:
        return bool(phonenumbers.is_possible_number(phonenumbers.parse(number, "NO")))
    except phonenumbers.NumberParseException:
        return False
