"""Tell rows of people from the rows around them: blanks, totals, numbering, headings, signatures.

Whoever may be a person stays one: a row with anything like a NIK, or with a name and a birth
date, is never asked about here.
"""

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from bpjsdesk.domain.cells import Cell, cell_text, label_key
from bpjsdesk.domain.columns import ColumnMap, is_numbering
from bpjsdesk.domain.identity import clean_digits


class RowKind(StrEnum):
    """Every row that is read is exactly one of these."""

    DATA = "DATA"
    BLANK = "BLANK"
    IGNORED = "IGNORED"


class IgnoredReason(StrEnum):
    """Why a row with something in it is no person."""

    TOTAL = "TOTAL"
    SIGNATURE = "SIGNATURE"
    PLACE_AND_DATE = "PLACE_AND_DATE"
    NUMBERING = "NUMBERING"
    REPEATED_HEADER = "REPEATED_HEADER"
    NUMBER_ONLY = "NUMBER_ONLY"


IGNORED_SENTENCES = {
    IgnoredReason.TOTAL: "Baris jumlah",
    IgnoredReason.SIGNATURE: "Bagian tanda tangan",
    IgnoredReason.PLACE_AND_DATE: "Tempat dan tanggal surat",
    IgnoredReason.NUMBERING: "Baris nomor kolom",
    IgnoredReason.REPEATED_HEADER: "Judul kolom yang berulang",
    IgnoredReason.NUMBER_ONLY: "Hanya nomor urut",
}

_NIK_LIKE = re.compile(r"[0-9OIL]{15,17}")
_SHORT_NIK = re.compile(r"[0-9OIL]{8,20}")
_FEWEST_TRUE_DIGITS = 8
_NIK_SIZED = (10**13, 10**17)
_TOTAL = re.compile(
    r"(SUB ?|GRAND ?)?(JUMLAH|TOTAL|JML|REKAPITULASI)\b"
    r"( (SELURUH|KESELURUHAN|SEMUA|TOTAL|PESERTA|ORANG|TENAGA KERJA|PEKERJA|DATA|AKHIR|"
    r"HALAMAN|INI))*"
    r"[\s:=.]*[\d.,]*( (ORANG|JIWA|PESERTA))?"
)
_SIGNATURE = re.compile(
    r"(MENGETAHUI|MENYETUJUI|MENGESAHKAN|NIP|NRP|NPK|TTD|HORMAT KAMI|YANG MEMBUAT|DIBUAT OLEH|"
    r"DIPERIKSA OLEH|DISETUJUI OLEH|PEJABAT|KEPALA (DESA|DINAS|KELURAHAN|BIDANG|LINGKUNGAN|SEKSI)|"
    r"LURAH|CAMAT|SANGADI|HUKUM TUA|WALI ?KOTA|BUPATI|SEKRETARIS|AN\.|A\.N\.)(?![A-Z])"
)
_PLACE_AND_DATE = re.compile(
    r"[A-Z][A-Z .]{2,40}, *(?:\d{1,2}|[. …_]*) *"
    r"(?:[- /]\d{1,2}[- /]|[A-Z]+|[. …_]+) *(\d{4}|20[. …_]*)"
)
_YEARS_NEAR = 2
_LARGEST_SIGNATURE_ROW = 3
_HEADING_SHARE = 0.6
_FEWEST_HEADINGS = 2


def is_blank_row(cells: Sequence[Cell]) -> bool:
    """Say whether nothing is written in any cell of a row."""
    return not any(isinstance(cell, list) or cell_text(cell) for cell in cells)


class RowSorter:
    """Sorts the rows without a sound NIK; remembers that a signature block has begun."""

    def __init__(self, columns: ColumnMap, today: date) -> None:
        self._columns = columns
        self._today = today
        self._in_signature = False

    def person_seen(self) -> None:
        """Note a row of data: whatever signature block came before it is over."""
        self._in_signature = False

    def sort(
        self, cells: Sequence[Cell], *, has_birth_date: bool
    ) -> tuple[RowKind, IgnoredReason | None]:
        """Judge a row that has no sound NIK in its NIK column."""
        if is_blank_row(cells):
            return RowKind.BLANK, None
        texts = [cell_text(cell) for cell in cells]
        filled = [text for text in texts if text]
        if self._may_be_person(cells, texts, has_birth_date=has_birth_date):
            return RowKind.DATA, None
        reason = self._reason(cells, texts, filled)
        if reason in (IgnoredReason.SIGNATURE, IgnoredReason.PLACE_AND_DATE):
            self._in_signature = True
        return (RowKind.IGNORED, reason) if reason else (RowKind.DATA, None)

    def _may_be_person(
        self, cells: Sequence[Cell], texts: Sequence[str], *, has_birth_date: bool
    ) -> bool:
        nik_at, name_at = self._columns.index("nik"), self._columns.index("name")
        for position, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            if _is_nik_like(cell, text, in_nik_column=position == nik_at):
                return True
        name = _at(texts, name_at)
        return has_birth_date and bool(name) and not _TOTAL.fullmatch(name.upper())

    def _reason(
        self, cells: Sequence[Cell], texts: Sequence[str], filled: Sequence[str]
    ) -> IgnoredReason | None:
        if is_numbering(cells):
            return IgnoredReason.NUMBERING
        if self._is_heading(filled):
            return IgnoredReason.REPEATED_HEADER
        words = [text.upper() for text in filled if not text.isdigit()]
        if words and _TOTAL.fullmatch(words[0]):
            return IgnoredReason.TOTAL
        number = _at(texts, self._columns.index("number"))
        if number.rstrip(".").isdigit():
            return IgnoredReason.NUMBER_ONLY if filled == [number] else None
        if len(filled) > _LARGEST_SIGNATURE_ROW:
            return None
        return self._closing_reason(words)

    def _closing_reason(self, words: Sequence[str]) -> IgnoredReason | None:
        if any(self._is_place_and_date(word) for word in words):
            return IgnoredReason.PLACE_AND_DATE
        if self._in_signature or any(_SIGNATURE.match(word) for word in words):
            return IgnoredReason.SIGNATURE
        return None

    def _is_heading(self, filled: Sequence[str]) -> bool:
        known = sum(label_key(text) in self._columns.header_keys for text in filled)
        return known >= _FEWEST_HEADINGS and known >= _HEADING_SHARE * len(filled)

    def _is_place_and_date(self, word: str) -> bool:
        found = _PLACE_AND_DATE.fullmatch(word)
        if not found:
            return False
        year = found[1]
        return not year.isdigit() or abs(int(year) - self._today.year) <= _YEARS_NEAR


def _is_nik_like(cell: Cell, text: str, *, in_nik_column: bool) -> bool:
    if isinstance(cell, (int, float)):
        return _NIK_SIZED[0] <= cell < _NIK_SIZED[1]
    if not text:
        return False
    digits = clean_digits(text).upper()
    pattern = _SHORT_NIK if in_nik_column else _NIK_LIKE
    return bool(pattern.fullmatch(digits)) and sum(map(str.isdigit, digits)) >= _FEWEST_TRUE_DIGITS


def _at(texts: Sequence[str], index: int | None) -> str:
    return texts[index] if index is not None and index < len(texts) else ""
