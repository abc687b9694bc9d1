"""Workbook cells as the reader child hands them over, and the text that a person sees in them."""

import re
import unicodedata

# Text, number, truth value, nothing, or a list: ["d", "2026-11-20"] date, ["dt", …] date and
# time, ["t", …] time or duration, ["e", "#DIV/0!"] error cell, ["f", ""] formula without value.
Cell = str | int | float | bool | None | list[str]

_NOT_ALNUM = re.compile(r"[^A-Z0-9]+")
_ERROR_WORDS = frozenset(
    {"#N/A", "#REF!", "#DIV/0!", "#NAME?", "#VALUE!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)
_OFFICE_ERROR = re.compile(r"ERR:5\d\d")
_ERROR_STARTS = ("#", "E", "e", " ")
_BLANK_SIGNS = frozenset({"", "-", "--", "–", "—", "."})


def is_error_text(text: str) -> bool:
    """Say whether a text is the error that a spreadsheet prints, as in #N/A or Err:502."""
    if text[:1] not in _ERROR_STARTS:
        return False
    word = text.strip().upper()
    return word in _ERROR_WORDS or bool(_OFFICE_ERROR.fullmatch(word))


def tidy(text: str) -> str:
    """Give a text on one line with single spaces, control and invisible marks dropped."""
    if not text.isprintable():
        kept = (
            c if unicodedata.category(c)[0] != "C" else " " if c.isspace() else "" for c in text
        )
        text = "".join(kept)
    return " ".join(text.split())


def number_text(number: float) -> str:
    """Write a number cell the way the sheet shows it: 5.0 is 5."""
    if float(number).is_integer():
        return str(int(number))
    return str(number)


def cell_text(cell: Cell) -> str:
    """Give what a person reads in a cell; a formula without stored value reads as nothing."""
    if isinstance(cell, str):
        return tidy(cell)
    if isinstance(cell, list):
        return cell[1]
    if cell is None:
        return ""
    return number_text(cell)


def is_empty(cell: Cell) -> bool:
    """Say whether nothing but spaces is in a cell."""
    return cell is None or (isinstance(cell, str) and not tidy(cell))


def stands_for_nothing(text: str) -> bool:
    """Say whether a tidy text is what clerks type into a field that they leave open."""
    return text in _BLANK_SIGNS


def label_key(text: str) -> str:
    """Give a heading or a list word as bare capitals and digits, for comparison."""
    return _NOT_ALNUM.sub("", unicodedata.normalize("NFKC", text).upper())
