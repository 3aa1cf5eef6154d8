"""Makes the service known when the product starts."""

from importlib import import_module

from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    """The enquiries room."""

    name = "dialog.enquiries"

    def ready(self) -> None:
        """Offer the service to the core."""
        import_module("dialog.enquiries.policy")
