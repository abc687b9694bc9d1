"""The comparison of two lists names everybody who leaves or joins, and its sums are one."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from bpjsdesk.domain.list_comparison import ListDifference, ListSide, MovedPerson
from bpjsdesk.domain.report_values import Paper, Signatory
from bpjsdesk.reports.list_comparison import render_list_comparison
from tests.reports.pdf_checks import faults, loose_fonts, text, texts
from tests.reports.samples import LETTERHEAD, LONG_LETTERHEAD, LONG_NAME, REGION, SIGNER, a_stamp

PARTNER = Signatory(above="Menyetujui,", position="Wali Kota Manado", name="Andrei Contoh")
LAST_YEAR = ListSide(
    batch_id=12,
    number="B-2026-00012",
    agreement="Perlindungan Pekerja Rentan di Kota Manado",
    category="Pekerja Rentan",
    from_month=date(2026, 1, 1),
    months=12,
    heads=34_602,
    head_amount=201_600,
    is_accepted=True,
)
NEXT_YEAR = replace(
    LAST_YEAR,
    batch_id=47,
    number="B-2026-00047",
    agreement="Perpanjangan Perlindungan Pekerja Rentan di Kota Manado Tahun 2027",
    from_month=date(2027, 1, 1),
    is_accepted=False,
)
REASONS = ("Meninggal dunia", "Pindah dari wilayah mitra", "Tidak ada di daftar baru")


def people(count: int, reasons: Iterable[str], name: str = "BUDI RONDO") -> tuple[MovedPerson, ...]:
    why = list(reasons)
    return tuple(
        MovedPerson(
            nik=f"717101******{number:04d}",
            name=f"{name} {number}",
            village="Karombasan Utara",
            reason=why[number % len(why)],
        )
        for number in range(count)
    )


def difference(
    leaving: tuple[MovedPerson, ...], joining: tuple[MovedPerson, ...], *, held: int = 0
) -> ListDifference:
    same = LAST_YEAR.heads - len(leaving) - 100
    heads = same + 100 + len(joining)
    after = replace(NEXT_YEAR, heads=heads)
    return ListDifference(
        before=LAST_YEAR,
        after=after,
        same=same,
        changed=100,
        leaving=leaving,
        joining=joining,
        held=held,
    )


def drawn(found: ListDifference, **changes: object) -> bytes:
    wanted: dict[str, object] = {"signatories": [PARTNER, SIGNER], **changes}
    return render_list_comparison(found, LETTERHEAD, a_stamp(), **wanted)  # type: ignore[arg-type]  # named by each test


@pytest.mark.parametrize("paper", list(Paper))
def test_both_directions_are_printed_with_their_reasons_and_sums(paper: Paper) -> None:
    found = difference(people(64, REASONS), people(95, ["Peserta baru"]), held=17)
    pdf = drawn(found, paper=paper)
    assert faults(pdf, pages=9) == []
    assert loose_fonts(pdf) == []
    whole = text(pdf)
    for words in (
        "Daftar bertambah 31 orang: 95 masuk, 64 keluar",
        "Selisih +31 +6.249.600",
        "Terbilang selisih iuran: enam juta dua ratus empat puluh sembilan ribu enam ratus rupiah.",
        "17 baris daftar baru masih ditahan",
        "100 dengan data yang berubah",
        "Baru (usulan)",
        "Lampiran: keluar dari daftar",
        "Jumlah 64 orang 12.902.400",
        "Jumlah 95 orang 19.152.000",
        "Wali Kota Manado,",
    ):
        assert words in whole
    assert whole.count("717101******") == 64 + 95


def test_a_short_comparison_is_a_page_to_sign_and_one_annex() -> None:
    pdf = drawn(difference(people(3, REASONS), people(2, ["Peserta baru"])))
    page, annex = texts(pdf)
    assert "Menyetujui," in page
    assert "keluar dari daftar" in annex
    assert "masuk ke daftar" in annex
    assert "Daftar berkurang 1 orang: 2 masuk, 3 keluar" in text(pdf)
    assert faults(pdf) == []


def test_equal_lists_say_so_and_need_no_table_of_people() -> None:
    page = text(drawn(difference((), ())))
    assert "Jumlah peserta tetap 34.602 orang: 0 masuk, 0 keluar" in page
    assert "nihil" in page
    assert "Lampiran" not in page


def test_the_longest_names_wrap_and_no_row_runs_into_the_foot() -> None:
    reason = "Ditahan: Kategori tidak dikenal atau bukan kategori yang dipilih untuk batch ini"
    leaving = tuple(
        replace(person, village=REGION) for person in people(40, [reason], name=LONG_NAME)
    )
    for count in range(36, 52, 3):
        found = difference(leaving, people(count, ["Sudah tercatat di register"]))
        pdf = render_list_comparison(
            found, LONG_LETTERHEAD, a_stamp(), signatories=[PARTNER, SIGNER]
        )
        assert faults(pdf, pages=12) == []
        assert f"Jumlah {count} orang" in texts(pdf)[-1]


def test_two_runs_give_the_same_bytes() -> None:
    found = difference(people(20, REASONS), people(5, ["Peserta baru"]))
    assert drawn(found) == drawn(found)


def test_sums_that_do_not_fit_are_never_printed() -> None:
    found = difference(people(3, REASONS), ())
    with pytest.raises(ValueError, match="earlier list"):
        replace(found, same=found.same + 1)
    with pytest.raises(ValueError, match="new list"):
        replace(found, after=replace(found.after, heads=1))
