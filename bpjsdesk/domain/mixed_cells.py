"""Cells that hold more than their column asks for: parted only where the row proves each part."""

import re
from datetime import date

from bpjsdesk.domain.cells import Cell, tidy
from bpjsdesk.domain.identity import clean_digits, normalise_phone
from bpjsdesk.domain.period import age_on, parse_day
from bpjsdesk.domain.row_to_mend import RowToMend

_DIGIT, _LETTER = r"[0-9]", r"[^\W\d_]"
# sixteen digits, in groups or not, with no further digit beside them
_NIK_INSIDE = re.compile(rf"(?<!{_DIGIT})(?:{_DIGIT}[ .-]?){{15}}{_DIGIT}(?!{_DIGIT})")
_PHONE_INSIDE = re.compile(rf"\+?{_DIGIT}[0-9 .()-]*{_DIGIT}")
_PLACE_THEN_DAY = re.compile(rf"(?P<place>{_LETTER}[^\d]*?)[\s,/.;:-]+(?P<day>\d.*)", re.DOTALL)
# "12. Budi" or "12) Budi": a number with such a mark counts the rows of a list
_NUMBERED = re.compile(rf"{_DIGIT}{{1,5}} ?[.)] ?(?P<name>{_LETTER}\D*)")
_NO_NAME = re.compile(r"\bNIK\b|\bKTP\b|[()\[\]:;,/|_-]", re.IGNORECASE)
_OLDEST_AGE = 110  # nobody is older: such a birth date was given the wrong century
_CENTURY = 100


def nik_without_words(row: RowToMend) -> list[Cell] | None:
    """Take the NIK out of "NIK. 7171… (KTP)"."""
    found = _NIK_INSIDE.findall(row.text("nik"))
    if len(found) != 1 or not row.proves(found[0]):
        return None
    return row.with_cell("nik", clean_digits(found[0]))


def nik_out_of_name(row: RowToMend) -> list[Cell] | None:
    """Take the NIK out of the cell of the name where its own cell is empty."""
    text = row.text("name")
    found = _NIK_INSIDE.findall(text)
    if row.text("nik") or len(found) != 1 or not row.proves(found[0]):
        return None
    name = tidy(_NO_NAME.sub(" ", text.replace(found[0], " ")))
    if not re.search(_LETTER, name) or re.search(_DIGIT, name):
        return None
    return row.with_cells({"nik": clean_digits(found[0]), "name": name})


def name_without_number(row: RowToMend) -> list[Cell] | None:
    """Take the number of its row off a name: "12. Budi Rondo"."""
    found = _NUMBERED.fullmatch(row.text("name"))
    return row.with_cell("name", found["name"]) if found else None


def day_apart_from_place(row: RowToMend) -> list[Cell] | None:
    """Part "Manado, 12-08-1985" in the column of the birth date, where the NIK tells that day."""
    found = _PLACE_THEN_DAY.fullmatch(row.text("birth_date"))
    told = row.told_by_nik
    if found is None or told is None:
        return None
    day = parse_day(found["day"], row.registered_on, window="birth")
    if day is None or not told.agrees_with(day):
        return None
    place, written = found["place"].strip(), row.text("birth_place")
    if row.columns.index("birth_place") is None or written.casefold() == place.casefold():
        return row.with_cell("birth_date", _day_cell(day))
    if written:  # two places: nobody knows which is right
        return None
    return row.with_cells({"birth_place": place, "birth_date": _day_cell(day)})


def in_other_century(row: RowToMend) -> list[Cell] | None:
    """Put a birth date of somebody over 110 into the century that the NIK leaves open."""
    born, told = row.row.birth_date, row.told_by_nik
    if born is None or told is None or not row.has_day or not told.agrees_with(born):
        return None
    is_other = told.birth_date.year - born.year == _CENTURY
    if not is_other or age_on(born, row.registered_on) <= _OLDEST_AGE:
        return None
    return row.with_cell("birth_date", _day_cell(told.birth_date))


def phone_without_words(row: RowToMend) -> list[Cell] | None:
    """Take the only number out of "HP. 0812-3456-7890 (WA)"."""
    text = row.text("phone")
    found = _PHONE_INSIDE.findall(text)
    phone = normalise_phone(found[0]) if len(found) == 1 else None
    is_whole = phone is not None and not re.search(_DIGIT, text.replace(found[0], ""))
    return row.with_cell("phone", phone) if is_whole else None


def nearest_village(row: RowToMend) -> list[Cell] | None:
    """Write a mistyped village as the only one that is meant."""
    name = row.villages.nearest(row.text("village"), row.text("district"))
    return row.with_cell("village", name) if name else None


def village_out_of_address(row: RowToMend) -> list[Cell] | None:
    """Take the village out of an address that names it, where its own cell is empty."""
    if row.text("village"):
        return None
    name = row.villages.named_in(row.text("address"), row.text("district"))
    return row.with_cell("village", name) if name else None


def _day_cell(day: date) -> Cell:
    return ["d", day.isoformat()]
