"""Lets what is decided be carried out."""

from importlib import import_module

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """The core."""

    name = "dialog.conversations"

    def ready(self) -> None:
        """Listen to what has been decided."""
        import_module("dialog.conversations.subscribers")
