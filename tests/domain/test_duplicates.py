"""What the difference between two sides means, what is taken over, and who pays twice."""

from datetime import date

from bpjsdesk.domain.duplicates import (
    DuplicateLists,
    PaidElsewhere,
    Pair,
    PairKind,
    PersonValues,
    Side,
    Sign,
    pair_key,
)
from bpjsdesk.domain.row_issues import IssueCode

KNOWN = PersonValues(
    nik="7171071504910012",
    name="MUHAMMAD RIZKI P",
    birth_date="1991-04-15",
    sex="",
    birth_place="Manado",
    address="Jalan Contoh 1",
    region_code="71.71.07.1001",
    phone="081340002210",
    occupation="Pengemudi bentor",
)


def a_pair(**changes: str) -> Pair:
    kept = Side(KNOWN, None, 7)
    kind = PairKind.SIMILAR_IN_REGISTER
    return Pair(kind=kind, kept=kept, offered=Side(KNOWN._replace(**changes), 3, None, "Wanea", 18))


def signs(pair: Pair) -> dict[str, tuple[Sign, str]]:
    return {each.field: (each.sign, each.words) for each in pair.meanings}


def test_each_field_says_what_its_difference_means() -> None:
    found = signs(
        a_pair(
            nik="7171071504910002",
            name="MOH. RIZKI P",
            sex="L",
            birth_place="manado",
            address="",
            phone="085255017733",
        )
    )
    assert found["nik"] == (Sign.DIFFERS, "NIK beda 1 angka, posisi 15")
    assert found["name"] == (Sign.ALIKE, "“MUHAMMAD” = “MOH”")
    assert found["sex"] == (Sign.NEW, "belum tercatat")
    assert found["birth_place"] == (Sign.SAME, "sama")
    assert found["address"] == (Sign.SAME, "kosong di berkas, yang tercatat tetap")
    assert found["phone"] == (Sign.DIFFERS, "beda")
    assert signs(a_pair(birth_date="1991-15-04"))["birth_date"][1] == "hari dan bulan tertukar"
    assert signs(a_pair(name="RIZKA P"))["name"][0] is Sign.DIFFERS
    assert signs(a_pair())["sex"] == (Sign.SAME, "")


def test_an_update_takes_no_identity_over_and_fills_in_what_was_open() -> None:
    changed = {"nik": "7171071504910002", "name": "MOH. RIZKI P", "birth_date": "1991-04-16"}
    assert a_pair(**changed).taken_fields == ()
    assert a_pair(sex="L", phone="0852", address="").taken_fields == ("sex", "phone")
    in_file = Pair(
        kind=PairKind.SIMILAR_IN_FILE,
        kept=Side(KNOWN, 1, None, "Wanea", 4),
        offered=Side(KNOWN._replace(**changed), 2, None, "Wanea", 5),
    )
    assert in_file.taken_fields == ("name", "birth_date")


def test_a_pattern_names_what_differs_but_not_where() -> None:
    first = a_pair(nik="7171071504910002", name="MOH. RIZKI P")
    other = a_pair(nik="7171071504910013", name="MOH. RIZKI P")
    assert first.pattern == other.pattern == "NIK beda 1 angka, “MUHAMMAD” = “MOH”"
    assert a_pair().pattern == "sama persis"
    assert a_pair().is_identical
    assert first.differing == ("nik", "name")


def test_a_near_pair_is_one_person_with_a_mistyped_nik() -> None:
    near, moved = a_pair(nik="7171071504910002"), a_pair(nik="7171071504919999")
    assert near.is_near
    assert not moved.is_near
    assert not a_pair(nik="7171071504910002", birth_date="").is_near


def test_a_pair_is_remembered_whichever_side_comes_first() -> None:
    pair = a_pair(nik="7171071504910002")
    turned = Pair(kind=pair.kind, kept=pair.offered, offered=pair.kept)
    assert pair.keys == turned.keys == ("7171071504910002", KNOWN.nik)
    assert pair.seen == turned.seen
    nameless = pair_key(KNOWN._replace(nik=""))
    assert nameless.startswith("?")
    assert len(nameless) == 16
    assert nameless != pair_key(KNOWN._replace(nik="", phone=""))


def test_places_are_named() -> None:
    pair = a_pair()
    assert (pair.kept.place, pair.offered.place) == ("Peserta terdaftar", "Lembar “Wanea” baris 18")


def paid(*, other_is_earlier: bool) -> PaidElsewhere:
    return PaidElsewhere(
        line_id=3,
        person_id=7,
        nik=KNOWN.nik,
        name=KNOWN.name,
        agreement_id=2,
        agreement_title="Provinsi",
        batch_number="B-2026-00001",
        first=date(2026, 3, 1),
        last=date(2026, 4, 1),
        by_this=33_600,
        by_other=20_000,
        other_is_earlier=other_is_earlier,
    )


def test_the_earlier_agreement_goes_on_paying() -> None:
    later, earlier = paid(other_is_earlier=False), paid(other_is_earlier=True)
    assert (later.months, later.wasted, earlier.wasted) == (2, 20_000, 33_600)
    assert later.words("Kota").endswith("Usul pembayar: Kota, perjanjian yang lebih dahulu.")
    assert "Usul pembayar: Provinsi" in earlier.words("Kota")
    assert "Maret–April 2026, 2 bulan: Rp33.600 terbuang" in earlier.words("Kota")


def test_rows_are_warned_of_what_only_the_search_knows() -> None:
    near = a_pair(nik="7171071504910002")
    lists = DuplicateLists(
        same_in_file=(),
        same_in_register=(),
        similar=(near, a_pair(nik="7171071504919999")),
        paid_elsewhere=(paid(other_is_earlier=True),),
        decided={},
        still_apart=0,
    )
    assert lists.codes == {3: (IssueCode.SIMILAR_PERSON, IssueCode.ALREADY_PAID)}
    assert lists.of_pattern(near) == (near,)
