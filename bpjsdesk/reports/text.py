"""Clean text and break it into lines by measured widths; nothing here is markup."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from bpjsdesk.reports.theme import MM, REGULAR, Role, register_fonts, text_width

_SHORT_LINE = 0.16
_TIGHT_LINES = 2
_NARROWER = (0.97, 0.94, 0.91, 0.88, 0.85, 0.82, 0.78, 0.74)
# A space breaks a line, but not beside the signs of a sum: "JKK + JKM", "12 × Rp16.800".
_BREAKS = re.compile(r"(\n|(?<![+×=]) (?![+×=]))")
_UNKNOWN_LETTER = "\ufffd"
_HALVES = (0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
# Controls, bidi and other invisible marks, lone surrogates, private characters.
_DROPPED = frozenset(("Cc", "Cf", "Cs", "Co"))


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that may be emphasised."""

    text: str
    strong: bool = False


Rich = str | tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line ready to draw: (text, face) pieces and its width in millimetres."""

    pieces: tuple[tuple[str, str], ...]
    width: float

    @property
    def text(self) -> str:
        """Return the words of the line."""
        return "".join(piece for piece, _ in self.pieces)


def teks(raw: str) -> str:
    """Return text as every page prints it: NFC, no control or bidi marks, line breaks kept.

    A letter that the fonts do not have becomes a replacement mark, never a blank. Names come
    from workbooks of strangers; this is the one way into a page.
    """
    known = _known_letters()
    if raw.isprintable() and (
        raw.isascii() or (unicodedata.is_normalized("NFC", raw) and known.issuperset(raw))
    ):
        return raw
    kept = []
    for character in unicodedata.normalize("NFC", raw):
        category = unicodedata.category(character)
        if character == "\n" or category not in _DROPPED:
            is_break = character == "\n" or category in ("Zl", "Zp")
            kept.append("\n" if is_break else character if character in known else _UNKNOWN_LETTER)
        elif character in "\t\r\v\f":
            kept.append(" ")
    return "".join(kept)


def one_line(raw: str) -> str:
    """Return cleaned text without line breaks."""
    text = teks(raw)
    return " ".join(text.split("\n")) if "\n" in text else text


def wrap(rich: Rich, role: Role, room: float) -> list[Line]:
    """Break text into lines no wider than `room`; a longer word is cut, never dropped."""
    lines: list[Line] = []
    pieces: list[tuple[str, str]] = []
    used = 0.0
    space = text_width(" ", role.face, role.size)
    for word in _words(rich, role):
        if word is None:
            lines.append(_line(pieces, used))
            pieces, used = [], 0.0
            continue
        for part in _chopped(word, role, room):
            width = sum(text_width(text, face, role.size) for text, face in part)
            if pieces and used + space + width > room + 0.01:
                lines.append(_line(pieces, used))
                pieces, used = [], 0.0
            if pieces:
                pieces.append((" ", role.face))
                used += space
            pieces += part
            used += width
    lines.append(_line(pieces, used))
    return lines


@lru_cache(maxsize=1024)
def settle(rich: Rich, role: Role, room: float) -> tuple[Line, ...]:
    """Wrap without a lone short word at the end: a little narrower, never a line more."""
    lines = tuple(wrap(rich, role, room))
    if len(lines) == 1 or lines[-1].width >= _SHORT_LINE * room:
        return lines
    for share in _NARROWER:
        other = tuple(wrap(rich, role, room * share))
        if len(other) != len(lines):
            break
        if other[-1].width >= _SHORT_LINE * room:
            return other
    return lines


def shrink(text: str, role: Role, room: float) -> Role:
    """Return the role at the size at which the text fits on one line."""
    width = role.width(text)
    if width <= room:
        return role
    share = max(room, 0.1) / width
    return replace(role.sized(role.size * share), tracking=role.tracking * share)


@dataclass(frozen=True, slots=True)
class TightLine:
    """A line in a place of fixed height: size in points, shift of the baseline in mm."""

    text: str
    size: float
    shift: float = 0.0


def two_lines(text: str, role: Role, room: float) -> list[TightLine]:
    """Fit a text in one line down to 88 %, else in two even smaller lines; never cut it."""
    size = shrink(text, role, room).size
    if size >= role.size * 0.88:
        return [TightLine(text, size)]
    if size >= role.size * 0.80:
        return [TightLine(text, size)]
    size = role.size * 0.80
    while len(lines := wrap(text, role.sized(size), room)) > _TIGHT_LINES:
        size *= 0.97
    if len(lines) == 1:
        return [TightLine(lines[0].text, size)]
    for share in _HALVES:
        even = wrap(text, role.sized(size), room * share)
        if len(even) == len(lines):
            lines = even
            break
    gap = size * 1.08 / MM
    first = -gap / 2 - (role.size - size) * 0.35 / MM
    return [TightLine(line.text, size, first + n * gap) for n, line in enumerate(lines)]


@cache
def _known_letters() -> frozenset[str]:
    return frozenset(register_fonts()[REGULAR])


def _words(rich: Rich, role: Role) -> Iterator[list[tuple[str, str]] | None]:
    word: list[tuple[str, str]] = []
    for run in (Run(rich),) if isinstance(rich, str) else rich:
        face = role.strong if run.strong else role.face
        for mark in _BREAKS.split(teks(run.text)):
            if mark not in ("", " ", "\n"):
                word.append((mark, face))
                continue
            if mark and word:
                yield word
                word = []
            if mark == "\n":
                yield None
    if word:
        yield word


def _chopped(
    word: list[tuple[str, str]], role: Role, room: float
) -> Iterator[list[tuple[str, str]]]:
    width = sum(text_width(text, face, role.size) for text, face in word)
    if width <= room:
        yield word
        return
    for text, face in word:
        rest = text
        while text_width(rest, face, role.size) > room and len(rest) > 1:
            cut = _cut(rest, face, role.size, room)
            yield [(rest[:cut], face)]
            rest = rest[cut:]
        yield [(rest, face)]


def _cut(text: str, face: str, size: float, room: float) -> int:
    """Return how many characters fit, preferably up to a hyphen, slash or dot."""
    count = 1
    width = text_width(text[0], face, size)
    while count < len(text):
        width += text_width(text[count], face, size)
        if width > room:
            break
        count += 1
    mark = max(text.rfind(sign, 0, count) for sign in "-/._@") + 1
    return mark if mark > count / 2 else count


def _line(pieces: list[tuple[str, str]], width: float) -> Line:
    joined: list[tuple[str, str]] = []
    for text, face in pieces:
        if joined and joined[-1][1] == face:
            joined[-1] = (joined[-1][0] + text, face)
        else:
            joined.append((text, face))
    return Line(tuple(joined), width)
