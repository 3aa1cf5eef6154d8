"""The form of a renewal: a box for each prescription, a comment to each, earlier medicines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialog.people import queries as people
from dialog.renewals import texts
from dialog.renewals.actions import Wish
from dialog.renewals.policy import (
    LONGEST_COMMENT,
    LONGEST_NAME,
    MOST_EARLIER,
    PickUp,
)
from dialog.renewals.queries import Offer
from dialog.ui import fields
from dialog.ui.fields import Bound
from dialog.ui.forms import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One prescription on the page: its box, its comment, and what to know about it."""

    offer: Offer
    left: str
    hint: str
    box: Any = None
    comment: Bound | None = None


class RenewForm(Form):
    """What the patient asks for."""

    items = fields.Choices(label=gettext_lazy("Dette vil jeg ha fornyet"), required=False)
    earlier = fields.Words(
        label=gettext_lazy("Noe du har fått av legen før, som ikke står på listen"),
        help_text=gettext_lazy("Skriv navnet og gjerne styrken. Én ting på hver linje."),
        required=False,
        rows=2,
        max_length=MOST_EARLIER * LONGEST_NAME,
    )
    pick_up = fields.Choice(
        label=gettext_lazy("Hvordan vil du få det?"),
        choices=[(str(one), texts.PICK_UP[one]) for one in PickUp],
        initial=str(PickUp.PHARMACY),
    )

    def __init__(self, *args: Any, offers: Sequence[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = offers
        self.askable = [one for one in offers if one.may_ask and one.asked_in is None]
        items: Any = self.fields["items"]
        items.choices = [(str(one.medicine.ref), one.medicine.title) for one in self.askable]
        if not self.askable:
            self.fields["earlier"].required = True
            self.fields["earlier"].error_messages["required"] = _("Skriv hva du vil ha fornyet.")
        for one in self.askable:
            self.fields[comment_of(one)] = fields.Words(
                label=_("Kommentar til legen"),
                required=False,
                rows=2,
                max_length=LONGEST_COMMENT,
            )

    def rows(self) -> list[Row]:
        """Each prescription in order, those that cannot be asked for among them."""
        boxes = {str(box.data["value"]): box for box in self["items"].subwidgets}
        return [self._row(one, boxes.get(str(one.medicine.ref))) for one in self.offers]

    def _row(self, offer: Offer, box: Any) -> Row:
        comment = self[comment_of(offer)] if box is not None else None
        return Row(
            offer=offer,
            left=texts.what_is_left(
                repeats=offer.medicine.repeats_left,
                valid_until=offer.medicine.valid_until,
                renewed_on=offer.renewed_on,
                today=people.today(),
            ),
            hint=str(texts.HINT[offer.hint]),
            box=box,
            comment=comment,  # type: ignore[arg-type]  # a form's own bound field
        )

    def clean(self) -> dict[str, Any]:
        """The wishes in the order of the list, and how they are wanted."""
        words = {**self.cleaned_data}
        ticked = set(words.get("items", []))
        wishes = [
            Wish(
                prescription=one.medicine.ref,
                comment=words.get(comment_of(one), ""),
            )
            for one in self.askable
            if str(one.medicine.ref) in ticked
        ]
        wishes += [Wish(words=one) for one in self._earlier()]
        self._say_what_is_missing(ticked, wishes)
        return {"wishes": wishes, "pick_up": PickUp(words.get("pick_up", PickUp.PHARMACY))}

    def _earlier(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data.get("earlier", "").splitlines()]
        named = [line for line in lines if line]
        if len(named) > MOST_EARLIER:
            self.add_error("earlier", _("Skriv høyst %(most)s om gangen.") % {"most": MOST_EARLIER})
        if any(len(line) > LONGEST_NAME for line in named):
            self.add_error("earlier", _("En av linjene er for lang. Skriv bare navnet."))
        return named

    def _say_what_is_missing(self, ticked: set[str], wishes: Sequence[Wish]) -> None:
        if self.errors:
            return
        if not wishes:
            self.add_error("items", _("Kryss av for det du vil ha fornyet."))
        for one in self.askable:
            said = self.cleaned_data.get(comment_of(one), "").strip()
            if said and str(one.medicine.ref) not in ticked:
                self.add_error(
                    "items",
                    _("Du skrev en kommentar til %(name)s. Kryss av der også, eller ta den bort.")
                    % {"name": one.medicine.name},
                )


def comment_of(offer: Offer) -> str:
    """The name of the field for the comment to a prescription."""
    return f"comment_{offer.medicine.ref.hex}"
