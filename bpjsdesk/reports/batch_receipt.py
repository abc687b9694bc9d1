"""Tanda Terima Daftar: what a sender's list has become, row for row, on one page."""

from collections.abc import Sequence
from functools import partial

from bpjsdesk.domain.ignored_warnings import IgnoredLine
from bpjsdesk.domain.period import add_months
from bpjsdesk.domain.receipt import BatchReceipt, DoneLine
from bpjsdesk.domain.report_values import Letterhead, Paper, PrintStamp, Signatory
from bpjsdesk.domain.wording import (
    amount_in_words,
    format_count,
    format_date,
    format_month_range,
    format_rupiah,
)
from bpjsdesk.reports.letterhead import PageStyle
from bpjsdesk.reports.page import Block, render_pages
from bpjsdesk.reports.parts import (
    FIRST_LINE,
    Section,
    draw_columns,
    draw_fact,
    draw_section,
    section_block,
    signature_block,
)
from bpjsdesk.reports.sheet import Place, Sheet, baseline
from bpjsdesk.reports.tables import Column, Row, Table, cut, draw_table, folded
from bpjsdesk.reports.theme import CELL, EYEBROW, MUTED, TITLE_LONG

_KIND = "Tanda Terima Daftar"
_LABEL_MM = 34.0
_WAITING = "Menunggu keputusan penyelia: angka di bawah ini belum sah."
_MOST_REASONS = 12
_MOST_DEEDS = 6


def render_batch_receipt(
    receipt: BatchReceipt,
    letterhead: Letterhead,
    stamp: PrintStamp,
    *,
    paper: Paper = Paper.A4,
    signatories: Sequence[Signatory] = (),
) -> bytes:
    """Return the receipt as PDF.

    Raises: UserError PAGE_OVERFULL, LOGO_UNREADABLE.
    """
    style = PageStyle(
        title=f"{_KIND} {receipt.number}",
        kind=_KIND,
        letterhead=letterhead,
        stamp=stamp,
        paper=paper,
        note="Orang di baris tertahan belum terdaftar. Setiap baris yang dibaca dihitung di sini.",
        running_left=f"{_KIND} {receipt.number}",
        running_right=receipt.sender,
    )
    blocks = [
        Block(draw=partial(_draw_head, receipt)),
        Block(draw=partial(_draw_facts, receipt), gap_mm=3.0),
        Block(draw=partial(_draw_rows, receipt), gap_mm=4.6),
    ]
    if receipt.reasons:
        blocks.append(section_block(_reasons(receipt), gap_mm=4.6))
    if receipt.repaired or receipt.decided:
        blocks.append(Block(draw=partial(_draw_done, receipt), gap_mm=4.6))
    if receipt.ignored_warnings:
        blocks.append(section_block(_ignored(receipt), gap_mm=4.6))
    if receipt.levels:
        blocks.append(section_block(_levels(receipt), gap_mm=4.6))
    if signatories:
        blocks.append(signature_block(signatories))
    return render_pages(style, blocks)


def _draw_head(receipt: BatchReceipt, sheet: Sheet, top: float) -> float:
    y = top + baseline(EYEBROW)
    sheet.text(sheet.left, y, f"TANDA TERIMA DAFTAR · BATCH {receipt.number}", EYEBROW)
    end = sheet.para(sheet.left, y + 6.2, sheet.column, receipt.agreement, role=TITLE_LONG)
    if receipt.decided_at is not None:
        return end - TITLE_LONG.lead_mm + 1.2
    return sheet.para(sheet.left, end, sheet.column, _WAITING, role=CELL.coloured(MUTED))


def _draw_facts(receipt: BatchReceipt, sheet: Sheet, top: float) -> float:
    sheet.line(sheet.left, top, sheet.right)
    y = top + FIRST_LINE
    for label, value in _facts(receipt):
        place = Place(sheet.left, y, sheet.column)
        y = draw_fact(sheet, place, label, value, label_mm=_LABEL_MM) + 0.75
    return y - CELL.lead_mm


def _facts(receipt: BatchReceipt) -> list[tuple[str, str]]:
    last = add_months(receipt.from_month, receipt.months - 1)
    months = format_month_range(receipt.from_month, last)
    facts = [
        ("Pengirim", receipt.sender),
        ("Surat", receipt.letter),
        ("Berkas", receipt.source_name),
        ("Sidik isi berkas", receipt.fingerprint),
        ("Kelompok", receipt.category),
        ("Iuran", f"{months}, {receipt.programmes}"),
    ]
    if receipt.decided_at is not None:
        day = format_date(receipt.decided_at.date(), "long")
        facts.append(("Diputuskan", f"{day} oleh {receipt.decided_by}"))
    return [(label, value) for label, value in facts if value]


