"""A patient takes out all that is theirs: what is in it, and what is not (R227)."""

import pytest
from django.test import Client

from dialog.conversations import actions
from dialog.demo.cast import Cast, number
from dialog.econsultations import actions as econsultations
from dialog.portal.own_copy import archive
from dialog.portal.views import own_copy
from dialog.renewals import actions as renewals
from dialog.renewals.policy import ItemVerb, Reason
from tests.appointments.people_and_times import booked
from tests.counting import questions
from tests.doors import post
from tests.econsultations.asked import CARD, asked
from tests.people.on_lists import enquiry
from tests.portal.own_copies import (
    PAGE,
    SENSITIVE,
    Copy,
    nobody_has_taken_any,
    taken,
    with_a_picture,
)
from tests.renewals.prescribed import ask, lines, prescribe

__all__ = ["nobody_has_taken_any"]
pytestmark = pytest.mark.usefixtures("nobody_has_taken_any")


class TestEverything:
    def test_it_has_what_was_written_the_files_and_the_log_on_paper_and_for_machines(
        self, cast: Cast, as_kari: Client
    ) -> None:
        one = with_a_picture(cast.kari)
        actions.reply(by=cast.siri, conversation_id=one.id, text="Klokka åtte.")

        copy = taken(as_kari)

        assert copy.names == ["les-meg.txt", "vedlegg/001-1.png", "kopi.pdf", "data.json"]
        (matter,) = copy.conversations
        said = [(message["author"], message["text"]) for message in matter["messages"]]
        assert said[0] == ("Kari Nordmann", "Når åpner dere?")
        assert said[1][1] == "Klokka åtte."
        (file,) = matter["messages"][0]["files"]
        assert (file["name"], file["path"]) == (SENSITIVE, "vedlegg/001-1.png")
        assert len(copy.files[file["path"]]) == file["size"]
        assert f"Vedlegg: {SENSITIVE} (" in copy.paper and file["path"] in copy.paper
        assert "Når åpner dere?" in copy.paper and "Klokka åtte." in copy.paper
        what = [line["what"] for line in copy.exact["log"]]
        assert what[0] == "Tok ut en kopi av samtalene og loggen"
        assert "Startet en samtale" in what
        assert "Startet en samtale" in copy.paper

    def test_it_has_what_was_decided(self, cast: Cast, as_kari: Client) -> None:
        econsultation = asked(cast.kari)
        econsultations.complete(by=cast.lund, conversation_id=econsultation.id, card=CARD)
        renewal = ask(cast.kari, prescribe(cast, cast.kari, "Metoprolol"))
        (line,) = lines(cast.lund, renewal)
        no = renewals.Decision(
            item_id=line.id, verb=ItemVerb.DECLINE, reason=Reason.OTHER, explanation="Du har nok."
        )
        renewals.decide(by=cast.lund, conversation_id=renewal, decisions=[no])
        booked(cast.kari)

        copy = taken(as_kari)

        own = {one["kind"]: one for one in copy.conversations}
        assert own["econsultation"]["econsultation"]["card"]["what_you_do"] == CARD.what_you_do
        assert own["renewal"]["renewal"]["lines"][0]["explanation"] == "Du har nok."
        assert own["renewal"]["renewal"]["lines"][0]["status"] == "declined"
        assert own["appointment"]["appointment"]["starts"].endswith("+00:00")
        assert CARD.what_you_do in copy.paper and "Du har nok." in copy.paper

    def test_no_name_and_no_byte_outside_tells_whose_it_is_or_what_is_in_it(
        self, cast: Cast, as_kari: Client
    ) -> None:
        with_a_picture(cast.kari)

        answer = post(as_kari, PAGE, what="alt")
        copy = Copy(answer)

        outside = answer.headers["Content-Disposition"] + " ".join(copy.names)
        assert "klamydia" not in outside and "Nordmann" not in outside
        assert number("kari").encode() not in b"".join(copy.files.values())
        assert answer.headers["Cache-Control"] == "no-store"

    def test_who_has_nothing_gets_a_copy_that_says_so(self, as_bjarne: Client) -> None:
        copy = taken(as_bjarne)

        assert copy.conversations == []
        assert copy.names == ["les-meg.txt", "kopi.pdf", "data.json"]

    def test_much_is_several_files(
        self, cast: Cast, as_kari: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(archive, "MOST_SIGNS", 600)
        monkeypatch.setattr(archive, "LINES", 2)
        for _one in range(4):
            enquiry(cast.kari)

        copy = taken(as_kari)

        papers = [name for name in copy.names if name.endswith(".pdf")]
        assert papers[:2] == ["kopi-1.pdf", "kopi-2.pdf"]
        assert copy.paper.count("Når åpner dere?") == len(copy.conversations) == 4
        assert copy.paper.count("Startet en samtale") == 4

    def test_each_matter_more_costs_the_same(self, cast: Cast, as_kari: Client) -> None:
        costs = []
        for _one in range(4):
            enquiry(cast.kari)
            costs.append(questions(lambda: taken(as_kari)))

        # The first request of a while also keeps its reader signed in.
        assert costs[3] - costs[2] == costs[2] - costs[1] < 10

    def test_no_more_is_read_than_what_is_sent(
        self, cast: Cast, as_kari: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        read: list[object] = []
        thread = archive.queries.thread
        monkeypatch.setattr(
            archive.queries, "thread", lambda by, id: read.append(id) or thread(by, id)
        )
        for _one in range(3):
            with_a_picture(cast.kari)

        sent = iter(post(as_kari, PAGE, what="alt"))
        while b"vedlegg/001-1.png" not in next(sent):
            pass

        assert len(read) == 1


class TestOnlySome:
    def test_one_conversation_with_its_files(self, cast: Cast, as_kari: Client) -> None:
        enquiry(cast.kari)
        one = with_a_picture(cast.kari)

        copy = taken(as_kari, "samtale", matter=str(one.id))

        assert [matter["id"] for matter in copy.conversations] == [str(one.id)]
        assert "log" not in copy.exact
        assert "vedlegg/001-1.png" in copy.names
        assert "Lagret en kopi av samtalen" in as_kari.get("/innsyn").content.decode()

    def test_only_the_log(self, cast: Cast, as_kari: Client) -> None:
        enquiry(cast.kari)

        copy = taken(as_kari, "logg")

        assert "conversations" not in copy.exact
        assert copy.exact["log"][0]["kind"] == "LogTaken"
        assert "Når åpner dere?" not in copy.paper

    def test_the_page_of_a_conversation_leads_to_its_copy(
        self, cast: Cast, as_kari: Client
    ) -> None:
        one = enquiry(cast.kari)
        address = f"{PAGE}?samtale={one.id}"

        assert address in as_kari.get(f"/meldinger/{one.id}").content.decode()
        assert f'<option value="{one.id}" selected>' in as_kari.get(address).content.decode()

    def test_which_conversation_must_be_said(self, cast: Cast, as_kari: Client) -> None:
        enquiry(cast.kari)

        answer = post(as_kari, PAGE, what="samtale")

        assert answer.status_code == 422
        assert "Velg hvilken samtale" in answer.content.decode()

    def test_an_old_one_is_chosen_from_its_own_page(
        self, cast: Cast, as_kari: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(own_copy, "MOST_LISTED", 0)
        one = enquiry(cast.kari)

        assert "Hvilken samtale?" not in as_kari.get(PAGE).content.decode()
        assert "Hvilken samtale?" not in as_kari.get(f"{PAGE}?samtale=tull").content.decode()
        copy = taken(as_kari, "samtale", matter=str(one.id))

        assert [matter["id"] for matter in copy.conversations] == [str(one.id)]

    def test_somebody_elses_cannot_be_chosen(self, cast: Cast, as_per: Client) -> None:
        one = enquiry(cast.kari)
        enquiry(cast.per)

        answer = post(as_per, PAGE, what="samtale", matter=str(one.id))

        assert answer.status_code == 422
