"""The one-page summary of an agreement says everything, on one page, and nothing untrue."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from bpjsdesk.domain.report_values import AgreementSummary, Paper, ParticipantCounts, Tranche
from bpjsdesk.errors import UserError
from bpjsdesk.reports.agreement_summary import render_agreement_summary
from tests.reports.pdf_checks import faults, loose_fonts, text, texts
from tests.reports.samples import (
    LETTERHEAD,
    LONG_LETTERHEAD,
    MANADO,
    SIGNER,
    STRESSED_AGREEMENT,
    a_stamp,
)


def render(summary: AgreementSummary, paper: Paper = Paper.A4) -> bytes:
    return render_agreement_summary(summary, LETTERHEAD, a_stamp(), paper=paper)


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("summary", [MANADO, STRESSED_AGREEMENT])
def test_the_summary_is_one_sound_page(summary: AgreementSummary, paper: Paper) -> None:
    pdf = render_agreement_summary(summary, LONG_LETTERHEAD, a_stamp(), paper=paper)

    assert len(texts(pdf)) == 1
    assert faults(pdf) == []
    assert loose_fonts(pdf) == []
    page = PdfReader(BytesIO(pdf)).pages[0]
    assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(paper.points)


def test_the_page_says_what_the_agreement_says() -> None:
    page = text(render(MANADO))

    for words in (
        "PERJANJIAN KERJA SAMA · PERPANJANGAN",
        MANADO.title,
        "Akan berakhir 88 hari lagi s.d. 26-11-2024",
        "Senin, 27 November 2023 di Kantor Wali Kota Manado",
        "27 November 2023 s.d. 26 November 2024",
        "Nomor 560/D.14/PKS/XI/2023",
        "Nomor PER/127/112023",
        "PER/19/112021, perlindungan sejak 2021",
        MANADO.scope,
        "Pekerja Rentan BPU JKK + JKM 27.500 12 16.800 5.544.000.000",
        "Jumlah 37.000 Rp7.077.312.000",
        "Terbilang: tujuh miliar tujuh puluh tujuh juta tiga ratus dua belas ribu rupiah.",
        "APBD-P Kota Manado TA 2023, iuran Des 559.603.200",
        "IV Sep–Nov 2024 belum 1.769.328.000 –",
        "Jumlah 74,2% 7.077.312.000 5.250.547.200",
        "Tahap IV jatuh tempo 10 September 2024.",
        "Sudah diberi tahu 21.870 59,1%",
        "Jumlah 80 Rp2.348.386.500",
        "3. Menyampaikan laporan klaim",
        "Kontak BPJS Meiske Lumowa · 0811-0000-000",
        "Dicetak Jumat, 30 Agustus 2024 pukul 09.14 WITA oleh R. Tumbelaka",
        "Data per 30 Agustus 2024",
        "Dokumen ringkasan – bukan pengganti naskah asli.",
        "Halaman 1 dari 1",
        "CONTOH · data rekaan",
        "RPJ-2023-0127",
        "2BZY-T973",
    ):
        assert words in page


def test_what_nobody_knows_yet_is_said_or_left_out_but_never_made_up() -> None:
    draft = AgreementSummary(
        kind_label="Perjanjian Kerja Sama",
        title="Perlindungan Pekerja Rentan",
        status="Draf",
        parties=(replace(MANADO.parties[0], number=""),),
        quota=MANADO.quota,
        tranches=(Tranche(label="I", months="Des 2023", billed=589_776_000),),
        counts=ParticipantCounts(quota=37_000),
    )

    page = text(render(draft))

    assert "Ditandatangani belum" in page
    assert "Jangka waktu belum ditetapkan" in page
    assert "Nomor belum ada" in page
    assert "Jadwal pembayaran" in page
    assert "Valid –" in page
    for absent in ("realisasi", "Realisasi", "Klaim dibayar", "Sumber dana", "Kewajiban", "Kontak"):
        assert absent not in page


def test_a_payment_whose_amount_is_unknown_leaves_the_sum_open() -> None:
    unknown = (replace(MANADO.tranches[0], realised=None), *MANADO.tranches[1:])

    page = text(render(replace(MANADO, tranches=unknown)))

    assert "I Des 2023 15-12-2023 589.776.000 –" in page
    assert "Jumlah 7.077.312.000 –" in page


def test_a_rate_that_changes_is_explained() -> None:
    line = replace(MANADO.quota[0], rates=(8_400, 8_400, 16_800), amount=1)

    page = text(render(replace(MANADO, quota=(line,), funding=())))

    assert "12 berubah 1" in page
    assert "Rp8.400, lalu Rp16.800 per orang per bulan" in page


def test_money_that_does_not_match_the_quota_is_shown_as_a_difference() -> None:
    page = text(render(replace(MANADO, funding=MANADO.funding[:2])))

    assert "Sumber dana kurang dari jumlah iuran sebesar Rp362.073.600." in page


def test_the_same_summary_gives_the_same_bytes() -> None:
    assert render(MANADO) == render(MANADO)


def test_title_author_and_language_are_set() -> None:
    reader = PdfReader(BytesIO(render(MANADO)))

    assert reader.metadata is not None
    assert reader.metadata.title == "Ringkasan Perjanjian RPJ-2023-0127"
    assert reader.metadata.author == "BPJS Ketenagakerjaan Kantor Cabang Sulawesi Utara"
    assert str(reader.root_object["/Lang"]) == "id-ID"


def test_more_lines_than_a_page_holds_go_on_to_a_second_page() -> None:
    pdf = render(replace(MANADO, quota=MANADO.quota * 5, duties=MANADO.duties * 2))

    assert len(texts(pdf)) == 2
    assert "Halaman 2 dari 2" in texts(pdf)[1]
    assert faults(pdf) == []


def test_a_scope_longer_than_a_page_is_refused_in_words() -> None:
    with pytest.raises(UserError, match="PAGE_OVERFULL"):
        render(replace(MANADO, scope="kata " * 6_000))


def test_markup_in_any_field_stays_text() -> None:
    hostile = '<b>BUDI</b> <img src="/etc/passwd"> & **tebal**'
    summary = replace(
        MANADO,
        title=hostile,
        scope=hostile,
        parties=(replace(MANADO.parties[0], institution=hostile, signatory=hostile),),
        notes=(hostile,),
        legal_basis=("\u202eUU 24/2011\u202c",),
    )

    page = text(render(summary))

    assert page.count(hostile) == 5
    assert "UU 24/2011" in page
    assert "\u202e" not in page


def test_a_signatory_can_stand_below() -> None:
    pdf = render_agreement_summary(MANADO, LETTERHEAD, a_stamp(), signatories=(SIGNER,))

    assert SIGNER.name in text(pdf)
    assert faults(pdf) == []


def test_a_logo_that_is_no_picture_is_named(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(b"no picture")

    with pytest.raises(UserError, match=r"LOGO_UNREADABLE.*logo\.png"):
        render_agreement_summary(MANADO, replace(LETTERHEAD, logo_path=logo), a_stamp())
