"""Answer for many NIKs at once who is covered, and write the answer down for Excel."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bpjsdesk.domain.cells import cell_text
from bpjsdesk.domain.changes import Changes
from bpjsdesk.domain.identity import NIK_LENGTH, NikFault, mask_nik, nik_fault
from bpjsdesk.domain.lookup import (
    COVER_LABELS,
    Cover,
    LookupLine,
    Pasted,
    PastedNumber,
    joined_runs,
    pasted_numbers,
    run_meant,
)
from bpjsdesk.domain.period import first_of_month
from bpjsdesk.domain.wording import format_count, format_date, format_month_range
from bpjsdesk.domain.workbook_values import ColumnKind, TableColumn, TableSheet
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken
from bpjsdesk.services.commands import Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.exports import export_table
from bpjsdesk.storage import people_cover
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.people_cover import CoverRow
from bpjsdesk.storage.workbook import RowChunk, read_workbook

MOST = 5_000
REVEAL = "person.reveal"
_LONGEST_EXACT = 15  # a number cell of Excel keeps no more digits than these
_FAULTS = {
    NikFault.DATE: "tanggal lahir di dalam NIK tidak mungkin",
    NikFault.FILLER: "angka isian, bukan NIK",
}
_COLUMNS = (
    ("Baris", ColumnKind.INTEGER, 8),
    ("NIK", ColumnKind.TEXT, 20),
    ("Nama", ColumnKind.TEXT, 32),
    ("Jawaban", ColumnKind.TEXT, 20),
    ("Bulan iuran", ColumnKind.TEXT, 36),
    ("Sampai", ColumnKind.DATE, 14),
    ("Perjanjian", ColumnKind.TEXT, 44),
    ("Catatan", ColumnKind.TEXT, 44),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """The answers, and what stood in the paste besides them."""

    lines: tuple[LookupLine, ...]
    blank: int
    heading: str

    @property
    def counts(self) -> Mapping[Cover, int]:
        """Count the rows by answer, in the order of the answers."""
        found = Counter(line.cover for line in self.lines)
        return {cover: found[cover] for cover in Cover if cover in found}


def look_up(context: AppContext, pasted: str) -> Lookup:
    """Say of every number in a pasted text whether the person is covered this month.

    Raises: UserError LOOKUP_EMPTY or LOOKUP_TOO_LONG; NOT_PERMITTED.
    """
    context.user.require("read.people")
    return _answered(context, pasted_numbers(pasted))


def look_up_file(context: AppContext, path: Path, *, cancel: CancelToken) -> Lookup:
    """Say the same of every row of a workbook or text list, all its sheets after each other.

    Raises: UserError LOOKUP_EMPTY, LOOKUP_TOO_LONG, WORKBOOK_…; NOT_PERMITTED; Cancelled.
    """
    context.user.require("read.people")
    lines: list[str] = []
    as_number: set[str] = set()
    for part in read_workbook(path, cancel=cancel):
        for _row, cells, _json in part.rows if isinstance(part, RowChunk) else ():
            texts = [cell_text(cell) for cell in cells]
            lines.append("\t".join(texts))
            as_number |= {
                text
                for text, cell in zip(texts, cells, strict=True)
                if isinstance(cell, int | float) and len(text) > _LONGEST_EXACT
            }
    return _answered(context, pasted_numbers("\n".join(lines)), as_number)


def note_revealed(context: AppContext, found: Lookup, *, reason: str, request_id: str) -> None:
    """Write down that the numbers of an answer are shown in full, and why.

    Raises: UserError REASON_MISSING, NOT_PERMITTED.
    """
    if not reason.strip():
        raise UserError("REASON_MISSING", "Tulis alasan membuka NIK lengkap.")
    payload = {"reason": reason.strip(), "rows": len(found.lines)}

    def act(_connection: Connection) -> Outcome:
        return Outcome(object_id=0, changes=Changes(), payload=payload)

    execute(context, Command(name=REVEAL, object_kind="lookup", request_id=request_id), act)


def export_lookup(context: AppContext, found: Lookup, out: Path, *, request_id: str) -> Path:
    """Write the answers into a workbook, NIKs in full and as text; that is written down.

    Raises: UserError NOT_PERMITTED; EnvironmentProblem.
    """
    counts = {cover.value: count for cover, count in found.counts.items()}
    noted = {"rows": len(found.lines), **counts}
    words = (
        f"{format_count(n)} {COVER_LABELS[cover].lower()}" for cover, n in found.counts.items()
    )
    sheet = TableSheet(
        name="Cek NIK",
        title=f"Cek kepesertaan {format_count(len(found.lines))} NIK",
        subtitles=(f"Keadaan pada {format_date(context.clock().date())}", ", ".join(words)),
        columns=tuple(TableColumn(header=h, kind=k, width=w) for h, k, w in _COLUMNS),
        rows=[_row(line) for line in found.lines],
        notes=("Berisi NIK lengkap. Simpan di tempat yang aman dan hapus setelah dipakai.",),
    )
    export_table(context, out, [sheet], noted, kind="lookup", request_id=request_id)
    return out


def run_words(line: LookupLine) -> str:
    """Write the paid months of an answer."""
    return ", ".join(format_month_range(*run) for run in line.runs)


def _row(line: LookupLine) -> Sequence[str | int | date | None]:
    return (
        line.row,
        line.text,
        line.name,
        COVER_LABELS[line.cover],
        run_words(line),
        line.until,
        line.agreement,
        line.note,
    )


def _answered(
    context: AppContext, pasted: Pasted, as_number: Collection[str] = frozenset()
) -> Lookup:
    if not pasted.numbers:
        raise UserError("LOOKUP_EMPTY", "Tidak ada NIK di dalam teks yang ditempel.")
    if len(pasted.numbers) > MOST:
        raise UserError(
            "LOOKUP_TOO_LONG",
            f"Ada {format_count(len(pasted.numbers))} baris. Cari paling banyak "
            f"{format_count(MOST)} NIK sekali cari.",
        )
    asked = {number.text for number in pasted.numbers}
    with context.database.read() as connection:
        former = people_cover.bearers_of_former(connection, asked)
        rows = _by_nik(people_cover.cover_of(connection, asked | set(former.values())))
    answers = _Answers(rows, former, as_number, context.clock().date())
    lines = tuple(map(answers.line, pasted.numbers))
    return Lookup(lines=lines, blank=pasted.blank, heading=pasted.heading)


def _by_nik(rows: Iterable[CoverRow]) -> dict[str, list[CoverRow]]:
    found: dict[str, list[CoverRow]] = {}
    for row in rows:
        found.setdefault(row.asked, []).append(row)
    return found


class _Answers:
    """Answer for one number after the other; remembers which have been asked for before."""

    def __init__(
        self,
        rows: Mapping[str, list[CoverRow]],
        former: Mapping[str, str],
        as_number: Collection[str],
        today: date,
    ) -> None:
        self._rows, self._former, self._today = rows, former, today
        self._as_number = as_number
        self._first_row: dict[str, int] = {}

    def line(self, number: PastedNumber) -> LookupLine:
        """Answer for one number."""
        earlier = self._first_row.setdefault(number.text, number.row)
        again = f"sama dengan baris {earlier}" if earlier != number.row else ""
        if number.text in self._as_number:
            again = _noted("disimpan Excel sebagai angka, angka terakhirnya dapat berubah", again)
        fault = nik_fault(number.text, on=self._today)
        if fault is not None:
            return self._plain(number, Cover.UNREADABLE, _noted(_why(number.text, fault), again))
        today = number.text if number.text in self._rows else self._former.get(number.text, "")
        if today not in self._rows:
            return self._plain(number, Cover.UNKNOWN, again)
        changed = "" if today == number.text else f"kini NIK {mask_nik(today)}"
        return self._found(number, self._rows[today], _noted(changed, again))

    def _plain(self, number: PastedNumber, cover: Cover, note: str) -> LookupLine:
        nik = mask_nik(number.text) if number.text.isdigit() else ""
        return LookupLine(row=number.row, text=number.text, cover=cover, nik=nik, note=note)

    def _found(self, number: PastedNumber, rows: Sequence[CoverRow], note: str) -> LookupLine:
        month, first = first_of_month(self._today), rows[0]
        paid = [row for row in rows if row.from_month is not None and row.to_month is not None]
        runs = joined_runs((row.from_month, row.to_month) for row in paid)  # type: ignore[misc]
        cover, until = run_meant(runs, month)
        named = [row for row in paid if until is not None and row.to_month == until] or paid[-1:]
        joined = first.nik != first.asked
        ended = f"{first.ended}, {format_date(first.ended_on)}" if first.ended_on else ""
        return LookupLine(
            row=number.row,
            text=number.text,
            cover=cover,
            nik=mask_nik(number.text),
            person_id=first.person_id,
            name=first.name,
            runs=runs,
            until=until,
            agreement=named[0].agreement if named else "",
            note=_noted(ended, f"digabung ke NIK {mask_nik(first.nik)}" if joined else "", note),
        )


def _why(text: str, fault: NikFault) -> str:
    if not text.isdigit():
        return "tidak ada NIK di baris ini"
    if fault is NikFault.FORMAT:
        return f"{len(text)} angka, seharusnya {NIK_LENGTH}"
    return _FAULTS[fault]


def _noted(*parts: str) -> str:
    return "; ".join(filter(None, parts))
