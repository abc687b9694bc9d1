"""Surat kepada Pengirim: why rows of a list wait, what to do in three steps, until when."""

from collections.abc import Sequence
from functools import partial

from bpjsdesk.domain.report_values import Letterhead, Paper, PrintStamp, Signatory
from bpjsdesk.domain.sender_letter import SenderLetter
from bpjsdesk.domain.wording import format_count, format_date
from bpjsdesk.reports.letterhead import PageStyle
from bpjsdesk.reports.page import Block, render_pages
from bpjsdesk.reports.parts import Section, section_block, signature_block
from bpjsdesk.reports.sheet import Place, Sheet, baseline
from bpjsdesk.reports.tables import Column, Row, Table, cut, draw_table, folded
from bpjsdesk.reports.text import Rich, Run
from bpjsdesk.reports.theme import LABEL, REGULAR, SEMIBOLD, Role

_KIND = "Surat kepada Pengirim"
_LETTER = Role(face=REGULAR, size=10, lead=14.4, strong=SEMIBOLD)
_LABEL_MM = 22.0
_STEP_MM = 6.0
_MOST_REASONS = 7
_MOST_IGNORED = 3


def render_sender_letter(
    letter: SenderLetter,
    letterhead: Letterhead,
    stamp: PrintStamp,
    *,
    paper: Paper = Paper.A4,
    signatories: Sequence[Signatory] = (),
) -> bytes:
    """Return the letter as PDF.

    Raises: UserError PAGE_OVERFULL, LOGO_UNREADABLE.
    """
    style = PageStyle(
        title=f"{_KIND} {letter.document_no}",
        kind=_KIND,
        letterhead=letterhead,
        stamp=stamp,
        paper=paper,
        note="NIK pada surat ini disamarkan; baris selengkapnya ada pada berkas terlampir.",
        running_left=f"{_KIND} {letter.document_no}",
        running_right=letter.sender,
    )
    blocks = [
        Block(draw=partial(_draw_head, letter)),
        Block(draw=partial(_draw_opening, letter), gap_mm=4.6),
        Block(draw=partial(_draw_steps, letter), gap_mm=3.0),
        section_block(_reasons(letter), gap_mm=4.0),
    ]
    if letter.examples:
        blocks.append(section_block(_examples(letter), gap_mm=4.0))
    if letter.ignored_warnings:
        blocks.append(section_block(_ignored(letter), gap_mm=4.0))
    blocks.append(Block(draw=partial(_draw_closing, letter), gap_mm=4.0))
    if signatories:
        blocks.append(signature_block(signatories))
    return render_pages(style, blocks)


def _draw_head(letter: SenderLetter, sheet: Sheet, top: float) -> float:
    y = top + baseline(_LETTER)
    day = format_date(letter.day)
    dated = f"{letter.place}, {day}" if letter.place else day
    room = _LETTER.width(dated) + 6
    sheet.text(sheet.right, y, dated, _LETTER, align="r")
    facts: tuple[tuple[str, Rich], ...] = (
        ("Nomor", letter.document_no),
        ("Lampiran", f"{format_count(len(letter.enclosures))} berkas"),
        ("Hal", (Run(_subject(letter), strong=True),)),
    )
    for number, (label, value) in enumerate(facts):
        sheet.text(sheet.left, y, label, _LETTER)
        sheet.text(sheet.left + _LABEL_MM - 3, y, ":", _LETTER)
        free = sheet.column - _LABEL_MM - (0 if number else room)
        y = sheet.para(sheet.left + _LABEL_MM, y, free, value, role=_LETTER)
    y += sheet.air(3.0)
    y = sheet.para(sheet.left, y, sheet.span(8), f"Yth. {letter.sender}", role=_LETTER)
    return y - _LETTER.lead_mm + 1.0


def _subject(letter: SenderLetter) -> str:
    if letter.cut_column:
        return "Permintaan kirim ulang kolom NIK daftar peserta"
    return f"Perbaikan {format_count(letter.held)} baris daftar peserta"


def _draw_opening(letter: SenderLetter, sheet: Sheet, top: float) -> float:
    y = top + baseline(_LETTER)
    for words in _opening(letter):
        y = sheet.para(sheet.left, y, sheet.column, words, role=_LETTER) + sheet.air(1.6)
    return y - sheet.air(1.6) - _LETTER.lead_mm + 1.0


def _opening(letter: SenderLetter) -> tuple[str, ...]:
    by = f" dengan surat {letter.sender_letter}" if letter.sender_letter else ""
    thanks = (
        f"Terima kasih atas daftar peserta {letter.category} “{letter.source_name}” yang "
        f"Bapak/Ibu kirim{by} untuk {letter.agreement}."
    )
    if letter.cut_column:
        return (thanks, *_on_cut_column(letter))
    sound, held = format_count(letter.sound), format_count(letter.held)
    now = "sudah didaftarkan" if letter.is_decided else "sudah baik"
    found = (
        f"Dari {format_count(letter.read)} baris yang kami baca, {sound} orang {now} dan {held} "
        "baris belum dapat kami daftarkan karena isinya perlu diperbaiki. Orang pada baris itu "
        "belum terlindungi sampai barisnya diperbaiki."
    )
    return thanks, found


