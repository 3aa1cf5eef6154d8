"""What every test shares: database, blocked network, cast, their doors, a browser and a server."""

import gc

import tests.compiled  # noqa: F401 # isort: skip - what is imported after it is kept

from hypothesis import HealthCheck, settings

from dialog.adapters.processes import settle_in

# A property is right or wrong, however busy the machine is; `make bench` is for speed.
settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("house")

pytest_plugins = [
    "tests.order",
    "tests.keys",
    "tests.logs",
    "tests.database",
    "tests.people_in_tests",
    "tests.doors",
    "tests.browsing",
    "tests.serving",
    "tests.buses",
    "tests.parties",
    "tests.providers",
    "tests.people.register_in_memory",
    "tests.people.contact_in_memory",
    "tests.people.personnel_in_memory",
    "tests.people.gps_in_memory",
]


def pytest_collection_finish() -> None:
    """What is there before the first test stays until the last: nobody need look there for rubbish
    again and again.
    """
    gc.collect()
    settle_in()
