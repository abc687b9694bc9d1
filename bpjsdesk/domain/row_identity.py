"""Read the cells that name a person, NIK, name and telephone, and note what is wrong with them."""

import re
from collections.abc import Iterator

from bpjsdesk.domain.cells import Cell, is_error_text, tidy
from bpjsdesk.domain.identity import MOBILE, NIK_LENGTH, normalise_nik, normalise_phone
from bpjsdesk.domain.names import LONGEST_NAME, PLAIN_NAME
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.row_values import TextMemo

_LIST_FAULTS = {"e": IssueCode.CELL_ERROR, "f": IssueCode.FORMULA_NO_VALUE}
# A number that passed through CSV: 7.17101E+15, or 717101234567890.0, whose dot would be stripped.
_NUMBER_AS_TEXT = re.compile(r"\d{10,}[.,]0+|\d+(?:[.,]\d+)?[Ee]\+?\d+")
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")


def read_nik(cell: Cell, codes: list[IssueCode]) -> str | None:
    """Give the 16 digits of a NIK cell, or None with the fault noted."""
    if isinstance(cell, str):
        if len(cell) == NIK_LENGTH and cell.isascii() and cell.isdigit():
            return cell
        return _read_nik_text(cell, codes)
    if cell is None:
        codes.append(IssueCode.NIK_MISSING)
    elif isinstance(cell, list):
        codes.append(_LIST_FAULTS.get(cell[0], IssueCode.NIK_FORMAT))
    elif isinstance(cell, bool):
        codes.append(IssueCode.NIK_FORMAT)
    else:
        codes.append(IssueCode.NIK_AS_NUMBER)
    return None


def _read_nik_text(cell: str, codes: list[IssueCode]) -> str | None:
    text = tidy(cell)
    nik = normalise_nik(text)
    if is_error_text(text):
        codes.append(IssueCode.CELL_ERROR)
    elif _NUMBER_AS_TEXT.fullmatch(text):
        codes.append(IssueCode.NIK_AS_NUMBER)
    elif not nik:
        codes.append(IssueCode.NIK_MISSING)
    elif len(nik) == NIK_LENGTH and nik.isascii() and nik.isdigit():
        return nik
    else:
        codes.append(IssueCode.NIK_FORMAT)
    return None


def read_name(cell: Cell, codes: list[IssueCode]) -> str | None:
    """Give a name in capitals as on the KTP, single-spaced, titles kept."""
    if isinstance(cell, str):
        if len(cell) <= LONGEST_NAME and PLAIN_NAME.fullmatch(cell):
            return cell
        name = tidy(cell).removeprefix("'").upper()
        if is_error_text(name):
            codes.append(IssueCode.CELL_ERROR)
            return None
        if _LETTER.search(name):
            codes += _name_faults(name)
            return name
    elif isinstance(cell, list) and cell[0] in _LIST_FAULTS:
        codes.append(_LIST_FAULTS[cell[0]])
        return None
    codes.append(IssueCode.NAME_MISSING)
    return None


def _name_faults(name: str) -> Iterator[IssueCode]:
    if _DIGIT.search(name):
        yield IssueCode.NAME_WITH_DIGIT
    if len(name) > LONGEST_NAME:
        yield IssueCode.NAME_TOO_LONG


def read_phone(cell: Cell, texts: TextMemo, codes: list[IssueCode]) -> str | None:
    """Give a mobile number as 08…, or None where there is none or it was not understood."""
    if isinstance(cell, str) and MOBILE.fullmatch(cell):
        return cell
    text = "" if isinstance(cell, list) else texts[cell]
    if text is None:
        codes.append(IssueCode.NO_PHONE)
        return None
    phone = normalise_phone(text)
    if phone is None:
        codes.append(IssueCode.PHONE_FORMAT)
    return phone
