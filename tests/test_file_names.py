"""A proposed name is one that Windows takes, whatever stands in an agreement's number."""

import pytest

from bpjsdesk.file_names import LONGEST, fits_windows, safe_name


@pytest.mark.parametrize(
    ("proposed", "name"),
    [
        ('PKS 1/2026: "Manado"?', "PKS 1-2026- -Manado--"),
        ("a<b>c|d*e\\f", "a-b-c-d-e-f"),
        ("baris\nbaru\x7f", "baris-baru-"),
        (" Ringkasan. ", "Ringkasan"),
        ("Ringkasan.pdf", "Ringkasan.pdf"),
        ("Désa ünï – 2026", "Désa ünï – 2026"),
        ("CON", "_CON"),
        ("aux.pdf", "_aux.pdf"),
        ("nul.tar.gz", "_nul.tar.gz"),
        ("com1 .pdf", "_com1 .pdf"),
        ("LPT²", "_LPT²"),
        ("CONTOH.pdf", "CONTOH.pdf"),
        ("COM10.pdf", "COM10.pdf"),
        ("", "dokumen"),
        (" .. ", "dokumen"),
    ],
)
def test_a_proposed_name_becomes_one_that_windows_takes(proposed: str, name: str) -> None:
    assert safe_name(proposed) == name
    assert fits_windows(safe_name(proposed))


def test_a_long_title_is_cut_and_keeps_its_ending() -> None:
    assert safe_name("x" * 300 + ".pdf") == "x" * (LONGEST - 4) + ".pdf"
    assert safe_name("x" * 300) == "x" * LONGEST
    cut_at_a_blank = safe_name("x" * (LONGEST - 1) + " y" * 90)
    assert fits_windows(cut_at_a_blank)


@pytest.mark.parametrize("name", ["a:b.pdf", "a?.pdf", "NUL", "prn.txt", "a.", "a ", "a. ", "x\ty"])
def test_a_name_that_windows_bends_is_known(name: str) -> None:
    assert not fits_windows(name)


@pytest.mark.parametrize("name", [".tersembunyi", "a.b.c", "kunci.json", "con-1.pdf", " a"])
def test_other_names_fit(name: str) -> None:
    assert fits_windows(name)
