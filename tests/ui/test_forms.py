"""Forms: every word kept, the refusal at its field, what was changed undone."""

import re
from functools import partial

import pytest
from django.db import connection
from django.template.loader import render_to_string

from dialog import errors
from dialog.rows import once_more_on_deadlock
from dialog.ui import fields
from dialog.ui.forms import Form, show, submit


class Asking(Form):
    text = fields.Words(label="Tekst", max_length=10, help_text="Kort.")
    way = fields.Choice(label="Måte", choices=[("a", "A"), ("b", "B")], required=False)


def refusing(error):
    def act(**words):
        raise error

    return act


def drawn(form, name):
    return render_to_string("ui/field.html", {"field": form[name], "kind": form[name].kind})


@pytest.mark.usefixtures("db")
class TestSubmit:
    def test_a_valid_form_runs_the_action_with_its_words(self):
        form = Asking({"text": "Hei", "way": "a"})

        result = submit(form, lambda **words: words)

        assert result == {"text": "Hei", "way": "a"}
        assert form.done and form.status == 200

    def test_an_invalid_form_never_reaches_the_action(self):
        form = Asking({"text": ""})

        result = submit(form, refusing(AssertionError("reached")))

        assert result is None and not form.done
        assert form.status == 422

    @pytest.mark.parametrize(
        "error",
        [
            errors.WrongState(),
            errors.SlotTaken(),
            errors.ServiceOff(),
            errors.AlreadyRequested(),
            errors.InvalidInput(),
            errors.SlotsOverlap(),
        ],
        ids=lambda error: error.code,
    )
    def test_a_refusal_becomes_the_forms_notice_with_its_own_status(self, error):
        form = Asking({"text": "Hei"})

        result = submit(form, refusing(error))

        page = render_to_string("ui/problems.html", {"form": form})
        assert result is None and form.status == error.status
        assert str(error.sentence) in page

    def test_a_refusal_that_names_a_field_stands_at_that_field(self):
        form = Asking({"text": "Hei"})

        submit(form, refusing(errors.InvalidInput("Si det på en annen måte.", field="text")))

        assert form.errors == {"text": ["Si det på en annen måte."]}
        assert "Si det på en annen måte." in drawn(form, "text")
        assert form.status == 422

    def test_a_refusal_that_names_a_field_of_another_form_is_still_said(self):
        form = Asking({"text": "Hei"})

        submit(form, refusing(errors.InvalidInput("Feil fil.", field="attachments")))

        assert "Feil fil." in render_to_string("ui/problems.html", {"form": form})

    def test_a_stranger_is_not_told_by_the_form_but_by_the_house(self):
        form = Asking({"text": "Hei"})

        with pytest.raises(errors.NotFound):
            submit(form, refusing(errors.NotFound()))

    @pytest.mark.parametrize("how", [lambda act: act, once_more_on_deadlock], ids=["", "again"])
    def test_what_the_action_changed_before_it_refused_is_undone(self, how):
        @how
        def act(**words):
            with connection.cursor() as cursor:
                cursor.execute("CREATE TEMPORARY TABLE written (id int)")
            raise errors.WrongState

        submit(Asking({"text": "Hei"}), partial(act, more=1))

        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('pg_temp.written')")
            assert cursor.fetchone() == (None,)

    def test_every_word_is_kept_when_the_form_is_refused(self):
        form = Asking({"text": "<b>Hei", "way": "b"})

        submit(form, refusing(errors.WrongState()))

        assert "&lt;b&gt;Hei</textarea>" in drawn(form, "text")
        assert re.findall(r'value="(.)"[^>]*checked', drawn(form, "way")) == ["b"]


class TestProblems:
    def test_each_problem_leads_to_its_field_in_the_order_of_the_page(self):
        form = Asking({"text": "for mange tegn", "way": "x"})

        problems = form.problems

        assert [problem.place for problem in problems] == ["id_text", "id_way_0"]

    def test_the_error_is_wired_to_the_field_for_those_who_listen(self):
        page = drawn(Asking({"text": ""}), "text")

        assert 'aria-invalid="true"' in page
        assert 'aria-describedby="id_text_helptext id_text_error id_text_count"' in page
        assert 'id="id_text_error"' in page and 'id="id_text_count"' in page


class TestShow:
    def test_a_page_without_a_form_is_an_ordinary_page(self, rf):
        assert show(rf.get("/"), "ui/refusal.html", error=errors.NotFound()).status_code == 200

    def test_a_fresh_form_is_an_ordinary_page(self, rf):
        assert show(rf.get("/"), "ui/problems.html", Asking()).status_code == 200
