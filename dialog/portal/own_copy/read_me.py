"""What the copy is, in words, for whoever opens it."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.conversations.paper import moment_of

ABOUT_IT = (
    gettext_lazy(
        "Her er det du selv kan se når du er logget inn: det som er skrevet, det som er bestemt, "
        "filene, og hvem som har sett og gjort hva. Har du valgt bare en del, er det bare den som "
        "er med."
    ),
    gettext_lazy("Filen som heter kopi, er til å lese og skrive ut. Er det mye, er den delt opp."),
    gettext_lazy("I mappen med vedlegg ligger filene. I kopien står det hva hver av dem heter."),
    gettext_lazy("data.json har det samme, og er for dataprogrammer."),
    gettext_lazy(
        "Ingenting her er låst. Ta vare på det slik du tar vare på papirer fra legen, og slett det "
        "fra datamaskiner som andre bruker."
    ),
)


def read_me(name: str, made_at: datetime) -> str:
    """Whom it concerns, when it was made, what is in it, and how to look after it."""
    first = _("Kopi fra Digital dialog. Den gjelder %(name)s og ble laget %(when)s.")
    whose = first % {"name": name, "when": moment_of(made_at)}
    return "\n\n".join([whose, *map(str, ABOUT_IT)]) + "\n"
