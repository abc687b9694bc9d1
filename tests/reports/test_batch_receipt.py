"""The receipt of a list counts every row, and says so when nothing is decided yet."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from bpjsdesk.clock import WITA
from bpjsdesk.domain.ignored_warnings import IgnoredLine
from bpjsdesk.domain.receipt import BatchReceipt, DoneLine, LevelLine, ReasonLine
from bpjsdesk.domain.report_values import Paper
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.reports.batch_receipt import render_batch_receipt
from tests.reports.pdf_checks import faults, loose_fonts, text, texts
from tests.reports.samples import LETTERHEAD, SIGNER, a_stamp

RECEIPT = BatchReceipt(
    number="B-2026-00047",
    agreement="Perlindungan Pekerja Rentan di Kota Manado",
    category="Pekerja Rentan",
    sender="Dinas Tenaga Kerja Kota Manado",
    letter="560/1127/XI/2026, 16 November 2026",
    source_name="DATA PEKERJA RENTAN MANADO 2027 FINAL (2).xlsx",
    digest="9f3c71ab04e2c81d" + "0" * 48,
    from_month=date(2027, 1, 1),
    months=12,
    programmes="JKK + JKM",
    read=37_000,
    new=3_406,
    linked=30_912,
    left_out=287,
    held=2_170,
    ignored=11,
    blank=214,
    amount=6_918_508_800,
    reasons=(
        ReasonLine(sentence="NIK disimpan sebagai angka", rows=614),
        ReasonLine(sentence="Tanggal lahir tidak terbaca atau tidak masuk akal", rows=402),
    ),
    created_by="Rina Tumewu",
    submitted_by="Rina Tumewu",
    decided_by="Hendrik Pontoh",
    decided_at=datetime(2026, 11, 20, 10, 42, tzinfo=WITA),
)


@pytest.mark.parametrize("paper", list(Paper))
def test_the_receipt_is_one_sound_page_that_adds_up(paper: Paper) -> None:
    pdf = render_batch_receipt(RECEIPT, LETTERHEAD, a_stamp(), paper=paper, signatories=[SIGNER])
    assert len(texts(pdf)) == 1
    assert faults(pdf) == []
    assert loose_fonts(pdf) == []
    page = text(pdf)
    for words in (
        "TANDA TERIMA DAFTAR · BATCH B-2026-00047",
        "Dinas Tenaga Kerja Kota Manado",
        "9f3c 71ab 04e2 c81d",
        "Januari–Desember 2027, JKK + JKM",
        "Baru 3.406",
        "Tertaut 30.912",
        "Ditahan 2.170",
        "Jumlah dibaca 37.000 Iuran Rp6.918.508.800",
        "Jumat, 20 November 2026 oleh Hendrik Pontoh",
        "NIK disimpan sebagai angka 614",
        "delapan ribu delapan ratus rupiah.",
    ):
        assert words in page


def test_reasons_beyond_the_room_are_added_up_not_dropped() -> None:
    many = tuple(ReasonLine(sentence=f"Sebab {n}", rows=n) for n in range(15, 0, -1))
    page = text(render_batch_receipt(replace(RECEIPT, reasons=many), LETTERHEAD, a_stamp()))
    assert "Sebab 4 4" in page
    assert "3 alasan lain 6" in page


def test_what_was_done_and_by_which_levels_is_printed() -> None:
    done = replace(
        RECEIPT,
        repaired=(
            DoneLine(what="Tukar hari dan bulan", rows=618),
            DoneLine(what="Rapikan", rows=5),
        ),
        decided=(DoneLine(what="Tidak dimuat: sudah pindah", rows=287),),
        levels=(
            LevelLine(
                sentence="Jenis kelamin berbeda dengan yang tercatat di dalam NIK",
                level="Galat, menahan baris",
                usual="Peringatan, tidak menahan",
            ),
        ),
        due_on=date(2026, 12, 4),
    )
    pdf = render_batch_receipt(done, LETTERHEAD, a_stamp(), signatories=[SIGNER])
    assert len(texts(pdf)) == 1
    assert faults(pdf) == []
    page = text(pdf)
    for words in (
        "Tukar hari dan bulan 618",
        "Tidak dimuat: sudah pindah 287",
        "menunggu perbaikan sampai 4 Desember 2026",
        "dalam NIK Galat, menahan baris Peringatan, tidak menahan",
    ):
        assert words in page


def test_many_deeds_are_added_up_and_stay_on_the_page() -> None:
    deeds = tuple(DoneLine(what=f"Langkah nomor {number} " * 6, rows=9) for number in range(10))
    level = LevelLine(sentence="Temuan " * 12, level="Tidak dipakai", usual="Galat, menahan baris")
    many = replace(RECEIPT, repaired=deeds, decided=deeds, levels=(level,) * 6)
    pdf = render_batch_receipt(many, LETTERHEAD, a_stamp(), signatories=[SIGNER])
    assert faults(pdf) == []
    assert "4 langkah lain 36" in text(pdf)


def test_what_waits_for_the_supervisor_says_so() -> None:
    waiting = replace(RECEIPT, decided_at=None, decided_by="", sender="", letter="", reasons=())
    page = text(render_batch_receipt(waiting, LETTERHEAD, a_stamp()))
    assert "Menunggu keputusan penyelia" in page
    assert "Pengirim" not in page


def test_a_receipt_that_does_not_add_up_is_never_made() -> None:
    with pytest.raises(ValueError, match="add up"):
        replace(RECEIPT, held=0)


def test_ignored_warnings_are_counted_by_what_and_why() -> None:
    lines = [
        IgnoredLine(code=IssueCode.PHONE_FORMAT, reason="Nomor dicatat lewat kelurahan", rows=259),
        IgnoredLine(code=IssueCode.NIK_DOB_MISMATCH, reason="KTP " * 60, rows=31),
        *(
            IgnoredLine(code=IssueCode.UNDER_AGE, reason=f"Surat izin {n}", rows=1)
            for n in range(7)
        ),
    ]
    told = replace(RECEIPT, ignored_warnings=tuple(lines))
    pdf = render_batch_receipt(told, LETTERHEAD, a_stamp(), signatories=[SIGNER])
    assert len(texts(pdf)) == 1
    assert faults(pdf) == []
    page = text(pdf)
    assert "Peringatan yang diabaikan" in page
    assert "Nomor HP tidak dikenali Nomor dicatat lewat kelurahan 259" in page
    assert "3 alasan lain 3" in page
