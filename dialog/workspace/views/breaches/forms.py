"""The forms of the register."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dialog.breaches import texts
from dialog.breaches.policy import (
    LONGEST,
    LONGEST_LETTER,
    TOLD_OTHERWISE,
    Kind,
    Risk,
    Said,
    Told,
)
from dialog.people import queries as people
from dialog.ui import dates, fields
from dialog.ui.forms import Form
from dialog.working_days import OSLO, local


class MomentForm(Form):
    """A form with days and clocks, of which each pair is one moment to the action.

    ``moments``: the field of the day, the field of the clock, the action's name.
    """

    moments: tuple[tuple[str, str, str], ...] = ()

    def clean(self) -> dict[str, Any]:
        """Each pair as one moment; a day needs its clock."""
        words = {**(super().clean() or self.cleaned_data)}
        for day, clock, name in self.moments:
            on, at = words.pop(day, None), words.pop(clock, None)
            words[name] = self._moment(clock, on, at)
        return words

    def _moment(self, clock: str, on: date | None, at: time | None) -> datetime | None:
        if on is None:
            return None
        if at is None and clock not in self.errors:
            self.add_error(clock, ValidationError(self.fields[clock].error_messages["required"]))
        return local(on, at) if at is not None else None


def at(moment: datetime, day: str, clock: str) -> dict[str, Any]:
    """What a pair of fields begins with."""
    here = moment.astimezone(OSLO)
    return {day: here.date(), clock: here.time().replace(second=0, microsecond=0)}


class NewForm(MomentForm):
    """What went wrong, and when it was found out."""

    moments = (
        ("aware_on", "aware_clock", "aware_at"),
        ("happened_on", "happened_clock", "happened_at"),
    )

    kind = fields.Choice(label=_("Hva har skjedd?"), choices=list(texts.KIND.items()))
    what = fields.Words(
        label=_("Beskriv det"),
        help_text=_(
            "Skriv hva som skjedde, og hvordan dere oppdaget det. Det du skriver her, blir stående."
        ),
        max_length=LONGEST,
    )
    aware_on = fields.Day(
        label=_("Når oppdaget dere det?"), help_text=_("Fristen på 72 timer regnes herfra.")
    )
    aware_clock = fields.Clock(label=_("Klokka"))
    happened_on = fields.Day(
        label=_("Når skjedde det?"), help_text=_("Hvis dere vet det."), required=False
    )
    happened_clock = fields.Clock(label=_("Klokka"), required=False)

    patients = fields.Choices(
        label=_("Hvem gjelder det?"),
        help_text=_("Ta bort krysset hos dem det ikke gjelder. Du kan føre opp flere etterpå."),
        required=False,
    )

    def __init__(self, *args: Any, named: Sequence[people.Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.uuid), f"{one.name}, {dates.numeric(one.born)}") for one in named]
        if choices:
            self.fields["patients"].choices = choices  # type: ignore[attr-defined]  # Choices
            self.fields["patients"].initial = [uuid for uuid, _name in choices]
        else:
            del self.fields["patients"]

    def clean(self) -> dict[str, Any]:
        """The kind and those affected in the action's words."""
        words = super().clean()
        words["patients"] = [UUID(one) for one in words.get("patients", ())]
        return words | ({"kind": Kind(words["kind"])} if words.get("kind") else {})


class AssessForm(MomentForm):
    """How it may go, and what the authority wants to know."""

    moments = (("aware_on", "aware_clock", "aware_at"),)

    risk = fields.Choice(
        label=_("Hvordan kan dette gå for dem det gjelder?"),
        choices=fields.options((str(one), texts.RISK[one], texts.RISK_MEANS[one]) for one in Risk),
    )
    reason = fields.Words(
        label=_("Hvorfor mener dere det?"),
        help_text=_("For eksempel hvem som har sett det, og hvor følsomt det er."),
        rows=3,
        max_length=LONGEST,
    )
    people_about = fields.Number(
        label=_("Omtrent hvor mange gjelder det?"), required=False, min_value=0, max_value=9_999_999
    )
    information = fields.Words(
        label=_("Hvilke opplysninger gjelder det?"),
        help_text=_("Trengs når det er en risiko. For eksempel: navn, adresse og prøvesvar."),
        required=False,
        either=True,
        rows=2,
        max_length=LONGEST,
    )
    consequences = fields.Words(
        label=_("Hva kan det føre til?"),
        help_text=_("Trengs når det er en risiko."),
        required=False,
        either=True,
        rows=3,
        max_length=LONGEST,
    )
    measures = fields.Words(
        label=_("Hva har dere gjort, og hva vil dere gjøre?"),
        help_text=_("Trengs når det er en risiko."),
        required=False,
        either=True,
        rows=3,
        max_length=LONGEST,
    )
    contact = fields.Words(
        label=_("Hvem kan svare på spørsmål?"),
        help_text=_(
            "Navn og telefon. Personvernombudet, hvis dere har et. Trengs når det er en risiko."
        ),
        required=False,
        either=True,
        rows=2,
        max_length=LONGEST,
    )
    aware_on = fields.Day(
        label=_("Når oppdaget dere det?"),
        help_text=_("Rett det hvis det sto feil. Det som sto før, blir også stående."),
    )
    aware_clock = fields.Clock(label=_("Klokka"))

    def clean(self) -> dict[str, Any]:
        """The risk in the action's words."""
        words = super().clean()
        return words | ({"risk": Risk(words["risk"])} if words.get("risk") else {})


