"""The two forms that begin an e-consultation: it can wait; and here it is, for this price."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.conversations import texts
from dialog.conversations.files import MOST_FILES
from dialog.conversations.policy import Topic
from dialog.econsultations.policy import ECONSULTATION
from dialog.portal.shown_price import sealed, unsealed
from dialog.ui import dates, fields
from dialog.ui.forms import Form

HINT: dict[Topic, Promise] = {
    Topic.SICK_NOTE: gettext_lazy("Også når du trenger en sykmelding forlenget."),
    Topic.NEW_PROBLEM: gettext_lazy("Er det uklart hva det er, er en vanlig time ofte bedre."),
}


class CalmForm(Form):
    """Nothing is urgent; asked before there is anywhere to write (R47)."""

    calm = fields.Check(
        label=gettext_lazy("Det haster ikke. Jeg kan vente på svar."),
        required=True,
        error_messages={
            "required": gettext_lazy("Kryss av hvis det kan vente. Haster det, må du ringe.")
        },
    )


class WriteForm(Form):
    """What it is about, pictures, and a yes to the price that is shown."""

    topic = fields.Choice(
        label=gettext_lazy("Hva gjelder det?"),
        choices=fields.options(
            [(str(one), texts.TOPIC[one], HINT.get(one, "")) for one in ECONSULTATION.topics]
        ),
    )
    text = fields.Words(
        label=gettext_lazy("Skriv til legen"),
        help_text=gettext_lazy(
            "Når begynte det? Hva har endret seg? Hva har du prøvd? Hva håper du legen kan gjøre?"
        ),
        rows=10,
        max_length=ECONSULTATION.longest,
    )
    files = fields.Files(  # type: ignore[assignment]  # a field, not Django's own files
        label=gettext_lazy("Bilder eller PDF"),
        help_text=gettext_lazy(
            "Ta gjerne ett bilde på avstand og ett tett på, i dagslys. "
            "Vi fjerner opplysninger om hvor bildet er tatt."
        ),
        most=MOST_FILES,
    )
    consent = fields.Check(label="", required=True)
    shown = fields.Hidden(required=False)

    def __init__(self, *args: Any, price: int, **kwargs: Any) -> None:
        kwargs["initial"] = {**kwargs.get("initial", {}), "shown": sealed(price)}
        super().__init__(*args, **kwargs)
        self.fields["text"].error_messages["required"] = _("Skriv hva det gjelder.")
        self.ask_for(price)

    def ask_for(self, price: int) -> None:
        """Ask for a yes to this price."""
        consent = self.fields["consent"]
        if price:
            amount = dates.kr(price)
            consent.label = _("Ja, jeg godtar at det koster høyst %(price)s") % {"price": amount}
            consent.error_messages["required"] = _("Kryss av hvis du godtar prisen.")
        else:
            consent.label = _("Ja, send til legen. Det er gratis for meg")
            consent.error_messages["required"] = _("Kryss av når du er klar til å sende.")

    def show_price_again(self, price: int) -> None:
        """Another price than the one that was shown: every word stays, but not the yes."""
        before = unsealed(str(self.data.get("shown", "")))
        self.ask_for(price)
        if before is not None and before.amount == price:
            return
        self.data = {**self.data, "shown": sealed(price)}
        self.data.pop("consent", None)

    def clean(self) -> dict[str, Any]:
        """The words, and the price the page showed in place of the yes to it."""
        words: dict[str, Any] = {**self.cleaned_data}
        words.pop("consent", None)
        shown = unsealed(str(words.pop("shown", "")))
        words["accepted_price"] = shown.amount if shown else -1
        words["shown_at"] = shown.at if shown else None
        if "topic" in words:
            words["topic"] = Topic(words["topic"])
        return words
