"""The pages of times at the office, as several tests look at them."""

from typing import Any

from django.test import Client
from django.urls import reverse


def page(client: Client, name: str, *args: Any, query: str = "") -> str:
    """A page of the office, which must be found."""
    response = client.get(reverse(f"workspace:{name}", args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def on(day: Any) -> str:
    """The part of an address that says which day."""
    return f"?dag={day.isoformat()}"