def _draw_rows(receipt: BatchReceipt, sheet: Sheet, top: float) -> float:
    section = Section(heading="Baris yang dibaca", draw=partial(_rows_table, receipt))
    y = draw_section(sheet, Place(sheet.left, top, sheet.column), section)
    words = f"Terbilang: {amount_in_words(receipt.amount)}."
    return sheet.para(sheet.left, y + 5.0, sheet.column, words, role=CELL) - CELL.lead_mm + 0.9


def _rows_table(receipt: BatchReceipt, sheet: Sheet, place: Place) -> float:
    outcomes = (
        ("Baru", receipt.new, "didaftarkan sebagai peserta baru"),
        ("Tertaut", receipt.linked, "sudah dikenal, masa kepesertaan disambung"),
        ("Diperbarui", receipt.updated, "sudah dikenal, datanya mengikuti daftar ini"),
        ("Dilewati", receipt.left_out, "menurut putusan, dengan alasan"),
        ("Ditahan", receipt.held, _waiting(receipt)),
        ("Ditolak", receipt.rejected, "tidak ikut, dengan alasan"),
        ("Bukan peserta", receipt.ignored, "baris jumlah, nomor kolom, dan tanda tangan"),
        ("Kosong", receipt.blank, "baris tanpa isi"),
    )
    rows = [Row((name, format_count(count), meaning)) for name, count, meaning in outcomes if count]
    total = ("Jumlah dibaca", format_count(receipt.read), f"Iuran {format_rupiah(receipt.amount)}")
    columns = (Column("Hasil", 40), Column("Baris", 26, "r"), Column("Artinya", -1))
    return draw_table(sheet, place, Table(columns=columns, rows=(*rows, Row(total, "total"))))


def _waiting(receipt: BatchReceipt) -> str:
    words = "belum terdaftar, menunggu perbaikan"
    return f"{words} sampai {format_date(receipt.due_on)}" if receipt.due_on else words


def _reasons(receipt: BatchReceipt) -> Section:
    return Section(
        heading="Mengapa baris ditahan",
        note="satu baris dapat mempunyai beberapa alasan",
        draw=partial(_reasons_table, receipt),
    )


def _reasons_table(receipt: BatchReceipt, sheet: Sheet, place: Place) -> float:
    counted = [((reason.sentence,), reason.rows) for reason in receipt.reasons]
    rows = folded(counted, _MOST_REASONS, ("alasan lain",))
    columns = (Column("Alasan", -1), Column("Baris", 26, "r"))
    return draw_table(sheet, place, Table(columns=columns, rows=rows))


def _draw_done(receipt: BatchReceipt, sheet: Sheet, top: float) -> float:
    """Draw repairs at the left and decisions at the right, or the only ones over both."""
    sections = [
        Section(heading=heading, draw=partial(_done_table, lines))
        for heading, lines in (
            ("Yang diperbaiki petugas", receipt.repaired),
            ("Yang diputuskan petugas", receipt.decided),
        )
        if lines
    ]
    return draw_columns(sheet, top, sections[:1], sections[1:])


def _done_table(lines: Sequence[DoneLine], sheet: Sheet, place: Place) -> float:
    counted = [((line.what,), line.rows) for line in lines]
    rows = folded(counted, _MOST_DEEDS, ("langkah lain",))
    columns = (Column("Langkah", -1), Column("Baris", 20, "r"))
    return draw_table(sheet, place, Table(columns=columns, rows=rows))


def _ignored(receipt: BatchReceipt) -> Section:
    return Section(
        heading="Peringatan yang diabaikan",
        note="barisnya ikut didaftarkan dengan alasan petugas",
        draw=partial(_ignored_table, receipt.ignored_warnings),
    )


def _ignored_table(lines: Sequence[IgnoredLine], sheet: Sheet, place: Place) -> float:
    counted = [((line.sentence, cut(line.reason)), line.rows) for line in lines]
    rows = folded(counted, _MOST_DEEDS, ("alasan lain", ""))
    columns = (Column("Peringatan", -1), Column("Alasan petugas", -1), Column("Baris", 20, "r"))
    return draw_table(sheet, place, Table(columns=columns, rows=rows))


def _levels(receipt: BatchReceipt) -> Section:
    return Section(
        heading="Tingkat pemeriksaan yang diubah kantor",
        note="berlaku pada hari pendaftaran",
        draw=partial(_levels_table, receipt),
    )


def _levels_table(receipt: BatchReceipt, sheet: Sheet, place: Place) -> float:
    rows = tuple(Row((line.sentence, line.level, line.usual)) for line in receipt.levels)
    columns = (Column("Temuan", -1), Column("Tingkat", 44), Column("Biasanya", 44))
    return draw_table(sheet, place, Table(columns=columns, rows=rows))
