"""Text as it can be printed: signs our fonts lack are replaced, and endless words can be broken."""

import re
import unicodedata
from functools import cache, lru_cache

import typst

FONT = "Libertinus Serif"
INSTEAD = "□"
# How many signs of rare writing systems one document may ask the fonts about.
MOST_RARE = 200

_KNOWN = r"\n -~\u00a0-\u00ac\u00ae-\u024f\u0391-\u03a1\u03a3-\u03c9\u2013-\u2026€"
_WELL_KNOWN = re.compile(f"[{_KNOWN}]")
# They choose between two looks of the sign before them, and have none of their own.
_VARIATION = re.compile(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_ENDLESS = re.compile(r"\S{60,}")
_HERE_IF_NEEDED = "\u200b"
_UNSURE = re.compile(f"[^{_KNOWN}{_HERE_IF_NEEDED}]+")
_PROBE = f'#set text(font: "{FONT}")\n#set document(title: "-")\n#sys.inputs.sign'.encode()


class Printable:
    """Makes the texts of one document printable, and remembers whether any sign was lost."""

    def __init__(self) -> None:
        self.lost = False
        self._rare: set[str] = set()

    def line(self, text: str) -> str:
        """One line, whatever breaks are in it."""
        return " ".join(self._shown(text).split())

    def lines(self, text: str) -> list[str]:
        """The lines of a text, without the empty ones."""
        return [line for paragraph in self.paragraphs(text) for line in paragraph]

    def paragraphs(self, text: str) -> list[list[str]]:
        """A text as paragraphs of lines, as its writer divided it."""
        stripped = [line.strip() for line in self._shown(text).split("\n")]
        found: list[list[str]] = [[]]
        for line in stripped:
            if line:
                found[-1].append(line)
            elif found[-1]:
                found.append([])
        return [paragraph for paragraph in found if paragraph]

    def _shown(self, text: str) -> str:
        even = unicodedata.normalize("NFC", re.sub(r"\r\n?|[\x0b\x0c\u2028\u2029]", "\n", text))
        seen = "".join(sign for sign in even.replace("\t", " ") if not _is_hidden(sign))
        kept = "".join(self._drawn(sign) for sign in _with_their_marks(seen))
        once = re.sub(f"{INSTEAD}+", INSTEAD, kept) if self.lost else kept
        return _ENDLESS.sub(lambda word: _breakable(word[0]), once)

    def _drawn(self, sign: str) -> str:
        """A sign with its marks; a font may have each of them and not be able to put them together,
        and then what can be read without its marks is.
        """
        if _WELL_KNOWN.fullmatch(sign) or self._can_be_shown(sign):
            return sign
        self.lost = True
        return self._drawn(sign[0]) + INSTEAD if len(sign) > 1 else INSTEAD

    def _can_be_shown(self, sign: str) -> bool:
        if unicodedata.east_asian_width(sign[0]) in "WF" or _is_mark(sign[0]):
            return False
        if len(self._rare) < MOST_RARE:
            self._rare.add(sign)
        return sign in self._rare and _has_glyph(sign)


@cache
def fonts() -> typst.Fonts:
    """The fonts that come with typst and no others, read once: reading them takes longer than to
    print a letter with them.
    """
    return typst.Fonts(include_system_fonts=False)


@lru_cache(maxsize=4096)
def _has_glyph(sign: str) -> bool:
    """Whether the fonts that come with typst can draw a sign; the strict standard says when not."""
    try:
        typst.compile(
            _PROBE,
            format="pdf",
            font_paths=fonts(),
            sys_inputs={"sign": sign},
            pdf_standards=["ua-1"],
        )
    except typst.TypstError:
        return False
    return True


def only_well_known(text: str) -> str:
    """A text as it can always be printed: whatever is not in every font is replaced."""
    return _UNSURE.sub(INSTEAD, text)


def _is_hidden(sign: str) -> bool:
    return sign != "\n" and (unicodedata.category(sign)[0] == "C" or bool(_VARIATION.match(sign)))


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign)[0] == "M"


def _with_their_marks(text: str) -> list[str]:
    """The signs of a text, each with the marks that belong to it."""
    found: list[str] = []
    for sign in text:
        if found and _is_mark(sign) and not found[-1].isspace():
            found[-1] += sign
        else:
            found.append(sign)
    return found


def _breakable(word: str) -> str:
    signs = _with_their_marks(word)
    pieces = ("".join(signs[at : at + 30]) for at in range(0, len(signs), 30))
    return _HERE_IF_NEEDED.join(pieces)
