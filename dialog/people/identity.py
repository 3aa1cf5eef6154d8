"""How a person is looked up by identity number: a keyed hash."""

import hashlib
import hmac

from django.conf import settings
from django.utils.translation import gettext as _

from dialog.errors import InvalidInput
from dialog.people.identity_number import IdentityNumber, NotAnIdentityNumber, parse


def checked(text: str) -> IdentityNumber:
    """A number somebody has written, or a refusal that says what is wrong with it.

    A demonstration takes only made-up people, so that nobody real ends up in one.
    """
    try:
        number = parse(text)
    except NotAnIdentityNumber as fault:
        raise InvalidInput(fault.sentence, field="identity_number") from None
    if settings.DEMONSTRATION and not number.synthetic:
        raise InvalidInput(
            _("Dette er en demonstrasjon. Bruk bare oppdiktede fødselsnumre (måned pluss 80)."),
            field="identity_number",
        )
    return number


def identity_hash(identity_number: str) -> bytes:
    """The keyed hash of an identity number; the key lies outside the database."""
    key = settings.IDENTITY_HASH_KEY.encode()
    return hmac.new(key, identity_number.encode(), hashlib.sha256).digest()


def sort_key(family_name: str, given_name: str) -> str:
    """A key that orders names the Norwegian way: æ, ø, å last, capitals and accents aside."""
    folded = f"{family_name} {given_name}".lower()
    return folded.translate(NORWEGIAN)


NORWEGIAN = str.maketrans(
    {"æ": "{a", "ä": "{a", "ø": "{b", "ö": "{b", "å": "{c", "é": "e", "è": "e", "ü": "y"}
)
