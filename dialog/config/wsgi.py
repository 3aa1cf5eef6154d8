"""The web server's way in."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialog.config.settings")
os.environ.setdefault("DIALOG_PROCESS", "web")
application = get_wsgi_application()

# What is loaded now stays for good, and a page makes thousands of small things that need no
# collector: looking through all of it every 700 things took a tenth of the processor's time.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
