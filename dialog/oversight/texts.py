"""The words people see for purposes."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dialog.oversight.policy import Purpose

PURPOSE: dict[Purpose, Promise] = {
    Purpose.PATIENT_ASKED: _("Pasienten har spurt"),
    Purpose.COLLEAGUE_ASKED: _("Den ansatte har spurt"),
    Purpose.SUSPICION: _("Mistanke om at noen har sett noe de ikke skulle"),
    Purpose.DEVIATION: _("Oppfølging av et avvik"),
    Purpose.SAMPLE: _("Stikkprøve"),
    Purpose.AUTHORITY: _("En tilsynsmyndighet har bedt om det"),
}
