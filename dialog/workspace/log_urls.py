"""The addresses of the log, and of following it up."""

from dialog.ui.routes import practice
from dialog.workspace.views.log import own, searching, unusual

BOTH = ("GET", "POST")

urlpatterns = [
    practice("logg", searching.log, "log", methods=BOTH),
    practice("logg/pasient/<uuid:patient_uuid>", searching.patient, "log_patient", methods=BOTH),
    practice(
        "logg/kollega/<uuid:account_uuid>", searching.colleague, "log_colleague", methods=BOTH
    ),
    practice("logg/sok/<uuid:search_uuid>", searching.found, "log_found"),
    practice("logg/mitt", own.own, "own_log"),
    practice("logg/uvanlig", unusual.unusual_looks, "unusual_looks"),
    practice(
        "logg/uvanlig/<uuid:unusual_look_id>", unusual.unusual_look, "unusual_look", methods=BOTH
    ),
]
