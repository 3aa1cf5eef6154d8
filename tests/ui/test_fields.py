"""Fields: what they take, what they say, and how they stand on the page."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from dialog.ui import fields
from dialog.ui.forms import Form
from dialog.ui.parts import FileLine


def form_with(field, sent=None, files=None):
    form = type("OneField", (Form,), {"it": field})
    data = MultiValueDict({name: [value] for name, value in (sent or {}).items()})
    return form(data if sent is not None else None, files)


def drawn(form):
    return render_to_string("ui/field.html", {"field": form["it"], "kind": form["it"].kind})


class TestWords:
    def test_line_breaks_count_once_as_the_counter_says(self):
        form = form_with(fields.Words(max_length=3), {"it": "a\r\nb"})

        assert form.is_valid()
        assert form.cleaned_data["it"] == "a\nb"

    def test_too_long_is_told_by_how_much(self):
        form = form_with(fields.Words(max_length=3), {"it": "abcde"})

        assert form.errors["it"] == ["Teksten er 2 tegn for lang. Kort den ned litt."]

    def test_the_browser_never_cuts_a_text_off(self):
        assert "maxlength" not in drawn(form_with(fields.Words(max_length=3)))
        assert "maxlength" not in drawn(form_with(fields.Line(max_length=3)))

    def test_the_counter_says_how_much_room_there_is_without_scripts(self):
        page = drawn(form_with(fields.Words(max_length=500)))

        assert "Plass til 500 tegn" in page and 'data-counted="500"' in page


class TestDaysAndClocks:
    @pytest.mark.parametrize("typed", ["2026-12-24", "24.12.2026", "24.12.26", "24122026"])
    def test_a_date_may_be_typed_as_people_do(self, typed):
        form = form_with(fields.Day(), {"it": typed})

        assert form.is_valid() and form.cleaned_data["it"] == date(2026, 12, 24)

    @pytest.mark.parametrize("typed", ["9999-12-31", "0001-01-01", "24.12.0226"])
    def test_a_year_nobody_means_is_a_slip_of_the_finger(self, typed):
        form = form_with(fields.Day(), {"it": typed})

        assert form.errors["it"] == ["Skriv datoen slik: 24.12.2026."]

    def test_a_date_that_does_not_exist_is_shown_again_as_it_was_typed(self):
        form = form_with(fields.Day(), {"it": "31.02.2026"})

        page = drawn(form)

        assert form.errors["it"] == ["Skriv datoen slik: 24.12.2026."]
        assert 'type="text"' in page and 'value="31.02.2026"' in page

    def test_a_sound_date_is_shown_in_the_browsers_picker(self):
        page = drawn(form_with(fields.Day(), {"it": "2026-12-24"}))

        assert 'type="date"' in page and 'value="2026-12-24"' in page

    @pytest.mark.parametrize("typed", ["09:20", "9.20", "0920"])
    def test_a_clock_may_be_typed_as_people_do(self, typed):
        form = form_with(fields.Clock(), {"it": typed})

        assert form.is_valid() and form.cleaned_data["it"] == time(9, 20)


class TestNumbers:
    def test_an_amount_may_have_a_comma(self):
        form = form_with(fields.Amount(), {"it": "345,50"})

        assert form.is_valid() and form.cleaned_data["it"] == Decimal("345.50")

    def test_letters_in_a_number_are_told_in_plain_words(self):
        form = form_with(fields.Number(), {"it": "tre"})

        assert form.errors["it"] == ["Skriv bare tall, uten bokstaver."]


class TestChoices:
    def test_a_choice_may_have_a_line_of_explanation(self):
        choices = fields.options([("a", "På kontoret", "20 minutter")])

        page = drawn(form_with(fields.Choice(label="Hvor?", choices=choices)))

        assert "<fieldset" in page and "<legend" in page
        assert "På kontoret" in page and "20 minutter" in page

    def test_optional_is_said_and_nothing_is_starred(self):
        page = drawn(form_with(fields.Line(label="Navn", required=False)))

        assert "valgfritt" in page and "*" not in page

    def test_a_price_one_has_not_agreed_to_stops_the_form(self):
        form = form_with(fields.Check(label="Jeg godtar", required=True), {})

        assert form.errors["it"] == ["Kryss av her for å gå videre."]


class TestFiles:
    @pytest.mark.parametrize(("language", "words"), [("nb", "Opptil 5"), ("en", "Up to 5")])
    def test_how_much_there_is_room_for_is_said_in_the_readers_language(self, language, words):
        form = form_with(fields.Files(help_text="Et skjema."))

        with translation.override(language):
            page = drawn(form)

        assert words in page

    def pictures(self, *names, content=b"x"):
        return MultiValueDict({"it": [SimpleUploadedFile(name, content) for name in names]})

    def test_several_files_come_along_with_those_kept_from_before(self):
        form = form_with(fields.Files(), {"it_kept": "a1"}, self.pictures("b.jpg", "c.pdf"))

        assert form.is_valid()
        assert [file.name for file in form.cleaned_data["it"].new] == ["b.jpg", "c.pdf"]
        assert form.cleaned_data["it"].kept == ("a1",)

    def test_kept_files_count_against_the_cap(self):
        form = form_with(fields.Files(most=2), {"it_kept": "a1"}, self.pictures("b.jpg", "c.jpg"))

        assert form.errors["it"] == ["Du kan legge ved 2 filer. Fjern noen og prøv igjen."]

    def test_an_empty_file_is_told(self):
        form = form_with(fields.Files(), {}, self.pictures("b.jpg", content=b""))

        assert form.errors["it"] == ["En av filene er tom. Velg den på nytt."]

    def test_no_file_is_no_fault_unless_one_is_asked_for(self):
        free, asked = form_with(fields.Files(), {}), form_with(fields.Files(required=True), {})

        assert free.is_valid() and not free.cleaned_data["it"]
        assert asked.errors["it"] == ["Legg ved minst én fil."]

    def test_kept_files_are_listed_with_a_box_each(self):
        form = form_with(fields.Files(label="Bilder"), {})
        form.fields["it"].kept = [("a1", FileLine(href="#", name="kne.jpg", size=2048))]

        page = drawn(form)

        assert 'name="it_kept" value="a1"' in page and "kne.jpg" in page and "checked" in page
