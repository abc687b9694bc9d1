"""The money and people of an agreement: quota, funding, payments, participants, claims."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from bpjsdesk.domain.report_values import AgreementSummary, ParticipantCounts, QuotaEntry, Tranche
from bpjsdesk.domain.wording import (
    amount_in_words,
    format_count,
    format_date,
    format_percent,
    format_rupiah,
    percent_of,
)
from bpjsdesk.reports.parts import FIRST_LINE, Section
from bpjsdesk.reports.sheet import Place, Sheet
from bpjsdesk.reports.tables import Column, Row, Table, draw_table
from bpjsdesk.reports.theme import CELL, CELL_DENSE, IN_WORDS, NOTE, SEMIBOLD

UNKNOWN = "–"
_AFTER_TABLE = 4.2


def draw_quota(summary: AgreementSummary, sheet: Sheet, top: float) -> float:
    """Draw category × heads × months × rate with the sum in words."""
    heading = "Peserta dan iuran menurut perjanjian"
    note = "iuran = orang × bulan × tarif"
    place = Place(sheet.left, top, sheet.column)
    y = sheet.section(place, heading, note=note)
    y = draw_table(sheet, replace(place, y=y), _quota_table(summary))
    words = f"Terbilang: {amount_in_words(summary.amount)}."
    y = sheet.para(sheet.left, y + _AFTER_TABLE, sheet.column, words, role=IN_WORDS)
    for line in summary.quota:
        if len(_distinct(line.rates)) > 1:
            y = sheet.para(sheet.left, y, sheet.column, _rate_note(line), role=NOTE)
    return y - IN_WORDS.lead_mm + 0.9


def side_sections(summary: AgreementSummary) -> tuple[list[Section], list[Section]]:
    """Return money on the left, people and claims on the right; empty ones are left out."""
    left, right = [], []
    if summary.funding:
        left.append(Section(heading="Sumber dana", draw=partial(_draw_funding, summary)))
    if summary.tranches:
        heading = "Jadwal pembayaran"
        if _has_payments(summary.tranches):
            heading = "Jadwal dan realisasi pembayaran"
        left.append(Section(heading=heading, draw=partial(_draw_tranches, summary)))
    if _counters(summary.counts):
        note = "bagian dari kuota" if summary.counts.quota else ""
        right.append(
            Section(
                heading="Peserta",
                note=note,
                draw=partial(_draw_counters, summary.counts),
            )
        )
    if summary.claims or summary.claims_note:
        right.append(
            Section(
                heading="Klaim dibayar dalam perjanjian ini",
                draw=partial(_draw_claims, summary),
            )
        )
    return left, right


def _quota_table(summary: AgreementSummary) -> Table:
    rows = [
        Row(
            (
                line.category,
                line.segment,
                line.programmes,
                format_count(line.heads),
                format_count(line.months),
                _rate(line),
                format_count(line.amount),
            )
        )
        for line in summary.quota
    ]
    heads = format_count(summary.heads)
    rows.append(Row(("Jumlah", "", "", heads, "", "", format_rupiah(summary.amount)), "total"))
    return Table(
        columns=(
            Column("Kategori peserta", -1),
            Column("Segmen", 15),
            Column("Program", 22),
            Column("Orang", 17, "r"),
            Column("Bulan", 14, "r"),
            Column("Tarif/bulan (Rp)", 26, "r"),
            Column("Jumlah iuran (Rp)", 0, "r"),
        ),
        rows=tuple(rows),
    )


def _distinct(rates: Sequence[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(rates))


def _rate(line: QuotaEntry) -> str:
    rates = _distinct(line.rates)
    if not rates:
        return UNKNOWN
    return format_count(rates[0]) if len(rates) == 1 else "berubah"


def _rate_note(line: QuotaEntry) -> str:
    rates = ", lalu ".join(format_rupiah(rate) for rate in _distinct(line.rates))
    return (
        f"Tarif {line.category} berubah dalam masa perjanjian: {rates} per orang per bulan; "
        "jumlah iuran dihitung bulan demi bulan."
    )


def _draw_funding(summary: AgreementSummary, sheet: Sheet, place: Place) -> float:
    rows = []
    for entry in summary.funding:
        year = f" TA {entry.fiscal_year}" if entry.fiscal_year else ""
        words = ", ".join(part for part in (entry.source + year, entry.remark) if part)
        amount = UNKNOWN if entry.amount is None else format_count(entry.amount)
        rows.append(Row((words, amount)))
    table = Table(
        columns=(Column("Sumber dan bulan iuran", -1), Column("Jumlah (Rp)", 0, "r")),
        rows=tuple(rows),
    )
    y = draw_table(sheet, place, table)
    difference = _funding_difference(summary)
    if not difference:
        return y
    sign = "melebihi" if difference > 0 else "kurang dari"
    words = f"Sumber dana {sign} jumlah iuran sebesar {format_rupiah(abs(difference))}."
    return sheet.para(place.x, y + 3.9, place.room, words, role=NOTE) - NOTE.lead_mm + 0.8


def _funding_difference(summary: AgreementSummary) -> int:
    amounts = [entry.amount for entry in summary.funding if entry.amount is not None]
    if len(amounts) < len(summary.funding) or not summary.quota:
        return 0
    return sum(amounts) - summary.amount


def _has_payments(tranches: Sequence[Tranche]) -> bool:
    return any(stage.paid_on or stage.realised is not None for stage in tranches)


def _draw_tranches(summary: AgreementSummary, sheet: Sheet, place: Place) -> float:
    tranches = summary.tranches
    table = _paid_table(tranches) if _has_payments(tranches) else _due_table(tranches)
    y = draw_table(sheet, place, table)
    due = next((stage for stage in tranches if not stage.paid_on and stage.due_on), None)
    if due is None or due.due_on is None or not _has_payments(tranches):
        return y
    stage = due.label if due.label.lower().startswith("tahap") else f"Tahap {due.label}"
    words = f"{stage} jatuh tempo {format_date(due.due_on)}."
    return sheet.para(place.x, y + 3.9, place.room, words, role=NOTE) - NOTE.lead_mm + 0.8


def _stage_name(stage: Tranche) -> str:
    return f"{stage.label}  {stage.months}".strip()


def _paid_table(tranches: Sequence[Tranche]) -> Table:
    rows = []
    for stage in tranches:
        not_yet = "belum" if stage.realised is None else UNKNOWN
        paid = format_date(stage.paid_on, "short") if stage.paid_on else not_yet
        realised = UNKNOWN if stage.realised is None else format_count(stage.realised)
        rows.append(Row((_stage_name(stage), paid, format_count(stage.billed), realised)))
    rows.append(_paid_total(tranches))
    return Table(
        columns=(
            Column("Tahap, iuran", -1),
            Column("Dibayar"),
            Column("Tagihan (Rp)", 0, "r"),
            Column("Realisasi (Rp)", 0, "r"),
        ),
        rows=tuple(rows),
        role=CELL_DENSE,
        pad=1.1,
    )


def _paid_total(tranches: Sequence[Tranche]) -> Row:
    billed = sum(stage.billed for stage in tranches)
    if any(stage.paid_on and stage.realised is None for stage in tranches):
        return Row(("Jumlah", "", format_count(billed), UNKNOWN), "total")
    realised = sum(stage.realised or 0 for stage in tranches)
    share = percent_of(realised, billed)
    percent = "" if share is None else format_percent(share, decimals=1)
    return Row(("Jumlah", percent, format_count(billed), format_count(realised)), "total")


def _due_table(tranches: Sequence[Tranche]) -> Table:
    rows = [
        Row(
            (
                _stage_name(stage),
                format_date(stage.due_on, "short") if stage.due_on else UNKNOWN,
                format_count(stage.billed),
            )
        )
        for stage in tranches
    ]
    billed = sum(stage.billed for stage in tranches)
    rows.append(Row(("Jumlah", "", format_count(billed)), "total"))
    return Table(
        columns=(Column("Tahap, iuran", -1), Column("Jatuh tempo"), Column("Tagihan (Rp)", 0, "r")),
        rows=tuple(rows),
    )


def _counters(counts: ParticipantCounts) -> list[tuple[str, int | None]]:
    counters = [
        ("Kuota perjanjian", counts.quota),
        ("Nama diajukan", counts.submitted),
        ("Valid", counts.valid),
        ("Aktif per tanggal data", counts.active),
        ("Sudah diberi tahu", counts.informed),
    ]
    return counters if any(number is not None for _, number in counters) else []


def _draw_counters(counts: ParticipantCounts, sheet: Sheet, place: Place) -> float:
    x, room = place.x, place.room
    y = place.y + FIRST_LINE + 0.2
    step = sheet.air(5.1)
    for label, number in _counters(counts):
        sheet.text(x, y, label, CELL, room=room * 0.46)
        words = UNKNOWN if number is None else format_count(number)
        sheet.text(x + room * 0.61, y, words, CELL.faced(SEMIBOLD), align="r")
        share = percent_of(number, counts.quota or 0) if number is not None else None
        if share is not None:
            bar_x = x + room * 0.61 + 3
            bar_room = x + room - 13 - bar_x
            sheet.share_bar(bar_x, y - 2.1, bar_room, 2.1, share=float(share / 100))
            percent = format_percent(share, decimals=1)
            sheet.text(x + room, y, percent, CELL.sized(7.8), align="r")
        y += step
    return y - step + 1.2


def _draw_claims(summary: AgreementSummary, sheet: Sheet, place: Place) -> float:
    y = place.y
    if summary.claims:
        y = draw_table(sheet, place, _claims_table(summary))
    if not summary.claims_note:
        return y
    gap = 3.9 if summary.claims else FIRST_LINE
    end = sheet.para(place.x, y + gap, place.room, summary.claims_note, role=NOTE)
    return end - NOTE.lead_mm + 0.8


def _claims_table(summary: AgreementSummary) -> Table:
    rows = [
        Row((line.label, format_count(line.cases), format_count(line.amount)))
        for line in summary.claims
    ]
    cases = sum(line.cases for line in summary.claims)
    amount = sum(line.amount for line in summary.claims)
    rows.append(Row(("Jumlah", format_count(cases), format_rupiah(amount)), "total"))
    return Table(
        columns=(Column("Program", -1), Column("Kasus", 16, "r"), Column("Manfaat (Rp)", 33, "r")),
        rows=tuple(rows),
    )
