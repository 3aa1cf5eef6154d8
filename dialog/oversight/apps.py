"""Makes questions about the log known when the product starts."""

from importlib import import_module

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """The oversight room."""

    name = "dialog.oversight"

    def ready(self) -> None:
        """Offer what patients ask about the log to the core."""
        import_module("dialog.oversight.policy")
