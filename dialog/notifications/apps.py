"""Lets the web server owe, and the relay pay, what people are to be told."""

from importlib import import_module

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """The notifications."""

    name = "dialog.notifications"

    def ready(self) -> None:
        """Listen to the facts people are told of."""
        import_module("dialog.notifications.subscribers")
