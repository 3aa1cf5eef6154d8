"""Lets a message on the wrong patient become a deviation by itself."""

from importlib import import_module

from django.apps import AppConfig


class BreachesConfig(AppConfig):
    """The register of deviations."""

    name = "dialog.breaches"

    def ready(self) -> None:
        """Listen to what has been put right."""
        import_module("dialog.breaches.subscribers")
