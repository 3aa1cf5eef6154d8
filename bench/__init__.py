"""What ``make bench`` runs: the product as it is, under load, with everything recorded."""

EMPTY = "bench/empty"
