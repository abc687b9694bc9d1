"""Names that sound the same, NIKs that a slip of the fingers makes differ, and the words for it."""

import pytest

from bpjsdesk.domain.similarity import (
    Likeness,
    differing_digits,
    is_near_nik,
    likeness,
    name_likeness,
    name_words,
    nik_words,
    spelling_key,
)

NIK, NEAR, FAR = "7171071504910002", "7171071504910012", "7171071504919999"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("MOH. RIZKI PAPUTUNGAN", "MUHAMMAD RIZKI PAPUTUNGAN"),
        ("Mochamad Arif", "MUHAMMAD ARIF"),
        ("MOEHAMMAD ARIEF", "MUH ARIEF"),
        ("DJUFRI LAMATO", "JUFRI LAMATO"),
        ("TJITRA WALANGITAN", "CITRA WALANGITAN"),
        ("MARTHA SUMAMPOUW", "MARTA SUMAMPOUW"),
        ("ABD. RAHMAN", "Abdul Rachman"),
        ("TH. LUMOWA", "THERESIA LUMOWA"),
        ("SOEKARNO PUTRA", "SUKARNO PUTRA"),
        ("HJ. SITI AMINAH", "SITI AMINA"),
        ("CHRISTIAN ROTTI", "KRISTIAN ROTI"),
        ("NUR HAYATI", "NURHAYATI"),
    ],
)
def test_spellings_of_one_sound_are_one_name(first: str, second: str) -> None:
    assert name_likeness(first, second) == 100


def test_names_are_nearer_the_fewer_letters_differ() -> None:
    assert name_likeness("SELVI MANOPPO", "SILVI MANOPPO") in range(90, 100)
    assert name_likeness("IRNA DAMOPOLII", "IRMA DAMOPOLII") in range(85, 100)
    assert name_likeness("RUMENGAN BUDI", "BUDI RUMENGAN") == 100
    assert name_likeness("M ARIF", "MUHAMMAD ARIF") == 96
    assert name_likeness("BUDI ANTO RONDO", "BUDI RONDO") == 90
    assert name_likeness("BUDI", "BUDI RONDO") < 85
    assert name_likeness("ANI WUISAN", "STEVEN POLII") < 60


def test_a_word_that_is_all_mute_stays() -> None:
    assert spelling_key("H") == "H"


def test_digits_that_differ_are_named_by_place() -> None:
    assert differing_digits(NIK, NEAR) == (15,)
    assert nik_words(NIK, NEAR) == "NIK beda 1 angka, posisi 15"
    assert nik_words(NIK, "7171071504910021") == "NIK beda 2 angka, posisi 15 dan 16"
    assert nik_words(NIK, FAR) == "NIK beda 4 angka"
    assert nik_words(NIK, NIK) == "NIK sama"
    assert nik_words(NIK, "") == "NIK belum ada di salah satunya"


def test_a_slip_of_the_fingers_is_one_or_two_digits() -> None:
    assert is_near_nik(NIK, NEAR)
    assert not is_near_nik(NIK, FAR)
    assert not is_near_nik(NIK, NIK)
    assert not is_near_nik(NIK, "")


def test_what_makes_names_differ_is_said_in_words() -> None:
    assert name_words("MOH. RIZKI P", "MUHAMMAD RIZKI P") == "“MOH” = “MUHAMMAD”"
    assert name_words("IRNA P", "IRMA P") == "“IRNA” ≠ “IRMA”"
    assert name_words("ANI", "ANI") == "sama"
    assert name_words("Hj. ANI P", "ANI P") == "sama, beda gelar atau tanda baca"
    assert name_words("ANI MARIA P", "ANI P") == "jumlah kata beda"


def test_the_whole_is_explained() -> None:
    day = "1991-04-15"
    found = likeness(("MOH. A P", "MUHAMMAD A P"), (NIK, NEAR), (day, day), ("", "0812"))
    assert found == Likeness(
        total=99, name=100, words="Nama 100 · tanggal lahir sama · NIK beda 1 angka, posisi 15"
    )
    other = likeness(("ANI P", "ANI P"), ("", NIK), (day, "1990-01-01"), ("0812", "0812"))
    assert other.words == "Nama 100 · tanggal lahir beda · NIK belum ada di salah satunya · HP sama"
    assert other.total == 78
