"""Good messages: each is taken, whatever words a patient uses."""

import struct
import zlib
from collections.abc import Callable

from certify import checks
from certify.scenario import Failed, Play, Scenario
from certify.trial import ADULT, CHILD, Trial
from dialog.interop.building import acting, coded
from dialog.interop.messages import Attachment
from dialog.interop.names import Process
from dialog.interop.writing import write

LETTERS = "Blåbær på Ærøya koster 10 € < 12 € & smaker «søtt» – čáppa, Müller, 😀"
SCRIPT = "Hei <script>alert('x')</script><img src=x onerror=alert('x')> & takk"
LONG = "Dette er en lang melding som skal komme helt fram. " * 400
FORMATTED = (
    '<div xmlns="http://www.w3.org/1999/xhtml"><p>Vondt i <b>kneet</b>.</p>'
    "<script>alert('x')</script></div>"
)
WORDS = {
    Process.ECONSULTATION: "Prøvemelding: jeg har hostet i to uker.",
    Process.ENQUIRY: "Prøvemelding: når åpner dere i morgen?",
    Process.RENEWAL: "Prøvemelding: Metoprolol 50 mg",
    Process.WISH: "Prøvemelding: jeg ønsker en time til kontroll.",
}
OK = "a receipt that says OK"


def good(process: Process, name: str, **content: object) -> Play:
    """A good message gets a receipt that says so."""

    def play(trial: Trial) -> str:
        extra = coded("8324", "AP", trial.known) if process is Process.RENEWAL else None
        said = {"text": WORDS[process], **content}
        trial.taken(trial.says(process, name, extra=extra, **said))
        return OK

    return play


def for_a_child(process: Process) -> Play:
    """A parent writes for a child."""

    def play(trial: Trial) -> str:
        child = trial.of_age(lambda years: years < CHILD, f"younger than {CHILD}")
        parent = trial.of_age(lambda years: years >= ADULT, f"{ADULT} or older")
        relation = acting(parent, "FO", trial.known)
        said = {"patient": child, "relation": relation, "text": WORDS[process]}
        trial.taken(trial.says(process, "Foresporsel", **said))
        return OK

    return play


def more_in_the_same_matter(process: Process) -> Play:
    """A patient writes more in a conversation."""

    def play(trial: Trial) -> str:
        first = trial.says(process, "Foresporsel", text=WORDS[process])
        trial.taken(first)
        said = {"answers": first.message, "text": "Prøvemelding: en ting til."}
        trial.taken(trial.says(process, "Svar", **said))
        return "a receipt that says OK for both"

    return play


def wish_that_changes(trial: Trial) -> str:
    """A wish, another wish instead, and none at all."""
    first = trial.says(Process.WISH, "OnskeReserver", text=WORDS[Process.WISH])
    trial.taken(first)
    for name in ("OnskeEndring", "OnskeAvbestill"):
        said = {"answers": first.message, "text": WORDS[Process.WISH]}
        trial.taken(trial.says(Process.WISH, name, **said))
    return "a receipt that says OK for all three"


def formatted_with_a_script(trial: Trial) -> str:
    """Formatted words with a script in them: taken without it, or refused."""
    message = trial.composed(Process.ENQUIRY, "Foresporsel", text="MARKUP")
    xml = write(message).replace(b"MARKUP", FORMATTED.encode())
    sent = trial.sends(message, xml)
    found = trial.receipt(sent)
    codes = {one.value for one in found.errors}
    if not found.taken and not codes & {"T02", "T99"}:
        raise Failed(
            "a receipt that says OK, or rejects with T02 or T99", checks.verdict(trial, found), sent
        )
    return OK if found.taken else "a receipt that rejects"


def picture() -> bytes:
    """A picture (PNG) of one grey point."""
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
        + _chunk(b"IDAT", zlib.compress(b"\x00\x80"))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + check


def _scenario(
    key: str, title: str, play: Callable[[Trial], str], process: Process, *names: str
) -> Scenario:
    return Scenario(
        key=key,
        title=title,
        expects="A receipt that says OK, with the right version, parties and OriginalMsgId.",
        play=play,
        uses=tuple((process, name) for name in names or ("Foresporsel",)),
    )


_E, _K, _R, _W = Process.ECONSULTATION, Process.ENQUIRY, Process.RENEWAL, Process.WISH
_FILE = {"files": (Attachment(content=picture(), mime_type="image/png", description="a.png"),)}
SCENARIOS = (
    _scenario("e-consultation", "An e-consultation", good(_E, "Foresporsel"), _E),
    _scenario("enquiry", "An enquiry", good(_K, "Foresporsel"), _K),
    _scenario("renewal", "A prescription to renew", good(_R, "Foresporsel"), _R),
    _scenario("wish", "A wish for a time", good(_W, "OnskeReserver"), _W, "OnskeReserver"),
    _scenario(
        "wish-changes",
        "A wish that is changed, then taken back",
        wish_that_changes,
        _W,
        *("OnskeReserver", "OnskeEndring", "OnskeAvbestill"),
    ),
    _scenario(
        "e-consultation-more",
        "More in the same e-consultation, with references to the first message",
        more_in_the_same_matter(_E),
        _E,
        *("Foresporsel", "Svar"),
    ),
    _scenario(
        "enquiry-more",
        "More in the same enquiry, with references to the first message",
        more_in_the_same_matter(_K),
        _K,
        *("Foresporsel", "Svar"),
    ),
    _scenario("child-e-consultation", "A parent writes for a child", for_a_child(_E), _E),
    _scenario("child-renewal", "A parent renews a child's prescription", for_a_child(_R), _R),
    _scenario("letters", "æ, ø, å and other letters", good(_K, "Foresporsel", text=LETTERS), _K),
    _scenario("markup", "Words that look like a script", good(_K, "Foresporsel", text=SCRIPT), _K),
    _scenario("long", "A long text", good(_E, "Foresporsel", text=LONG), _E),
    _scenario("attachment", "A picture", good(_E, "Foresporsel", **_FILE), _E),
    Scenario(
        key="formatted-script",
        title="Formatted words with a script inside",
        expects="Taken, and shown without the script; or rejected with T02 or T99.",
        play=formatted_with_a_script,
        uses=((_K, "Foresporsel"),),
    ),
)
