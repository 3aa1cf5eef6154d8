"""The address registry: a folder of published files, or memory."""

from dialog.adapters.registries.folder import FolderRegistry, from_settings
from dialog.adapters.registries.memory import MemoryRegistry

__all__ = ["FolderRegistry", "MemoryRegistry", "from_settings"]
