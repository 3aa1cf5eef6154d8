"""The digests we take, by their object identifiers. SHA-1 is not among them: it can be forged."""

from collections.abc import Mapping

from cryptography.hazmat.primitives import hashes

SHA1, MGF1 = "1.3.14.3.2.26", "1.2.840.113549.1.1.8"
DIGESTS: Mapping[str, hashes.HashAlgorithm] = {
    "2.16.840.1.101.3.4.2.1": hashes.SHA256(),
    "2.16.840.1.101.3.4.2.2": hashes.SHA384(),
    "2.16.840.1.101.3.4.2.3": hashes.SHA512(),
}
