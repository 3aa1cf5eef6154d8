"""The web server's way in."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from dialog.adapters.processes import settle_in
from dialog.config.logs import take_in_the_unexpected
from dialog.identity.ports import provider

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialog.config.settings")
os.environ.setdefault("DIALOG_PROCESS", "web")
gc.disable()  # while all is loaded
take_in_the_unexpected()
application = get_wsgi_application()
provider()  # a server on which nobody could sign in does not start
settle_in()
