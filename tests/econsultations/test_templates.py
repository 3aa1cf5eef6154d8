"""Texts to use again: whose they are, what they may hold, and who may change them."""

import pytest

from dialog import rows
from dialog.actor import Actor
from dialog.demo.cast import Cast
from dialog.econsultations import actions, queries
from dialog.econsultations.models import Template
from dialog.econsultations.policy import TemplateKind, fill
from dialog.errors import InvalidInput, NotAllowed, NotFound
from dialog.ledger.models import Entry
from tests.econsultations.asked import asked


def saved(by: Actor, *, own: bool = False, title: str = "Ring oss") -> Template:
    return actions.save_template(
        by=by,
        kind=TemplateKind.WHEN_AND_WHERE,
        title=title,
        text="Ring {legekontor} på {telefon}, {fornavn}.",
        own=own,
    )


def titles(by: Actor) -> list[str]:
    with rows.seeing(account=by.account_id, patient=by.patient_id, practice=by.practice_id):
        return [one.title for one in queries.templates(by)]


class TestSaveTemplate:
    def test_the_practices_are_for_everybody_there_and_nobody_else(self, cast: Cast) -> None:
        saved(cast.siri)

        assert titles(cast.lund) == titles(cast.siri) == ["Ring oss"]
        assert titles(cast.berg) == titles(cast.kari) == []

    def test_a_doctors_own_is_nobody_elses(self, cast: Cast) -> None:
        saved(cast.lund, own=True)

        assert titles(cast.lund) == ["Ring oss"]
        assert titles(cast.siri) == []

    def test_ones_own_come_first(self, cast: Cast) -> None:
        saved(cast.lund, title="A")
        saved(cast.lund, own=True, title="B")

        assert titles(cast.lund) == ["B", "A"]

    def test_it_can_be_changed(self, cast: Cast) -> None:
        template = saved(cast.lund)

        actions.save_template(
            by=cast.lund,
            kind=TemplateKind.DECLINE,
            title="Må sees",
            text="Hei {fornavn}.",
            own=True,
            template_uuid=template.uuid,
        )

        with rows.seeing(practice=cast.lund.practice_id):
            (view,) = queries.templates(cast.lund, TemplateKind.DECLINE)
        assert (view.title, view.text, view.own) == ("Må sees", "Hei {fornavn}.", True)

    def test_it_is_recorded_without_its_words(self, cast: Cast) -> None:
        template = saved(cast.lund)

        with rows.seeing(practice=cast.lund.practice_id):
            entry = Entry.objects.get(kind="TemplateSaved")
        assert entry.details == {
            "template_id": str(template.uuid),
            "template_kind": "when_and_where_to_contact",
        }

    @pytest.mark.parametrize(
        ("title", "text", "field"),
        [
            (" ", "Hei", "title"),
            ("x" * 61, "Hei", "title"),
            ("Hei", " ", "text"),
            ("Hei", "x" * 2001, "text"),
            ("Hei", "Du har {diagnose}.", "text"),
        ],
    )
    def test_what_cannot_be_used_is_said_at_its_field(
        self, cast: Cast, title: str, text: str, field: str
    ) -> None:
        with pytest.raises(InvalidInput) as refused:
            actions.save_template(
                by=cast.lund, kind=TemplateKind.ANSWER, title=title, text=text, own=True
            )

        assert refused.value.field == field

    @pytest.mark.parametrize(
        ("who", "own"), [("siri", True), ("nina", True), ("nina", False), ("kari", False)]
    )
    def test_not_by_those_who_do_not_decide(self, cast: Cast, who: str, own: bool) -> None:
        with pytest.raises(NotAllowed):
            saved(getattr(cast, who), own=own)

    def test_nobody_makes_the_practices_text_their_own_without_deciding_over_it(
        self, cast: Cast
    ) -> None:
        template = saved(cast.lund)

        with pytest.raises(NotAllowed):
            actions.save_template(
                by=cast.nina,
                kind=TemplateKind.ANSWER,
                title="Min",
                text="Hei",
                own=False,
                template_uuid=template.uuid,
            )

    def test_a_stranger_does_not_find_it(self, cast: Cast) -> None:
        template = saved(cast.lund)

        with pytest.raises(NotFound):
            actions.save_template(
                by=cast.berg,
                kind=TemplateKind.ANSWER,
                title="Min",
                text="Hei",
                own=False,
                template_uuid=template.uuid,
            )


class TestRemoveTemplate:
    def test_it_is_gone(self, cast: Cast) -> None:
        template = saved(cast.lund)

        actions.remove_template(by=cast.siri, template_uuid=template.uuid)

        assert titles(cast.lund) == []

    @pytest.mark.parametrize("who", ["siri", "berg", "kari"])
    def test_a_doctors_own_is_not_found_by_others(self, cast: Cast, who: str) -> None:
        template = saved(cast.lund, own=True)

        with pytest.raises(NotFound):
            actions.remove_template(by=getattr(cast, who), template_uuid=template.uuid)

        assert titles(cast.lund) == ["Ring oss"]

    def test_not_by_those_who_do_not_decide(self, cast: Cast) -> None:
        template = saved(cast.lund)

        with pytest.raises(NotAllowed):
            actions.remove_template(by=cast.nina, template_uuid=template.uuid)


def test_a_template_is_filled_in_for_the_conversation(cast: Cast) -> None:
    conversation = asked(cast.kari)

    with rows.seeing(account=cast.lund.account_id, practice=cast.lund.practice_id):
        words = queries.words_for(cast.lund, conversation.id)

    assert fill("Hei {fornavn}, hilsen {lege} på {telefon}", words) == (
        "Hei Kari, hilsen Ingrid Lund på 22334455"
    )
