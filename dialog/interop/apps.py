"""Lets facts be told to record systems, and their messages be answered."""

from importlib import import_module

from django.apps import AppConfig


class InteropConfig(AppConfig):
    """The national messages."""

    name = "dialog.interop"

    def ready(self) -> None:
        """Listen to the facts record systems are told; say what goes with a conversation."""
        import_module("dialog.interop.subscribers")
        import_module("dialog.interop.erasing")
