"""What is locked is held against what is known, and what nobody told is not called in order."""

import json
import re
from collections import Counter
from datetime import date

import httpx
import pytest

from tools import audit, locked, registries
from tools.locked import Kind, Package, Use
from tools.registries import Answer, Unreachable

TODAY = date(2026, 11, 28)
DJANGO = Package(Kind.PYTHON, "django", "5.2.19", Use.RUN)
HTMX = Package(Kind.FRONT_END, "htmx.org", "4.0.1", Use.RUN)
FOUND = {"id": "PYSEC-2026-7", "aliases": ["CVE-2026-7"], "withdrawn": None}
EXACT, NEWEST = "i/pypi/django/5.2.19/json", "i/pypi/django/json"
HEAD = "package,version,finding,reason,until\n"


def python_told(pages):
    return registries.about_python(pages.get, "i", DJANGO)


def newest(version, *, files=({"yanked": False},), found=()):
    return {
        "info": {"version": version},
        "releases": {"5.2.19": list(files)},
        "vulnerabilities": list(found),
    }


class TestWhatAPackageIndexTells:
    def test_of_the_very_version(self):
        told = python_told({EXACT: {"vulnerabilities": [FOUND], "urls": [{"yanked": False}]}})

        assert told == Answer("django", "5.2.19", (("PYSEC-2026-7", "CVE-2026-7"),))

    def test_what_was_taken_back_is_not_a_finding(self):
        gone = {**FOUND, "withdrawn": "2026-11-01T00:00:00Z"}

        assert python_told({EXACT: {"vulnerabilities": [gone], "urls": []}}).findings == ()

    @pytest.mark.parametrize("page", [EXACT, NEWEST])
    def test_a_version_that_was_yanked(self, page):
        files = [{"yanked": True}]
        told = {**newest("5.2.19", files=files), "urls": files}

        assert python_told({page: told}).findings == (("yanked",),)

    def test_of_the_newest_version_where_that_is_the_locked_one(self):
        told = python_told({NEWEST: newest("5.2.19", found=[FOUND])})

        assert told.findings == (("PYSEC-2026-7", "CVE-2026-7"),) and not told.untold

    def test_of_another_version_which_says_nothing_of_ours(self):
        told = python_told({NEWEST: newest("6.1.3", found=[FOUND])})

        assert told == Answer("django", "5.2.19", (), registries.NEWEST_ONLY)

    def test_a_version_that_is_gone(self):
        told = python_told({NEWEST: newest("6.1.3", files=())})

        assert told.findings == (("gone from the index",),)

    @pytest.mark.parametrize("pages", [{}, {EXACT: {"urls": [{"yanked": False}]}}])
    def test_nothing_which_is_not_the_same_as_nothing_wrong(self, pages):
        assert python_told(pages).untold == registries.NO_WORD

    def test_nothing_of_what_everybody_knows(self):
        assert not registries.knows(lambda url: {"vulnerabilities": []}, "i")
        assert registries.knows(lambda url: {"vulnerabilities": [FOUND]}, "i")


class TestWhatTheFrontEndRegistryTells:
    @pytest.mark.parametrize(
        ("page", "findings"),
        [
            ({}, ()),
            ({"deprecated": "Use another"}, (("deprecated",),)),
            (None, (("gone from the registry",),)),
        ],
    )
    def test_of_a_version(self, page, findings):
        told = registries.about_front_end({"r/htmx.org/4.0.1": page}.get, "r", HTMX)

        assert told.findings == findings

    def test_an_audit_names_what_lies_where(self):
        places = {"node_modules/koa/node_modules/htmx.org": {"version": "4.0.1"}}
        advisory = {"source": 17, "url": "https://example.test/advisories/GHSA-a"}
        found = {"via": [advisory, "koa"], "nodes": list(places)}

        told = registries.audited({"vulnerabilities": {"htmx.org": found}}, places)

        answer = registries.with_audit(Answer("htmx.org", "4.0.1"), told)
        assert answer.findings == (("GHSA-a", "17"),) and not answer.untold

    def test_a_registry_without_an_audit_has_not_said_that_all_is_well(self):
        refused = {"message": "405 Method Not Allowed", "statusCode": 405}

        told = registries.audited(refused, {})

        answer = registries.with_audit(Answer("htmx.org", "4.0.1"), told)
        assert answer.untold == registries.NO_AUDIT


class TestAsking:
    def answer(self, monkeypatch, reply):
        monkeypatch.setattr(registries, "pip_index", lambda: "http://index.test")
        monkeypatch.setattr(registries, "npm_registry", lambda: "http://registry.test")
        monkeypatch.setattr(registries, "npm_audit", dict)
        monkeypatch.setattr(registries, "PAUSES", (0.0, 0.0))
        client = httpx.Client(transport=httpx.MockTransport(reply))
        monkeypatch.setattr(registries, "web", lambda: client)
        return registries.ask([DJANGO, HTMX])

    def test_everything_is_asked_about_at_once(self, monkeypatch):
        def reply(request):
            return httpx.Response(200, json={"vulnerabilities": [FOUND], "urls": []})

        django, htmx = self.answer(monkeypatch, reply)

        assert django.findings and htmx == Answer("htmx.org", "4.0.1")

    @pytest.mark.parametrize("trouble", [429, 503, httpx.ReadTimeout("slow")], ids=str)
    def test_a_registry_that_is_busy_for_a_moment_is_asked_again(self, monkeypatch, trouble):
        asked = Counter()

        def reply(request):
            asked[request.url] += 1
            if asked[request.url] < 3:
                if isinstance(trouble, Exception):
                    raise trouble
                return httpx.Response(trouble)
            return httpx.Response(200, json={"vulnerabilities": [FOUND], "urls": []})

        assert self.answer(monkeypatch, reply)[0].findings
        assert set(asked.values()) == {3}

    def test_an_index_that_tells_of_nothing_is_not_believed(self, monkeypatch):
        def reply(request):
            return httpx.Response(200, json={"vulnerabilities": [], "urls": []})

        assert self.answer(monkeypatch, reply)[0].untold == registries.NO_WORD

    @pytest.mark.parametrize(
        "reply",
        [
            lambda request: httpx.Response(503),
            lambda request: httpx.Response(200, text="<html>Sign in to this network"),
            lambda request: (_ for _ in ()).throw(httpx.ConnectError("no")),
        ],
        ids=["ill", "somebody else", "away"],
    )
    def test_a_registry_that_does_not_answer_is_named(self, monkeypatch, reply):
        with pytest.raises(Unreachable, match="registry"):
            self.answer(monkeypatch, reply)

    def test_pip_and_npm_say_where_they_look(self, monkeypatch):
        """Both are started, since it is their words that are read: two seconds."""
        monkeypatch.setenv("PIP_INDEX_URL", "https://index.test/python/simple/")
        monkeypatch.setenv("npm_config_registry", "https://registry.test/npm/")

        assert registries.pip_index() == "https://index.test/python"
        assert registries.npm_registry() == "https://registry.test/npm"


