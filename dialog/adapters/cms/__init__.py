"""Protection of the national messages: CMS, signed and then encrypted."""

from dialog.adapters.cms.configured import from_settings
from dialog.adapters.cms.protection import CmsProtection

__all__ = ["CmsProtection", "from_settings"]
