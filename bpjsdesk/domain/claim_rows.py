"""Read the rows of a file of past claims: every row is one claim, or is told why it is not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from bpjsdesk.domain.cells import Cell, cell_text, is_error_text, label_key, stands_for_nothing
from bpjsdesk.domain.claim_rules import MOST_RUPIAH, PAID, day_problems, starting_status
from bpjsdesk.domain.claims import (
    PROGRAMME_NAMES,
    ClaimComponent,
    ClaimDraft,
    Programme,
)
from bpjsdesk.domain.columns import ColumnMap
from bpjsdesk.domain.identity import nik_fault, normalise_kpj, normalise_nik
from bpjsdesk.domain.names import city_key, place_key
from bpjsdesk.domain.period import parse_day
from bpjsdesk.domain.row_issues import ISSUE_SENTENCES, IssueCode
from bpjsdesk.domain.row_kinds import RowKind, RowSorter
from bpjsdesk.domain.wording import parse_rupiah

OTHER_CATEGORY = "OTHER"
LONGEST_NAME = 100
_SERIALS = range(20_000, 80_001)
_SERIAL_EPOCH = date(1899, 12, 30)
_DAY_FIELDS = ("claim_event_date", "claim_filed_on", "claim_complete_on", "claim_paid_on")
_SEGMENTS = {
    "BPU": "SELF_EMPLOYED",
    "BUKANPENERIMAUPAH": "SELF_EMPLOYED",
    "PU": "WAGE_EARNER",
    "PENERIMAUPAH": "WAGE_EARNER",
    "JAKON": "CONSTRUCTION",
    "JASAKONSTRUKSI": "CONSTRUCTION",
    "PMI": "MIGRANT",
    "PEKERJAMIGRANINDONESIA": "MIGRANT",
}
_SENTENCES = {
    "PROGRAMME_UNKNOWN": "Program tidak dikenal. Isi JKK, JKM, JHT, atau Beasiswa.",
    "CATEGORY_UNKNOWN": "Kategori tidak dikenal. Pakai nama kategori seperti di Pengaturan.",
    "SEGMENT_UNKNOWN": "Segmen tidak dikenal. Isi PU, BPU, Jakon, atau PMI.",
    "STATUS_UNKNOWN": "Status tidak dikenal. Pakai nama status klaim seperti di program.",
    "STATUS_CONFLICT": "Status dan tanggal bayar tidak cocok. Betulkan salah satunya.",
    "DATE_UNREADABLE": "Tanggal tidak terbaca. Tulis hari-bulan-tahun, contoh 12-08-2026.",
    "AMOUNT_UNREADABLE": "Jumlah tidak terbaca. Tulis rupiah utuh, contoh 42000000.",
    "AMOUNT_MISSING": "Klaim yang dibayarkan memerlukan jumlah. Isi jumlahnya.",
    "NAME_TOO_LONG": f"Nama terlalu panjang: paling banyak {LONGEST_NAME} huruf.",
    "CLAIM_RECORDED": (
        "Klaim dengan peserta, program, tanggal, dan jumlah yang sama sudah tercatat. Bila memang "
        "klaim lain, rekam satu per satu di halaman Klaim."
    ),
    "DEATH_CLAIM_EXISTS": "Peserta ini sudah memiliki klaim JKM, di berkas ini atau yang tercatat.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFileReference:
    """Lists that a file is read with.

    `categories` and `statuses` map bare capitals (code or name) to the code, `segments` a category
    to its usual segment. `places` and `cities` are those of `names.place_index` and `city_index`.
    """

    categories: Mapping[str, str]
    segments: Mapping[str, str]
    statuses: Mapping[str, str]
    places: Mapping[tuple[str, str], str]
    cities: Mapping[str, tuple[str, ...]]
    today: date


class ClaimRow(NamedTuple):
    """One row as understood; `faults` are (code, sentence), and then there is no claim."""

    kind: RowKind
    claim: ClaimDraft | None = None
    status: str = ""
    faults: tuple[tuple[str, str], ...] = ()


def fault(code: str) -> tuple[str, str]:
    """Give a code with its sentence."""
    return code, _SENTENCES[code]


class ClaimRowReader:
    """Reads the rows of one sheet."""

    def __init__(self, columns: ColumnMap, reference: ClaimFileReference) -> None:
        self._columns = columns
        self._reference = reference
        self._sorter = RowSorter(columns, reference.today)
        self._programmes = _programmes()
        self._regions: dict[tuple[str, str, str], str | None] = {}

    def read(self, cells: Sequence[Cell]) -> ClaimRow:
        """Read one row below the heading: all its faults, not the first."""
        nik_cell = self._cell(cells, "nik")
        nik, code = _read_nik(nik_cell, self._reference.today)
        if code is None:
            self._sorter.person_seen()
        else:
            kind, _reason = self._sorter.sort(cells, has_birth_date=self._has_days(cells))
            if kind is not RowKind.DATA:
                return ClaimRow(kind)
        return _Reading(self, cells, (nik, code)).finish()

    def text(self, cells: Sequence[Cell], field: str) -> str:
        """Give what a person reads in a field's cell; a dash means nothing."""
        text = cell_text(self._cell(cells, field))
        return "" if stands_for_nothing(text) else text

    def cell(self, cells: Sequence[Cell], field: str) -> Cell:
        return self._cell(cells, field)

    @property
    def reference(self) -> ClaimFileReference:
        return self._reference

    def programme(self, text: str) -> Programme | None:
        return self._programmes.get(label_key(text))

    def region(self, address: tuple[str, str, str]) -> str | None:
        """Give the finest region that is sure for (village, district, city)."""
        if address not in self._regions:
            self._regions[address] = _find_region(self._reference, *address)
        return self._regions[address]

    def broken_cells(self, cells: Sequence[Cell]) -> list[tuple[str, str]]:
        """Name errors and formulas without a value in the columns that are used."""
        found = []
        for index in self._columns.fields.values():
            cell = cells[index] if index < len(cells) else None
            if _is_error(cell):
                found.append(IssueCode.CELL_ERROR)
            elif isinstance(cell, list) and cell[0] == "f":
                found.append(IssueCode.FORMULA_NO_VALUE)
        return [(code.value, ISSUE_SENTENCES[code]) for code in dict.fromkeys(found)]

    def _cell(self, cells: Sequence[Cell], field: str) -> Cell:
        index = self._columns.index(field)
        return cells[index] if index is not None and index < len(cells) else None

    def _has_days(self, cells: Sequence[Cell]) -> bool:
        return any(self.text(cells, field) for field in _DAY_FIELDS)


