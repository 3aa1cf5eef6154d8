"""The report: one page (HTML) to read on any screen, and JUnit XML for machines.

It holds ids, codes, times and our own words; nothing of what the vendor's system wrote.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from lxml import etree

from certify.scenario import Outcome, Result

OSLO = ZoneInfo("Europe/Oslo")
SIGNS = {Outcome.PASSED: "✓", Outcome.FAILED: "✗", Outcome.NOT_RUN: "–"}
STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 46rem; padding: 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1.125rem; margin: 2rem 0 .5rem; }
article { border-left: .375rem solid #767676; margin: 0 0 1rem; padding: .25rem 0 .25rem .75rem; }
article.failed { border-color: #c3362b; }
article.passed { border-color: #1e7e45; }
h3 { font-size: 1rem; margin: 0; }
dl { display: grid; gap: 0 .75rem; grid-template-columns: max-content 1fr; margin: .25rem 0 0; }
dt { font-weight: 600; }
dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; } }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is told: who was tested by whom, when, how each went, and what came unasked."""

    her_id: int
    name: str
    portal: int
    begun: datetime
    ended: datetime
    results: Sequence[Result]
    oddities: Sequence[tuple[datetime, str]] = ()

    def count(self, outcome: Outcome) -> int:
        """How many went so."""
        return sum(one.outcome is outcome for one in self.results)

    @property
    def summary(self) -> str:
        """All in a line."""
        return ", ".join(f"{self.count(one)} {one}" for one in Outcome)


def html(report: Report) -> str:
    """The page: what failed first."""
    title = f"{report.name}, HER-id {report.her_id}: {report.summary}"
    took = (report.ended - report.begun).total_seconds()
    parts = [
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>",
        f"<h1>{escape(report.name)}, HER-id {report.her_id}</h1>",
        f"<p><strong>{report.summary}.</strong> Tested by HER-id {report.portal}, "
        f"{_day(report.begun)}, in {took:.0f} s.</p>",
    ]
    for outcome in (Outcome.FAILED, Outcome.NOT_RUN, Outcome.PASSED):
        found = [one for one in report.results if one.outcome is outcome]
        if found:
            parts.append(f"<h2>{outcome.capitalize()}: {len(found)}</h2>")
            parts.extend(_article(one) for one in found)
    if report.oddities:
        parts.append("<h2>What came besides</h2><ul>")
        parts.extend(f"<li>{_clock(at)} {escape(words)}</li>" for at, words in report.oddities)
        parts.append("</ul>")
    return "\n".join([*parts, "</main></body></html>", ""])


def junit(report: Report) -> bytes:
    """The same as JUnit XML."""
    suite = etree.Element(
        "testsuite",
        name=f"certify {report.her_id}",
        tests=str(len(report.results)),
        failures=str(report.count(Outcome.FAILED)),
        skipped=str(report.count(Outcome.NOT_RUN)),
        errors="0",
        timestamp=report.begun.isoformat(timespec="seconds"),
        time=f"{(report.ended - report.begun).total_seconds():.3f}",
    )
    for one in report.results:
        case = etree.SubElement(
            suite,
            "testcase",
            classname="certify",
            name=one.scenario.key,
            time=f"{one.took:.3f}",
        )
        if one.outcome is Outcome.FAILED:
            failure = etree.SubElement(case, "failure", message=one.came)
            failure.text = f"Expected: {one.expected}\nCame: {one.came}"
        elif one.outcome is Outcome.NOT_RUN:
            etree.SubElement(case, "skipped", message=one.came)
        etree.SubElement(case, "system-out").text = "\n".join(_more(one))
    return bytes(etree.tostring(suite, encoding="UTF-8", xml_declaration=True, pretty_print=True))


def _article(one: Result) -> str:
    kind = one.outcome.replace(" ", "-")
    rows = [("Expected", one.expected), ("Came", one.came)]
    if one.scenario.person:
        rows.append(("By a person", one.scenario.person))
    rows += [("When", f"{_clock(one.begun)}, {one.took:.1f} s")]
    rows += [("Remark", words) for words in one.remarks]
    rows += [("MsgId", ", ".join(_ids(one)))] if one.sent else []
    said = "".join(f"<dt>{name}</dt><dd>{escape(words)}</dd>" for name, words in rows)
    title = f"{SIGNS[one.outcome]} {one.outcome.capitalize()}: {one.scenario.title}"
    return f'<article class="{kind}"><h3>{escape(title)}</h3><dl>{said}</dl></article>'


def _more(one: Result) -> Iterator[str]:
    yield one.scenario.title
    yield from (f"Remark: {words}" for words in one.remarks)
    yield from (f"MsgId {words}" for words in _ids(one))


def _ids(one: Result) -> Iterable[str]:
    return dict.fromkeys(sent.id for sent in one.sent)


def _day(at: datetime) -> str:
    return f"{at.astimezone(OSLO):%Y-%m-%d %H:%M}"


def _clock(at: datetime) -> str:
    return f"{at.astimezone(OSLO):%H:%M:%S}"
