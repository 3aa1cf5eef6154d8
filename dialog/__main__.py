"""``python -m dialog`` is ``digital-dialog``."""

import sys

from dialog.cli import main

sys.exit(main())