class AddForm(Form):
    """A note, or a measure."""

    said = fields.Choice(
        label=_("Hva vil du legge til?"),
        choices=[(str(one), texts.SAID[one]) for one in (Said.MEASURE, Said.NOTE)],
        initial=Said.MEASURE,
    )
    text = fields.Words(label=_("Skriv"), rows=3, max_length=LONGEST)

    def clean(self) -> dict[str, Any]:
        """What it is, in the action's words."""
        words = self.cleaned_data
        return words | ({"said": Said(words["said"])} if words.get("said") else {})


class NotifyForm(MomentForm):
    """That Datatilsynet has been told."""

    moments = (("told_on", "told_clock", "told_at"),)

    told_on = fields.Day(label=_("Når sendte dere meldingen?"))
    told_clock = fields.Clock(label=_("Klokka"))
    reference = fields.Line(
        label=_("Saksnummer eller referanse"),
        help_text=_("Fra kvitteringen i Altinn, hvis du har den."),
        required=False,
        max_length=200,
    )
    why_late = fields.Words(
        label=_("Hvorfor er meldingen forsinket?"),
        help_text=_("Bare når det er mer enn 72 timer siden dere oppdaget det."),
        required=False,
        rows=3,
        max_length=LONGEST,
    )


class WordsForm(Form):
    """What was learnt when it is over, or why it was not."""

    text = fields.Words(label=_("Hva har dere lært av dette?"), rows=3, max_length=LONGEST)


class ToldForm(MomentForm):
    """How somebody was told by the office itself, or why they need not be."""

    moments = (("told_on", "told_clock", "told_at"),)

    how = fields.Choice(
        label=_("Hvordan fikk pasienten vite det?"),
        choices=[(str(one), texts.TOLD[one]) for one in TOLD_OTHERWISE],
    )
    told_on = fields.Day(label=_("Når?"))
    told_clock = fields.Clock(label=_("Klokka"))
    text = fields.Words(
        label=_("Hva ble sagt?"),
        help_text=_("Trenger pasienten ikke få vite det, skriver du hvorfor."),
        required=False,
        rows=3,
        max_length=LONGEST,
    )

    def clean(self) -> dict[str, Any]:
        """How, in the action's words."""
        words = super().clean()
        return words | ({"how": Told(words["how"])} if words.get("how") else {})


LANGUAGES = {
    "nb": _("Brevet på bokmål"),
    "nn": _("Brevet på nynorsk"),
    "en": _("Brevet på engelsk"),
}


class LettersForm(Form):
    """The letter in each language that somebody affected reads."""

    keep_from_parents = fields.Check(
        label=_("Skjul brevet for foreldre"),
        help_text=_(
            "Gjelder dem under 16 år. De som ikke har logget inn selv, må få vite det på en annen "
            "måte."
        ),
    )

    def __init__(self, *args: Any, letters: dict[str, str], young: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.fields.pop("keep_from_parents")
        for language, words in letters.items():
            self.fields[f"words_{language}"] = fields.Words(
                label=LANGUAGES[language], initial=words, rows=16, max_length=LONGEST_LETTER
            )
        if young:
            self.fields["keep_from_parents"] = kept

    def clean(self) -> dict[str, Any]:
        """The words by language, as the action wants them."""
        said = self.cleaned_data
        return {
            "words": {one: said[f"words_{one}"] for one in LANGUAGES if f"words_{one}" in said},
            "keep_from_parents": said.get("keep_from_parents", False),
        }
