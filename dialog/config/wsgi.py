"""The web server's way in."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from dialog.adapters.processes import settle_in
from dialog.identity.ports import provider

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialog.config.settings")
os.environ.setdefault("DIALOG_PROCESS", "web")
gc.disable()  # while all is loaded
application = get_wsgi_application()
provider()  # a server on which nobody could sign in does not start
settle_in()
