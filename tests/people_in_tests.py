"""The cast, as every test meets it."""

from typing import Any

import pytest

from dialog.demo.cast import Cast, find


@pytest.fixture(scope="session")
def people_of_the_cast(django_db_setup: None, django_db_blocker: Any) -> Cast:
    """Who they are is the same in every test; looking them up takes ninety questions."""
    with django_db_blocker.unblock():
        return find()


@pytest.fixture
def cast(db: None, people_of_the_cast: Cast) -> Cast:
    """Kari, Per, Dr Lund and the others, as actors."""
    return people_of_the_cast
