"""The product's own settings, and one page more: a view that does nothing."""

from dialog.config.settings import *  # noqa: F403 - all of them

ROOT_URLCONF = "bench.urls"
