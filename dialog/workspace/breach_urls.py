"""The addresses of the register of deviations."""

from dialog.ui.routes import practice
from dialog.workspace.views.breaches import affected, letters, listing, one, registering

BOTH = ("GET", "POST")
POST = ("POST",)
HERE = "avvik"
ONE = f"{HERE}/<uuid:breach_id>"
WHOM = f"{ONE}/berort/<uuid:affected_id>"

urlpatterns = [
    practice(HERE, listing.breaches, "breaches"),
    practice(f"{HERE}/oversikt.pdf", listing.register_paper, "breach_register"),
    practice(f"{HERE}/oversikt.csv", listing.register_table, "breach_table"),
    practice(f"{HERE}/nytt", registering.new_breach, "new_breach", methods=BOTH),
    practice(ONE, one.breach, "breach", methods=BOTH),
    practice(f"{ONE}/vurder", one.assess, "assess_breach", methods=BOTH),
    practice(f"{ONE}/meldt", one.notify, "notify_breach", methods=BOTH),
    practice(f"{ONE}/datatilsynet.pdf", one.notification, "breach_notification"),
    practice(f"{ONE}/datatilsynet.txt", one.notification_text, "breach_notification_text"),
    practice(f"{ONE}/avslutt", one.close, "close_breach", methods=BOTH),
    practice(f"{ONE}/apne", one.reopen, "reopen_breach", methods=BOTH),
    practice(f"{ONE}/brev", letters.letters, "breach_letters", methods=BOTH),
    practice(f"{ONE}/berorte", affected.find_affected, "find_affected", methods=BOTH),
    practice(
        f"{ONE}/berorte/<uuid:patient_uuid>", affected.add_affected, "add_affected", methods=POST
    ),
    practice(f"{WHOM}/ta-ut", affected.take_out_affected, "take_out_affected", methods=POST),
    practice(f"{WHOM}/fortalt", affected.note_told, "note_told", methods=BOTH),
    practice(f"{WHOM}/brev.pdf", letters.letter, "affected_letter"),
]
