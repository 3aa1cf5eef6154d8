"""What we write is read by OpenSSL, and the other way round."""

from tests.adapters.cms import openssl
from tests.adapters.cms.enterprises import MESSAGE, authority, office, portal, protection_of


def test_openssl_reads_what_we_write() -> None:
    data = protection_of(*office().keys).protect(MESSAGE, to=portal().profile, own=office().profile)

    inner = openssl.decrypt(data, portal().encryption)
    content = openssl.verify(inner, authority().root, authority().issuing)

    assert content == MESSAGE


def test_we_read_what_openssl_writes() -> None:
    inner = openssl.sign(MESSAGE, office().signing, extra=(authority().issuing,))
    data = openssl.encrypt(inner, portal().encryption.certificate.der)

    opened = protection_of(*portal().keys).open(data, sender=office().profile, own=portal().profile)

    assert opened.content == MESSAGE
