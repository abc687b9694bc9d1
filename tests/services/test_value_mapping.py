"""Spellings of a list: grouped, proposed, mapped once, undone, never created."""

from pathlib import Path

import pytest

from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.senders import SenderChoice
from bpjsdesk.domain.value_groups import Meaning, ValueGroup
from bpjsdesk.errors import UserError
from bpjsdesk.services.acceptance import breakdown
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.list_steps import undo
from bpjsdesk.services.repairs import reasons
from bpjsdesk.services.senders import save_sender, sender_profile
from bpjsdesk.services.staging import StagedList
from bpjsdesk.services.value_mapping import map_values, value_groups
from tests.services.lists import HEADINGS, nik, workbook, worker
from tests.services.staged_lists import saved_agreement, staged

MOLAS, MERAS = "71.71.01.1001", "71.71.01.1007"


@pytest.fixture
def agreement_id(office: AppContext) -> int:
    return saved_agreement(office)


def mapped(office: AppContext, work: StagedList, field: str, **meanings: str) -> StagedList:
    wanted = {spelling.replace("_", " "): value for spelling, value in meanings.items()}
    return map_values(office, work, field, wanted, request_id=new_request_id())


def spelt(groups: tuple[ValueGroup, ...]) -> list[tuple[str, str, list[tuple[str, int]]]]:
    return [(g.meaning.value, g.label, [(s.text, s.rows) for s in g.spellings]) for g in groups]


def villages(names: list[str]) -> list[list[object]]:
    return [worker(serial, village=name) for serial, name in enumerate(names, start=1)]


def test_spellings_of_villages_are_grouped_proposed_and_mapped_without_a_changed_cell(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    names = ["Molas", "MOLAS", "Kel. Molas", "Molaas", "Molaas", "Mollaas", "-"]
    work = staged(office, agreement_id, workbook(tmp_path / "a.xlsx", villages(names)))
    unknown, known = value_groups(office, work, "village")
    assert spelt((unknown, known)) == [
        ("UNKNOWN", "", [("Molaas", 2), ("Mollaas", 1)]),
        ("KNOWN", "Molas, Bunaken", [("Kel. Molas", 1), ("MOLAS", 1), ("Molas", 1)]),
    ]
    best = unknown.proposals[0]
    assert (best.value, best.label) == (MOLAS, "Molas, Bunaken")
    after = mapped(office, work, "village", Molaas=MOLAS, Mollaas=MOLAS)
    assert [item.row.region_code for item in after.check.staged[:6]] == [MOLAS] * 6
    assert [item.cells for item in after.check.staged] == [i.cells for i in work.check.staged]
    assert IssueCode.REGION_UNMAPPED in reasons(work)
    assert reasons(after) == {IssueCode.REGION_UNMAPPED: 1}
    assert [group.meaning for group in value_groups(office, after, "village")] == [
        Meaning.KNOWN,
        Meaning.MAPPED,
    ]
    back = undo(office, after, request_id=new_request_id())
    assert back.check.staged == work.check.staged
    assert spelt(value_groups(office, back, "village")) == spelt((unknown, known))


def test_a_clerk_maps_to_what_exists_and_creates_nothing(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    work = staged(office, agreement_id, workbook(tmp_path / "a.xlsx", villages(["Kampung Baru"])))
    for field, value in (
        ("village", "71.71.99.9999"),
        ("village", "71.71"),
        ("village", "Molas"),
        ("category", "RENTAN"),
        ("sex", "X"),
        ("occupation", "x" * 61),
        ("occupation", "..."),
    ):
        with pytest.raises(UserError, match="Pilih dari daftar") as refusal:
            mapped(office, work, field, Kampung_Baru=value)
        assert refusal.value.code == "VALUE_UNKNOWN"
    with pytest.raises(UserError, match="tidak dapat disamakan"):
        value_groups(office, work, "name")


def test_sexes_categories_and_occupations_are_mapped_too(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    headings = (*HEADINGS, "KATEGORI", "PEKERJAAN")
    rows = [
        [*worker(1), "Pekerja Rentan", "Tani"],
        [*worker(2, sex="Cowok"), "Rentan", "tani"],
        [*worker(3, sex="laki - laki"), "UMKM", "Petani"],
        [*worker(4, sex="Cewek", nik="7171015208850004"), "VULNERABLE", "Ojek online"],
    ]
    path = workbook(tmp_path / "a.xlsx", rows, headings=headings)
    work = staged(office, agreement_id, path)
    assert reasons(work) == {IssueCode.CATEGORY_UNKNOWN: 2, IssueCode.SEX_UNKNOWN: 2}
    assert spelt(value_groups(office, work, "sex")) == [
        ("UNKNOWN", "", [("Cewek", 1)]),
        ("UNKNOWN", "", [("Cowok", 1)]),
        ("KNOWN", "Laki-laki", [("L", 1), ("laki - laki", 1)]),
    ]
    assert [(g.meaning.value, g.value) for g in value_groups(office, work, "category")] == [
        ("UNKNOWN", ""),
        ("KNOWN", "VULNERABLE"),
        ("KNOWN", "UMKM"),
    ]
    after = mapped(office, work, "sex", Cowok="L", Cewek="P")
    after = mapped(office, after, "category", Rentan="VULNERABLE")
    after = mapped(office, after, "occupation", Tani="Petani", Petani="Petani")
    # whose occupation got no meaning is pointed out once others have one
    assert reasons(after) == {IssueCode.CATEGORY_UNKNOWN: 1, IssueCode.OCCUPATION_UNKNOWN: 1}
    assert [item.row.sex for item in after.check.staged] == ["L", "L", "L", "P"]
    occupations = [item.row.occupation for item in after.check.staged]
    assert occupations == ["Petani", "Petani", "Petani", "Ojek online"]
    assert breakdown(after).new == 3
    [unknown, known] = value_groups(office, after, "occupation")
    assert unknown.spellings[0].text == "Ojek online"
    assert (known.value, known.rows, known.meaning) == ("Petani", 3, Meaning.MAPPED)


def test_a_village_of_a_contradicting_city_is_no_matter_of_spelling(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows = [[*worker(1), "Kota Bitung"], [*worker(2, nik=nik(2)), "Kota Manado"]]
    path = workbook(tmp_path / "a.xlsx", rows, headings=(*HEADINGS, "KOTA"))
    work = staged(office, agreement_id, path)
    assert reasons(work) == {IssueCode.OUT_OF_REGION: 1}
    [group] = value_groups(office, work, "village")
    assert (group.meaning, group.rows, group.value) == (Meaning.KNOWN, 2, MOLAS)


def test_an_undo_leaves_what_another_list_has_taught_since(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    sender_id = save_sender(office, name="Dinsos", request_id=new_request_id()).object_id
    by = SenderChoice(sender_id=sender_id)
    paths = [workbook(tmp_path / f"{n}.xlsx", [worker(n, village="Mlx")]) for n in (1, 2)]
    first, second = (staged(office, agreement_id, path, by) for path in paths)
    first = mapped(office, first, "village", Mlx=MOLAS)
    mapped(office, second, "village", Mlx=MERAS)
    undo(office, first, request_id=new_request_id())
    profile = sender_profile(office, sender_id)
    assert list(profile.values["village"].values()) == [MERAS]
