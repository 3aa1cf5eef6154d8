"""The words people see for purposes, and for what is unlike the usual."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dialog.oversight.policy import Purpose, Sign, Standing, Verdict

PURPOSE: dict[Purpose, Promise] = {
    Purpose.PATIENT_ASKED: _("Pasienten har spurt"),
    Purpose.COLLEAGUE_ASKED: _("Den ansatte har spurt"),
    Purpose.SUSPICION: _("Mistanke om at noen har sett noe de ikke skulle"),
    Purpose.DEVIATION: _("Oppfølging av et avvik"),
    Purpose.SAMPLE: _("Stikkprøve"),
    Purpose.AUTHORITY: _("En tilsynsmyndighet har bedt om det"),
}

# What can be seen from outside, and no more; it is read by whoever it is about.
SIGN: dict[Sign, Promise] = {
    Sign.SELF: _("Den ansatte åpnet noe om seg selv"),
    Sign.CHILD: _("Pasienten er barnet til den ansatte"),
    Sign.PARENT: _("Pasienten er forelder til den ansatte"),
    Sign.ACTS_FOR: _("Den ene har eller har hatt rett til å handle for den andre"),
    Sign.COLLEAGUE: _("Pasienten jobber også her"),
    Sign.SAME_NAME: _("Pasienten og den ansatte har samme etternavn"),
    Sign.NIGHT: _("Det var mellom kl. 22 og kl. 6"),
    Sign.CLOSED: _("Det var utenom vanlig arbeidstid"),
    Sign.OTHER_REASON: _("Det var ingen pågående sak, og grunnen var «noe annet»"),
    Sign.MANY: _("Det var uvanlig mange pasienter på én dag uten en pågående sak"),
}
STANDING: dict[Standing, Promise] = {
    Standing.ASKED: _("Venter på svar fra den ansatte"),
    Standing.ANSWERED: _("Den ansatte har svart"),
}
VERDICT: dict[Verdict, Promise] = {
    Verdict.IN_ORDER: _("I orden"),
    Verdict.BREACH: _("Brudd på reglene"),
}
NOT_ONES_OWN = _(
    "Du kan ikke vurdere det du selv har åpnet. Det må en annen som følger opp loggen, gjøre."
)
