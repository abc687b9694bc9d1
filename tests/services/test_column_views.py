"""Columns as the clerk sees them: values, readings in words, what each asks for."""

from datetime import date
from pathlib import Path

import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.columns import Origin
from bpjsdesk.services.column_views import ColumnView, Tone, column_views
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.mapping import change_mapping
from bpjsdesk.services.value_mapping import value_groups
from tests.services.conftest import AsRole
from tests.services.lists import HEADINGS, nik, workbook, worker
from tests.services.staged_lists import saved_agreement, staged

MORE = (*HEADINGS, "NAMA IBU KANDUNG", "PENGHASILAN", "Bansos", "")


@pytest.fixture
def agreement_id(office: AppContext) -> int:
    return saved_agreement(office)


def by_letter(views: tuple[ColumnView, ...]) -> dict[str, ColumnView]:
    return {view.letter: view for view in views}


def some_rows() -> list[list[object]]:
    return [
        [
            *worker(1, nik=f"'{nik(1)}", phone="+62 812-0000-0001"),
            "SITI AMINAH",
            "1.355,90",
            "baru",
        ],
        [*worker(2, born="12 Agustus 1985", sex="Laki-laki"), "ANI", "Rp1.500.000", "lanjutan"],
        [*worker(3, born="26/08/1985", nik="7171012608850003", sex="LK"), "-", "besar", None],
        [*worker(4, village="Mollas", phone="x"), "RINA", 1000000, None],
    ]


def test_each_column_shows_real_values_and_how_they_are_read(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", some_rows(), headings=MORE)
    views = by_letter(column_views(office, staged(office, agreement_id, path)))
    assert list(views) == list("ABCDEFGHIJ")
    assert (views["B"].heading, views["B"].field, views["B"].state) == (
        "NIK",
        "nik",
        "100% terbaca",
    )
    first = views["B"].samples[0]
    assert (first.shown, first.reading) == (f"'{nik(1)}", nik(1))
    dates = {s.shown: s.reading for s in views["D"].samples}
    assert dates == {
        "12-08-1985": "12 Agustus 1985",
        "12 Agustus 1985": "12 Agustus 1985",
        "26/08/1985": "26 Agustus 1985",
    }
    assert (views["D"].state, views["D"].tone) == ("Hari dulu, pasti", Tone.GOOD)
    assert views["E"].state == "3 ejaan → 1 nilai"
    assert {s.reading for s in views["E"].samples} == {"Laki-laki"}
    assert (views["F"].state, views["F"].tone) == ("1 ejaan belum sama", Tone.LOOK)
    assert views["F"].samples[0].reading == "Molas · 71.71.01.1001"
    assert {s.reading for s in views["G"].samples} == {
        "081200000001",
        "081200000002",
        "tidak terbaca",
    }
    assert (views["G"].state, views["G"].tone) == ("75% terbaca", Tone.LOOK)
    assert {s.shown for s in views["H"].samples} == {"••••••"}
    assert views["H"].filled == 3
    wages = {s.shown: s.reading for s in views["I"].samples}
    assert (wages["1.355,90"], wages["Rp1.500.000"]) == ("Rp1.355", "Rp1.500.000")
    assert (views["J"].state, views["J"].tone, views["J"].origin) == (
        "belum dipetakan",
        Tone.DECIDE,
        None,
    )
    assert views["A"].tone is Tone.SKIPPED


def test_headings_and_totals_inside_the_list_are_no_values(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows: list[list[object]] = [
        [f"({n})" for n in range(1, 8)],
        worker(1),
        list(HEADINGS),
        ["", "JUMLAH", "1 orang"],
    ]
    work = staged(office, agreement_id, workbook(tmp_path / "a.xlsx", rows))
    views = by_letter(column_views(office, work))
    assert [view.filled for view in views.values()] == [1] * 7
    assert views["E"].state == "1 ejaan → 1 nilai"
    [group] = value_groups(office, work, "sex")
    assert group.spellings == (("L", 1),)


def test_a_column_that_nobody_wants_is_no_open_question(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", some_rows(), headings=MORE)
    work = staged(office, agreement_id, path)
    changes = {("Sheet", 9): "", ("Sheet", 7): "note"}
    after = change_mapping(office, work, changes, request_id=new_request_id())
    views = by_letter(column_views(office, after))
    assert (views["J"].tone, views["J"].samples[0].shown) == (Tone.SKIPPED, "baru")
    assert (views["H"].field, views["H"].origin) == ("note", Origin.CLERK)


def test_numbers_in_a_nik_column_are_counted_and_a_cut_column_is_named(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    few = [worker(1), worker(2, nik=int(nik(2)))]
    work = staged(office, agreement_id, workbook(tmp_path / "a.xlsx", few))
    assert by_letter(column_views(office, work))["B"].state == "1 sel angka, 15 digit saja"
    cut = [worker(n, nik=int(nik(n)) // 10 * 10) for n in range(1, 12)]
    work = staged(office, agreement_id, workbook(tmp_path / "b.xlsx", cut))
    view = by_letter(column_views(office, work))["B"]
    assert (view.tone, view.state) == (
        Tone.DECIDE,
        "kolom terpotong: 11 sel angka, angka terakhir hilang",
    )


def test_whoever_may_not_mend_rows_sees_no_number_in_full(
    office: AppContext, as_role: AsRole, agreement_id: int, tmp_path: Path
) -> None:
    work = staged(office, agreement_id, workbook(tmp_path / "a.xlsx", [worker(1)]))
    view = by_letter(column_views(as_role(Role.READER), work))["B"]
    assert view.samples[0].shown == view.samples[0].reading == "7171••••••••0001"


def test_a_typed_day_is_shown_as_the_sheet_shows_it(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", [worker(1, born=date(1985, 8, 12))])
    view = by_letter(column_views(office, staged(office, agreement_id, path)))["D"]
    assert (view.samples[0].shown, view.samples[0].reading) == ("12-08-1985", "12 Agustus 1985")
