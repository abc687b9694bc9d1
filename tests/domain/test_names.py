"""Keys of names and places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpjsdesk.domain import names
from bpjsdesk.domain.names import name_key, same_name


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("BUDI SANTOSO", "BUDI SANTOSO"),
        ("  budi   santoso ", "BUDI SANTOSO"),
        ("Hj. Siti Nurhaliza, S.Pd., M.M.", "SITI NURHALIZA"),
        ("H. Ma'ruf Amin", "MARUF AMIN"),
        ("Dr. dr. José Wenas, Sp.M, MKM", "JOSE WENAS"),
        ("BUDI S.Pd", "BUDI"),
        ("Rina Wulur, S. Pd", "RINA WULUR"),
        ("Rina Wulur, S.Pd M.M", "RINA WULUR"),
        ("MARIA SE", "MARIA SE"),
        ("Prof. Dr. Ir. Drs. Toar", "TOAR"),
        ("H", "H"),
        ("HAJI H SALEH", "HAJI H SALEH"),
        ("Saleh, Umar", "SALEH UMAR"),
        ("A. B. Lumi-Tuwo", "A B LUMI TUWO"),
        ("MARIA,", "MARIA"),
        ("", ""),
    ],
)
def test_name_keys(name: str, key: str) -> None:
    assert name_key(name) == key


@given(st.text(alphabet=st.characters(codec="latin-1"), max_size=40))
def test_a_key_is_its_own_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Moh. Saleh", "MUHAMMAD SALEH"),
        ("NURHAYATI", "NUR HAYATI"),
        ("Maria F. Lumi", "MARIA FRANSISKA LUMI"),
        ("Drs. Budi", "BUDI, S.H."),
    ],
)
def test_spellings_of_one_name(first: str, second: str) -> None:
    assert same_name(first, second)
    assert same_name(second, first)


@pytest.mark.parametrize(
    ("first", "second"), [("BUDI", "BUDI SANTOSO"), ("ANI LUMI", "ANA LUMI"), ("", "BUDI")]
)
def test_names_that_differ(first: str, second: str) -> None:
    assert not same_name(first, second)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Paal Dua", "PAALDUA"),
        ("Kel. Paal 2", "PAALDUA"),
        ("KELURAHAN PAAL II", "PAALDUA"),
        ("Paal IV", "PAALEMPAT"),
        ("desa Kobo-Kecil", "KOBOKECIL"),
        ("Desa", "DESA"),
        ("", ""),
    ],
)
def test_place_keys(name: str, key: str) -> None:
    assert names.place_key(name) == key


def test_cities_are_found_under_every_spelling() -> None:
    index = names.city_index(
        [
            ("71.74", "Kota Kotamobagu"),
            ("32.71", "Kota Bogor"),
            ("32.01", "Kabupaten Bogor"),
            ("63.02", "Kabupaten Kotabaru"),
            ("71", "Sulawesi Utara"),
        ],
        spellings=[("Kota Ktg", "71.74"), ("Elsewhere", "99.99")],
    )
    assert index[names.city_key("Kota Mobagu")] == ("71.74",)
    assert index[names.city_key("KOTAMOBAGU")] == ("71.74",)
    assert index[names.city_key("Kota Ktg")] == ("71.74",)
    assert index[names.city_key("Bogor")] == ("32.71", "32.01")
    assert index[names.city_key("Kab. Bogor")] == ("32.01",)
    assert index[names.city_key("Kotabaru")] == ("63.02",)
    assert names.city_key("Elsewhere") not in index


def test_villages_are_found_with_and_without_their_district() -> None:
    villages = [
        ("71.71.06.1004", "Sario", "Sario"),
        ("71.71.10.1001", "Bunaken Kepulauan", "Bunaken"),
        ("71.71.11.1003", "Paal Dua", "Paal Dua"),
        ("71.71.07.1001", "Wanea", "Sario"),
        ("71.74.04.1005", "Sario", "Sario"),
        ("71.74.04.1001", "Kotamobagu Barat", "Mongkonai"),
    ]
    index = names.place_index(
        villages, region_prefix="71.71", spellings=[("Pal 2", "71.71.11.1003"), ("Pal", "71.71.11")]
    )
    assert index["SARIO", "SARIO"] == "71.71.06.1004"
    assert ("", "SARIO") not in index
    assert index["", "BUNAKEN"] == "71.71.10.1001"
    assert index["PAL", "PALDUA"] == "71.71.11.1003"
    assert index["KOTAMOBAGUBARAT", "MONGKONAI"] == "71.74.04.1001"
    assert ("", "MONGKONAI") not in index