class _Reading:
    """Gather one row's values and faults."""

    def __init__(
        self, reader: ClaimRowReader, cells: Sequence[Cell], nik: tuple[str, IssueCode | None]
    ) -> None:
        self._reader = reader
        self._cells = cells
        self._nik, code = nik
        self._faults = reader.broken_cells(cells)
        if code is not None:
            self._faults.append((code.value, ISSUE_SENTENCES[code]))

    def finish(self) -> ClaimRow:
        """Give the claim, or the faults."""
        draft = self._draft()
        status = self._status(draft)
        for problem in day_problems(draft, today=self._reader.reference.today):
            self._faults.append((problem.code, problem.message))
        unread = fault("AMOUNT_UNREADABLE") in self._faults
        if status == PAID and draft.amount == 0 and not unread:
            self._faults.append(fault("AMOUNT_MISSING"))
        if self._faults:
            return ClaimRow(RowKind.DATA, faults=tuple(dict.fromkeys(self._faults)))
        return ClaimRow(RowKind.DATA, draft, status)

    def _draft(self) -> ClaimDraft:
        programme = self._programme()
        category = self._category()
        address = (self._text("village"), self._text("district"), self._text("city"))
        region = self._reader.region(address)
        return ClaimDraft(
            programme=programme,
            participant_nik=self._nik,
            participant_name=self._name(),
            category=category,
            segment=self._segment(category),
            kpj=normalise_kpj(self._text("kpj")) or "",
            region_code=region,
            note=self._note(address, region),
            components=self._components(programme, self._amount()),
            event_on=self._day("claim_event_date"),
            filed_on=self._day("claim_filed_on"),
            complete_on=self._day("claim_complete_on"),
            paid_on=self._day("claim_paid_on"),
        )

    def _text(self, field: str) -> str:
        return self._reader.text(self._cells, field)

    def _name(self) -> str:
        name = self._text("name")
        if not any(map(str.isalpha, name)):
            code = IssueCode.NAME_MISSING
            self._faults.append((code.value, ISSUE_SENTENCES[code]))
        elif len(name) > LONGEST_NAME:
            self._faults.append(fault("NAME_TOO_LONG"))
        return name

    def _programme(self) -> Programme:
        found = self._reader.programme(self._text("claim_programme"))
        if found is None:
            self._faults.append(fault("PROGRAMME_UNKNOWN"))
        return found or Programme.JKM

    def _category(self) -> str:
        text = self._text("claim_category") or self._text("category")
        if not text:
            return OTHER_CATEGORY
        found = self._reader.reference.categories.get(label_key(text))
        if found is None:
            self._faults.append(fault("CATEGORY_UNKNOWN"))
        return found or OTHER_CATEGORY

    def _segment(self, category: str) -> str:
        text = self._text("claim_segment")
        if not text:
            return self._reader.reference.segments.get(category, "SELF_EMPLOYED")
        key = label_key(text)
        found = _SEGMENTS.get(key) or (key if text in _SEGMENTS.values() else None)
        if found is None:
            self._faults.append(fault("SEGMENT_UNKNOWN"))
        return found or ""

    def _status(self, draft: ClaimDraft) -> str:
        text = self._text("claim_status")
        proven = starting_status(draft)
        if not text:
            return proven
        found = self._reader.reference.statuses.get(label_key(text))
        if found is None and proven != PAID:
            self._faults.append(fault("STATUS_UNKNOWN"))
        if found is not None and (found == PAID) != (proven == PAID):
            self._faults.append(fault("STATUS_CONFLICT"))
        return found or proven

    def _amount(self) -> int:
        cell = self._reader.cell(self._cells, "claim_amount")
        text = self._text("claim_amount")
        if not text:
            return 0
        is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
        amount = _whole(cell) if is_number else parse_rupiah(text)
        if amount is None or not 0 <= amount <= MOST_RUPIAH:
            self._faults.append(fault("AMOUNT_UNREADABLE"))
            return 0
        return amount

    def _components(self, programme: Programme, amount: int) -> tuple[ClaimComponent, ...]:
        if not amount:
            return ()
        name = self._text("claim_component") or PROGRAMME_NAMES[programme]
        return (ClaimComponent(code=programme.value, name=name[:160], amount=amount),)

    def _day(self, field: str) -> date | None:
        text = self._text(field)
        if not text:
            return None
        day = _read_day(self._reader.cell(self._cells, field), text, self._reader.reference.today)
        if day is None:
            self._faults.append(fault("DATE_UNREADABLE"))
        return day

    def _note(self, address: tuple[str, str, str], region: str | None) -> str:
        """Keep what found no place of its own, so that nothing read is lost."""
        notes = [self._text("note")]
        told = ", ".join(word for word in address if word)
        if told and region is None:
            notes.append(f"Alamat pada berkas: {told}.")
        kpj = self._text("kpj")
        if kpj and normalise_kpj(kpj) is None:
            notes.append(f"KPJ pada berkas: {kpj}.")
        return " ".join(note for note in notes if note)


