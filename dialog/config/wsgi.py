"""The web server's way in."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from dialog.adapters.processes import settle_in

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialog.config.settings")
os.environ.setdefault("DIALOG_PROCESS", "web")
gc.disable()  # while all is loaded
application = get_wsgi_application()
settle_in()
