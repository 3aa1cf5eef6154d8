"""The product's settings without its guards, to see what they cost: nothing encrypted, no audit.

Row security is off in the database that ``bench.price`` makes for it. Only the bench starts it.
"""

from bench.settings import *  # noqa: F403 - all of them
from bench.settings import INSTALLED_APPS as ALL

INSTALLED_APPS = ["bench.without_guards.WithoutGuards", *ALL]
