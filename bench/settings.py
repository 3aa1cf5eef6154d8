"""The product's own settings, and one page more: a view that does nothing."""

from dialog.config.settings import *  # noqa: F403 - all of them

# Two hundred people at one address send as fast as they can.
ACTS_A_MINUTE_PATIENT = REQUESTS_A_MINUTE_SIGNED_OUT = 1_000_000
ROOT_URLCONF = "bench.urls"
