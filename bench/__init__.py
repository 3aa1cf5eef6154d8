"""What ``make bench`` runs: the product as it is, under load, with everything recorded."""

EMPTY = "bench/empty"
PLAIN = b"\x00"  # in front of content that is not encrypted, where the guards are off
