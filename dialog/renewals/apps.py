"""Makes the service known when the product starts."""

from importlib import import_module

from django.apps import AppConfig


class RenewalsConfig(AppConfig):
    """The renewals room."""

    name = "dialog.renewals"

    def ready(self) -> None:
        """Offer the service to the core, and say what is to be erased with a conversation."""
        import_module("dialog.renewals.policy")
        import_module("dialog.renewals.erasing")