def _on_cut_column(letter: SenderLetter) -> tuple[str, str]:
    what, _, _rest = letter.cut_column.partition(". ")
    return (
        f"{what}. Excel memperlakukan NIK sebagai bilangan dan hanya menyimpan 15 angka; angka "
        "ke-16 diganti 0. Angka yang hilang tidak dapat dipulihkan dari berkas itu dan tidak kami "
        "tebak, supaya tidak ada orang lain yang terdaftar.",
        f"Karena itu {format_count(letter.held)} dari {format_count(letter.read)} baris belum "
        "dapat kami daftarkan, dan orangnya belum terlindungi.",
    )


def _draw_steps(letter: SenderLetter, sheet: Sheet, top: float) -> float:
    y = top + baseline(_LETTER)
    y = sheet.para(sheet.left, y, sheet.column, "Mohon bantuan Bapak/Ibu:", role=_LETTER)
    for number, words in enumerate(_steps(letter), 1):
        sheet.text(sheet.left, y, f"{number}.", _LETTER)
        room = sheet.column - _STEP_MM
        y = sheet.para(sheet.left + _STEP_MM, y, room, words, role=_LETTER)
    return y - _LETTER.lead_mm + 1.0


def _steps(letter: SenderLetter) -> tuple[tuple[Run, ...], ...]:
    due = Run(f" paling lambat {format_date(letter.due_on, 'long')}.", strong=True)
    if letter.cut_column:
        return (
            (
                Run("Salin daftar ke templat terlampir, yang kolom NIK-nya sudah berformat Teks: "),
                Run(f"“{letter.template_name}”."),
            ),
            (
                Run(
                    "Isi NIK dari sumber aslinya (KTP, KK, atau aplikasi asal), bukan dari berkas "
                    "Excel yang lama karena angkanya sudah tidak ada di sana."
                ),
            ),
            (Run("Simpan sebagai .xlsx, jangan sebagai CSV, lalu kirim"), due),
        )
    return (
        (
            Run(f"Buka “{letter.corrections_name}”: sel yang salah berwarna, dan di sebelah "),
            Run("kanannya tertulis apa yang salah serta yang diharapkan."),
        ),
        (
            Run("Perbaiki menurut KTP; jangan mengubah kolom Kunci Baris. Orang tambahan ditulis "),
            Run("pada templat, bukan di berkas ini."),
        ),
        (Run("Kirim kembali berkas itu"), due),
    )


def _reasons(letter: SenderLetter) -> Section:
    return Section(
        heading="Yang perlu diperbaiki",
        note="satu baris dapat mempunyai beberapa alasan",
        draw=partial(_reasons_table, letter),
    )


def _reasons_table(letter: SenderLetter, sheet: Sheet, place: Place) -> float:
    counted = [((reason.wrong, reason.mend), reason.rows) for reason in letter.reasons]
    rest = ("alasan lain", "Rinciannya ada pada berkas terlampir.")
    rows = folded(counted, _MOST_REASONS, rest)
    columns = (Column("Alasan", -2), Column("Cara memperbaiki", -3), Column("Baris", 18, "r"))
    return draw_table(sheet, place, Table(columns=columns, rows=rows))


def _examples(letter: SenderLetter) -> Section:
    return Section(
        heading="Contoh baris",
        note="nomor baris seperti di berkas Bapak/Ibu",
        draw=partial(_examples_table, letter),
    )


def _examples_table(letter: SenderLetter, sheet: Sheet, place: Place) -> float:
    rows = tuple(
        Row((found.sheet, format_count(found.row_no), found.nik, found.wrong))
        for found in letter.examples
    )
    columns = (
        Column("Lembar", 38),
        Column("Baris", 16, "r"),
        Column("NIK", 38),
        Column("Alasan", -1),
    )
    return draw_table(sheet, place, Table(columns=columns, rows=rows))


def _ignored(letter: SenderLetter) -> Section:
    return Section(
        heading=f"{'Diterima' if letter.is_decided else 'Akan diterima'} dengan catatan",
        note="baris ini tidak perlu dikirim ulang",
        draw=partial(_ignored_table, letter),
    )


def _ignored_table(letter: SenderLetter, sheet: Sheet, place: Place) -> float:
    counted = [((line.sentence, cut(line.reason)), line.rows) for line in letter.ignored_warnings]
    rows = folded(counted, _MOST_IGNORED, ("catatan lain", ""))
    columns = (Column("Catatan", -2), Column("Mengapa diterima", -2), Column("Baris", 18, "r"))
    return draw_table(sheet, place, Table(columns=columns, rows=rows))


def _draw_closing(letter: SenderLetter, sheet: Sheet, top: float) -> float:
    y = top + baseline(_LETTER)
    words = (
        "Kami siap membantu bila ada yang kurang jelas; hubungi kantor kami pada alamat di kepala "
        "surat ini. Atas perhatian dan kerja sama Bapak/Ibu kami ucapkan terima kasih."
    )
    y = sheet.para(sheet.left, y, sheet.column, words, role=_LETTER) + sheet.air(1.6)
    sheet.text(sheet.left, y, "Lampiran", LABEL)
    for name in letter.enclosures:
        room = sheet.column - _LABEL_MM
        y = sheet.para(sheet.left + _LABEL_MM, y, room, name, role=LABEL)
    return y - LABEL.lead_mm + 1.0