def _find_region(
    reference: ClaimFileReference, village: str, district: str, city: str
) -> str | None:
    village_key, district_key = place_key(village), place_key(district)
    code = reference.places.get((district_key, village_key)) if village_key else None
    if code is None and village_key and not district_key:
        code = reference.places.get(("", village_key))
    if code is not None:
        return code
    codes = reference.cities.get(city_key(city), ())
    return codes[0] if len(codes) == 1 else None


def _programmes() -> dict[str, Programme]:
    found = {label_key(programme.value): programme for programme in Programme}
    return found | {label_key(name): programme for programme, name in PROGRAMME_NAMES.items()}


def _read_nik(cell: Cell, today: date) -> tuple[str, IssueCode | None]:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return "", IssueCode.NIK_AS_NUMBER
    nik = normalise_nik(cell) if isinstance(cell, str) else ""
    found = nik_fault(nik, on=today)
    return nik, None if found is None else IssueCode(found.value)


def _is_error(cell: Cell) -> bool:
    if isinstance(cell, list):
        return cell[0] == "e"
    return isinstance(cell, str) and is_error_text(cell)


def _read_day(cell: Cell, text: str, today: date) -> date | None:
    if isinstance(cell, list):
        return _iso_day(text) if cell[0] in ("d", "dt") else None
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        serial = _whole(cell)
        known = serial is not None and serial in _SERIALS
        return _SERIAL_EPOCH + timedelta(days=serial or 0) if known else None
    return parse_day(text, today, window="birth")


def _iso_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _whole(cell: Cell) -> int | None:
    """Give the whole number of a number cell; infinity and fractions are none."""
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else None
    return cell if isinstance(cell, int) else None
