"""NIK, telephone and card numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpjsdesk.domain import identity
from bpjsdesk.domain.identity import NikFault, nik_birth, nik_fault, normalise_nik
from bpjsdesk.errors import UserError

TODAY = date(2026, 11, 20)


def nik_of(birth: date, sex: str, *, prefix: str = "717101", serial: int = 1) -> str:
    day = birth.day + (40 if sex == "P" else 0)
    return f"{prefix}{day:02d}{birth.month:02d}{birth.year % 100:02d}{serial:04d}"


@given(
    birth=st.dates(min_value=date(1930, 1, 1), max_value=date(2009, 11, 20)),
    sex=st.sampled_from("LP"),
    serial=st.integers(1, 9999),
)
def test_a_made_nik_gives_back_its_owner(birth: date, sex: str, serial: int) -> None:
    nik = nik_of(birth, sex, serial=serial)
    found = nik_birth(nik[6:12], on=TODAY, youngest=17)
    assert found == (birth, sex)
    assert found.agrees_with(birth)
    assert nik_fault(nik, on=TODAY) is None


@pytest.mark.parametrize(
    "text",
    ["7171011203900001", "'7171011203900001", " 7171 0112 0390 0001 ", "7171.01.120390.0001",
     "717101-120390-0001", "７１７１０１１２０３９０００01", "7171011203900001\xa0",
     "\u200e7171011203900001\u202c", "’7171011203900001", "\t7171011203900001\n"],
)  # fmt: skip
def test_typed_forms_of_one_nik(text: str) -> None:
    assert normalise_nik(text) == "7171011203900001"


@pytest.mark.parametrize(
    ("nik", "fault"),
    [
        ("", NikFault.MISSING),
        ("717101120390001", NikFault.FORMAT),
        ("71710112039000011", NikFault.FORMAT),
        ("717101120390O001", NikFault.FORMAT),
        ("٧١٧١٠١١٢٠٣٩٠٠٠٠١", NikFault.FORMAT),
        ("1111111111111111", NikFault.FILLER),
        ("0000000000000000", NikFault.FILLER),
        ("9999999999999999", NikFault.FILLER),
        ("1234567890123456", NikFault.FILLER),
        ("0123456789012345", NikFault.FILLER),
        ("9876543210987654", NikFault.FILLER),
        ("7171013213900001", NikFault.DATE),
        ("7171010013900001", NikFault.DATE),
        ("7171014003900001", NikFault.DATE),
        ("7171018103900001", NikFault.DATE),
        ("7171017103900001", None),
        ("7171017203900001", NikFault.DATE),
        ("7171013002900001", NikFault.DATE),
        ("7171012902010001", NikFault.DATE),
        ("7171012902000001", None),
        ("7171011213900001", NikFault.DATE),
        ("7600011203900001", None),
        ("9501011203900001", None),
    ],
)
def test_faults_of_a_nik(nik: str, fault: NikFault | None) -> None:
    assert nik_fault(nik, on=TODAY) is fault


@pytest.mark.parametrize(
    ("date_part", "birth"),
    [
        ("520303", date(2003, 3, 12)),
        ("120326", date(2026, 3, 12)),
        ("211126", date(1926, 11, 21)),
        ("010115", date(2015, 1, 1)),
        ("010120", date(2020, 1, 1)),
        ("010109", date(2009, 1, 1)),
        ("010161", date(1961, 1, 1)),
    ],
)
def test_the_century_is_the_plausible_one(date_part: str, birth: date) -> None:
    found = nik_birth(date_part, on=TODAY, youngest=17)
    assert found is not None
    assert found.birth_date == birth


@pytest.mark.parametrize(
    ("text", "code", "word"),
    [
        ("", "NIK_MISSING", "16 angka"),
        ("12345", "NIK_FORMAT", "yang diisi 5"),
        ("717101120390O001", "NIK_FORMAT", "huruf"),
        ("7171013213900001", "NIK_DATE", "ke-7"),
        ("1111111111111111", "NIK_FILLER", "pengganti"),
    ],
)
def test_a_typed_nik_is_refused_in_words(text: str, code: str, word: str) -> None:
    with pytest.raises(UserError, match=word) as refused:
        identity.parse_nik(text, on=TODAY)
    assert refused.value.code == code


def test_a_sound_typed_nik_passes() -> None:
    assert identity.parse_nik("7171.01.120390.0001", on=TODAY) == "7171011203900001"


def test_masks_hide_the_middle_or_all() -> None:
    assert identity.mask_nik("7174012345670003") == "7174••••••••0003"
    assert identity.mask_nik("12345") == "•••••"
    assert identity.mask_nik("") == ""
    assert identity.mask_phone("081234567890") == "0812•••••890"
    assert identity.mask_phone("12345678") == "••••••••"


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("081234567890", "081234567890"),
        ("+62 812-3456-7890", "081234567890"),
        ("6281234567890", "081234567890"),
        ("+62 0812 3456 7890", "081234567890"),
        ("0062 812 3456 7890", "081234567890"),
        ("81234567890", "081234567890"),
        ("(0812) 3456.7890", "081234567890"),
        ("0812345678", "0812345678"),
        ("0812345678901", "0812345678901"),
        ("08123456789012", None),
        ("081234567", None),
        ("0431 851234", None),
        ("081234567890/081234567891", None),
        ("tidak ada", None),
        ("", None),
    ],
)
def test_phones(text: str, phone: str | None) -> None:
    assert identity.normalise_phone(text) == phone


def test_card_numbers() -> None:
    assert identity.normalise_kpj(" 0123-4567-890 ") == "01234567890"
    assert identity.normalise_kpj("1234567890") is None
    assert identity.normalise_family_card_no("7171.0112.0390.0001") == "7171011203900001"
    assert identity.normalise_family_card_no("717101120390000") is None


@given(st.text(max_size=40))
def test_no_text_breaks_the_readers(text: str) -> None:
    nik_fault(normalise_nik(text), on=TODAY)
    identity.normalise_phone(text)
    identity.mask_phone(text)
    assert set(identity.mask_nik(text)[4:-4]) <= {"•"}