class TestJudging:
    ANSWERS = [Answer("django", "5.2.19", (("PYSEC-2026-7", "CVE-2026-7"),)), Answer("six", "1.0")]

    def judged(self, *lines, answers=ANSWERS):
        return audit.judged(answers, audit.accepted(HEAD + "\n".join(lines)), TODAY)

    def test_a_finding_is_named_with_all_its_names(self):
        assert self.judged() == ["django 5.2.19: PYSEC-2026-7 = CVE-2026-7"]

    @pytest.mark.parametrize("name", ["PYSEC-2026-7", "CVE-2026-7"])
    def test_a_finding_that_is_argued_is_let_be_until_its_day(self, name):
        assert self.judged(f"django,5.2.19,{name},We never call it.,2026-11-28") == []

    @pytest.mark.parametrize(
        ("line", "why"),
        [
            ("django,5.2.19,CVE-2026-7,We never call it.,2026-11-27", "was accepted until"),
            ("django,5.2.19,CVE-2026-7,We never call it.,2027-11-28", "more than 180 days"),
            ("django,5.2.19,CVE-2026-7, ,2026-12-01", "has no reason"),
        ],
    )
    def test_an_argument_that_does_not_hold_leaves_the_finding(self, line, why):
        finding, argument = self.judged(line)

        assert "CVE-2026-7" in finding and why in argument

    @pytest.mark.parametrize("line", ["six,1.0,CVE-1,No.,2026-12-01", "old,1,CVE-1,No.,2026-12-01"])
    def test_an_argument_about_nothing_is_to_be_taken_away(self, line):
        assert "take the line away" in self.judged(line, answers=[Answer("six", "1.0")])[0]

    def test_what_was_not_told_is_said_by_why(self):
        answers = [Answer("django", "5.2.19", (), "nobody knows"), Answer("six", "1.0")]

        said = audit.untold(answers)

        assert said == ["Not known to be in order: django 5.2.19; nobody knows."]

    def test_our_own_arguments_are_read(self):
        assert isinstance(audit.accepted(audit.ACCEPTED.read_text()), list)


class TestAskingOnceADay:
    @pytest.fixture
    def asked(self, monkeypatch, tmp_path):
        asked = []

        def ask(packages):
            asked.append(packages)
            return [Answer(one.name, one.version, (("a", "b"),)) for one in packages]

        monkeypatch.setattr(audit, "KEPT", tmp_path / "var" / "audit.json")
        monkeypatch.setattr(registries, "ask", ask)
        return asked

    def test_the_same_packages_are_asked_about_once(self, asked):
        first = audit.answered([DJANGO], TODAY)
        second = audit.answered([DJANGO], TODAY)

        assert first == second and len(asked) == 1

    def test_others_are_asked_about_anew_and_so_is_the_next_day(self, asked):
        audit.answered([DJANGO], TODAY)
        audit.answered([DJANGO, HTMX], TODAY)
        audit.answered([DJANGO, HTMX], date(2026, 11, 29))

        assert len(asked) == 3

    @pytest.mark.parametrize(("day", "enough"), [(5, True), (6, False)])
    def test_without_a_network_a_weeks_answers_do(self, asked, monkeypatch, day, enough):
        audit.answered([DJANGO], TODAY)
        monkeypatch.setattr(registries, "ask", unreachable)

        if enough:
            assert audit.answered([DJANGO], date(2026, 12, day))[1] == TODAY
        else:
            with pytest.raises(Unreachable):
                audit.answered([DJANGO], date(2026, 12, day))

    def test_nobody_to_ask_is_not_in_order(self, asked, monkeypatch, capsys):
        monkeypatch.setattr(registries, "ask", unreachable)

        assert audit.main() == 1
        assert "not audited" in capsys.readouterr().out


def unreachable(packages):
    raise Unreachable("no package registry answers (ConnectError).")


def test_everything_that_is_locked_is_asked_about():
    found = locked.everything()
    lists = "".join(path.read_text() for path in locked.LOCKS.glob("*.txt"))
    places = json.loads(locked.FRONT_END.read_text())["packages"]

    assert {(one.name, one.version) for one in found if one.kind is Kind.PYTHON} == set(
        re.findall(r"(?m)^([a-z0-9-]+)==(\S+)", lists)
    )
    assert {(one.name, one.version) for one in found if one.kind is Kind.FRONT_END} == {
        (place.split("node_modules/")[-1], about["version"])
        for place, about in places.items()
        if place
    }
