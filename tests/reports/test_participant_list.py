"""The participant list hides every NIK, repeats its head, and adds up on each page."""

import re
from dataclasses import replace

import pytest

from bpjsdesk.domain.report_values import Paper, ParticipantList
from bpjsdesk.errors import Cancelled
from bpjsdesk.progress import CancelToken, Progress
from bpjsdesk.reports.participant_list import render_participant_list
from bpjsdesk.reports.roster_rows import ROLE, roster_columns
from bpjsdesk.reports.sheet import Layout, Sheet
from tests.reports.pdf_checks import faults, loose_fonts, text, texts
from tests.reports.roster_samples import a_hostile_roster, a_roster, many_villages
from tests.reports.samples import LETTERHEAD, LONG_LETTERHEAD, LONG_MAKER, LONG_SIGNER, a_stamp

STAMP = a_stamp("DP-7171-2026-I-02")
SIGNERS = (LONG_MAKER, LONG_SIGNER)


def render(roster: ParticipantList, paper: Paper = Paper.A4) -> bytes:
    return render_participant_list(roster, LETTERHEAD, STAMP, paper=paper, signatories=SIGNERS)


@pytest.fixture(scope="module")
def long_list() -> list[str]:
    """Return the pages of a list of 3.000 people."""
    return texts(render(a_roster(3_000)))


def test_three_thousand_people_have_a_head_and_a_number_on_every_page(
    long_list: list[str],
) -> None:
    assert len(long_list) > 80
    for number, page in enumerate(long_list, 1):
        assert "No. Nama NIK KPJ L/P Lahir Kelurahan/desa Iuran 5 bulan (Rp)" in page
        assert f"Halaman {number} dari {len(long_list)}" in page
        assert "PKS PER/212/122025" in page


def test_no_page_shows_a_whole_nik(long_list: list[str]) -> None:
    everything = " ".join(long_list) + text(render(a_hostile_roster()))

    assert re.findall("[0-9]{16}", everything) == []
    assert everything.count("7171••••••••") > 3_000


def test_the_number_column_has_room_for_a_very_long_list() -> None:
    rows = [(36_999 + place, *row[1:]) for place, row in enumerate(a_roster(2).rows)]
    sheet = Sheet(None, Paper.A4, Layout())

    number, *_ = roster_columns(sheet, replace(a_roster(2), rows=rows))

    assert ROLE.width("37.000") <= number.room


def test_every_row_is_printed_once_and_the_sums_run_on() -> None:
    roster = a_roster(100)
    pages = texts(render(roster))

    for row in roster.rows:
        assert sum(f"{row[3]} {row[1]} {row[2]}" in page for page in pages) == 1
    assert "Jumlah halaman ini: 34 peserta 2.856.000" in pages[0]
    assert "Jumlah sampai halaman ini: 68 dari 100 peserta 5.712.000" in pages[1]
    assert "Jumlah sampai halaman ini: 100 dari 100 peserta 8.400.000" in pages[-1]


def test_the_last_page_recapitulates_and_is_signed() -> None:
    last = texts(render(a_roster()))[-1]

    assert "1.063 peserta × Rp16.800 × 5 bulan = Rp89.292.000" in last
    assert "(delapan puluh sembilan juta dua ratus sembilan puluh dua ribu rupiah)." in last
    assert "Sumompo" in last
    assert LONG_SIGNER.id_line in last


@pytest.mark.parametrize("count", [1, 8, 9, 33, 34, 35, 42, 68, 69])
def test_signatures_never_stand_without_rows(count: int) -> None:
    pdf = render(a_roster(count))

    last = texts(pdf)[-1]
    here = re.search(r"Jumlah halaman ini: (\d+) peserta", last)
    assert here is not None
    assert int(here[1]) >= min(count, 8)
    assert faults(pdf) == []


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("roster", [a_hostile_roster(), a_roster(64, has_kpj=False)])
def test_hostile_names_never_break_or_overlap(roster: ParticipantList, paper: Paper) -> None:
    pdf = render_participant_list(roster, LONG_LETTERHEAD, STAMP, paper=paper, signatories=SIGNERS)

    assert faults(pdf) == []
    assert loose_fonts(pdf) == []


def test_markup_and_hidden_marks_are_printed_as_plain_text() -> None:
    page = text(render(a_hostile_roster()))

    assert '<b>BUDI</b> <img src="/etc/passwd">' in page
    assert "IMANARK RTL" in page
    assert "NAMA (DENGAN) \\ TANDA" in page
    assert "É. ÜNAL Œ Ł" in page
    assert "BARIS BARU TAB" in page
    assert "�� �� �" in page
    assert "SITI NUR ATHIYAH FATMAWATI RAMADHANI MOKODOMPIT PAPUTUNGAN" in page
    assert "12 baris ditahan untuk perbaikan" in page


def test_many_villages_get_pages_of_their_own() -> None:
    pdf = render(many_villages())
    pages = texts(pdf)

    assert "Rekapitulasi per kelurahan/desa" in pages[-2]
    assert "Kelurahan Rekaan 1 10 840.000" in pages[-2]
    assert "Kelurahan Rekaan 87" in pages[-1]
    assert LONG_SIGNER.id_line in pages[-1]
    assert f"Halaman {len(pages)} dari {len(pages)}" in pages[-1]


def test_columns_that_nobody_filled_vanish() -> None:
    roster = a_roster(10, has_kpj=False)
    rows = [(*row[:7], None) for row in roster.rows]

    page = text(render(replace(roster, rows=rows, amount=None, recap=())))

    assert "KPJ" not in page
    assert "Iuran" not in page
    assert "10 peserta." in page


def test_rates_that_change_are_named() -> None:
    roster = replace(a_roster(10), rates=(8_400, 16_800))

    page = text(render(roster))

    assert "10 peserta, iuran 5 bulan: Rp840.000" in page
    assert "Tarif berubah dalam masa ini: Rp8.400, lalu Rp16.800 per orang per bulan." in page


def test_an_empty_list_is_one_page() -> None:
    roster = replace(a_roster(1), rows=(), recap=(), amount=0)

    pages = texts(render(roster))

    assert len(pages) == 1
    assert "Jumlah halaman ini: 0 peserta" in pages[0]


def test_a_list_that_does_not_add_up_is_not_printed() -> None:
    with pytest.raises(ValueError, match="amount"):
        render(replace(a_roster(10), amount=1))


def test_the_same_list_gives_the_same_bytes() -> None:
    assert render(a_roster(200)) == render(a_roster(200))


def test_progress_counts_rows_to_the_end() -> None:
    seen: list[Progress] = []

    render_participant_list(a_roster(1_000), LETTERHEAD, STAMP, progress=seen.append)

    assert [step.done for step in seen] == sorted(step.done for step in seen)
    assert (seen[-1].done, seen[-1].total) == (1_000, 1_000)


def test_a_cancelled_list_stops() -> None:
    cancel = CancelToken()
    cancel.cancel()

    with pytest.raises(Cancelled):
        render_participant_list(a_roster(1_000), LETTERHEAD, STAMP, cancel=cancel)
