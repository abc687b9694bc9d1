"""The letter to a list's sender: reasons with counts, three steps, a day, masked examples."""

from dataclasses import replace
from datetime import date

import pytest

from bpjsdesk.domain.ignored_warnings import IgnoredLine
from bpjsdesk.domain.report_values import Paper
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.sender_letter import LetterExample, LetterReason, SenderLetter
from bpjsdesk.reports.sender_letter import render_sender_letter
from tests.reports.pdf_checks import faults, loose_fonts, text, texts
from tests.reports.samples import HEAD, LETTERHEAD, LONG_LETTERHEAD, SIGNER, a_stamp

SIGN = replace(SIGNER, above="")
LETTER = SenderLetter(
    document_no="SPD-00047",
    day=date(2026, 11, 20),
    place="Manado",
    sender="Dinas Tenaga Kerja Kota Manado",
    sender_letter="nomor 560/1127/XI/2026 tanggal 16 November 2026",
    agreement="Perlindungan Pekerja Rentan di Kota Manado",
    category="Pekerja Rentan",
    source_name="DATA PEKERJA RENTAN MANADO 2027 FINAL (2).xlsx",
    read=37_000,
    sound=34_318,
    held=2_170,
    is_decided=True,
    due_on=date(2026, 12, 4),
    reasons=(
        LetterReason(wrong="NIK bukan 16 angka", mend="Cocokkan dengan KTP.", rows=1_614),
        LetterReason(wrong="Tanggal lahir tidak terbaca", mend="Tulis 12-08-1985.", rows=556),
    ),
    examples=(
        LetterExample(
            sheet="Kel. Molas", row_no=1_214, nik="7171••••••••0003", wrong="NIK bukan 16 angka"
        ),
    ),
    cut_column="",
    template_name="Templat daftar Pekerja Rentan.xlsx",
    corrections_name="Koreksi batch B-2026-00047.xlsx",
)
CUT = (
    "Lembar “DATA” kolom B “NIK”: 36.910 NIK disimpan sebagai angka dan 100% berakhir 0, padahal "
    "sewajarnya 10%. Excel sudah menghapus angka terakhirnya."
)


@pytest.mark.parametrize("paper", list(Paper))
def test_the_letter_is_one_sound_page(paper: Paper) -> None:
    pdf = render_sender_letter(LETTER, LETTERHEAD, a_stamp(), paper=paper, signatories=[SIGN])
    assert len(texts(pdf)) == 1
    assert faults(pdf) == []
    assert loose_fonts(pdf) == []
    page = text(pdf)
    for words in (
        "Manado, 20 November 2026",
        "Nomor : SPD-00047",
        "Lampiran : 2 berkas",
        "Perbaikan 2.170 baris daftar peserta",
        "Yth. Dinas Tenaga Kerja Kota Manado",
        "nomor 560/1127/XI/2026 tanggal 16 November 2026",
        "Dari 37.000 baris yang kami baca, 34.318 orang sudah didaftarkan dan 2.170 baris",
        "paling lambat Jumat, 4 Desember 2026.",
        "NIK bukan 16 angka Cocokkan dengan KTP. 1.614",
        "Kel. Molas 1.214 7171••••••••0003",
        "Koreksi batch B-2026-00047.xlsx",
    ):
        assert words in page


def test_a_cut_column_has_its_own_words_and_asks_for_a_new_list() -> None:
    page = text(render_sender_letter(replace(LETTER, cut_column=CUT), LETTERHEAD, a_stamp()))
    assert "Permintaan kirim ulang kolom NIK daftar peserta" in page
    assert "36.910 NIK disimpan sebagai angka dan 100% berakhir 0" in page
    assert "tidak kami tebak" in page
    assert "Salin daftar ke templat terlampir" in page
    assert "Kunci Baris" not in page


def test_a_list_in_work_is_not_called_registered() -> None:
    page = text(render_sender_letter(replace(LETTER, is_decided=False), LETTERHEAD, a_stamp()))
    assert "34.318 orang sudah baik" in page


def test_the_longest_names_stay_on_the_page() -> None:
    reason = LetterReason(wrong="Alasan " * 9, mend="Cara memperbaiki " * 12, rows=37_000)
    example = LetterExample(sheet="X" * 31, row_no=65_536, nik="tidak terbaca", wrong="W " * 60)
    long = replace(
        LETTER,
        sender=f"Dinas Tenaga Kerja {HEAD}",
        agreement=f"Perlindungan {HEAD}",
        reasons=(reason,) * 12,
        examples=(example,) * 5,
    )
    pdf = render_sender_letter(long, LONG_LETTERHEAD, a_stamp(), signatories=[SIGN])
    assert faults(pdf) == []
    assert "5 alasan lain" in text(pdf)


def test_who_was_taken_in_with_a_warning_is_told_apart_from_what_is_asked_for() -> None:
    lines = tuple(
        IgnoredLine(code=code, reason="Nomor dicatat lewat kelurahan", rows=rows)
        for code, rows in ((IssueCode.PHONE_FORMAT, 259), (IssueCode.NO_MOTHER_NAME, 12))
    )
    told = replace(LETTER, ignored_warnings=lines)
    pdf = render_sender_letter(told, LETTERHEAD, a_stamp(), signatories=[SIGN])
    assert len(texts(pdf)) == 1
    assert faults(pdf) == []
    page = text(pdf)
    assert "Diterima dengan catatan baris ini tidak perlu dikirim ulang" in page
    assert "Nomor HP tidak dikenali Nomor dicatat lewat kelurahan 259" in page


def test_what_a_clerk_has_typed_at_length_is_cut_for_the_sender() -> None:
    line = IgnoredLine(code=IssueCode.PHONE_FORMAT, reason="KTP " * 60, rows=1)
    told = replace(LETTER, ignored_warnings=(line,))
    pdf = render_sender_letter(told, LETTERHEAD, a_stamp(), signatories=[SIGN])
    assert faults(pdf) == []
    assert "KTP…" in text(pdf)
