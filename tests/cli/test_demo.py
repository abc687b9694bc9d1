"""The practice office: every kind of dirt, the published figures, the same again every time."""

import json
from argparse import Namespace
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
import pytest

from bpjsdesk.cli import demo
from bpjsdesk.cli.demo_office.dirt import FAULTS
from bpjsdesk.cli.demo_office.founding import PASSWORD, USERS
from bpjsdesk.cli.output import plain
from bpjsdesk.clock import WITA
from bpjsdesk.domain.access import Role
from bpjsdesk.domain.agreements import Status
from bpjsdesk.domain.report_values import ClaimsReportQuery
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.errors import UserError
from bpjsdesk.files import file_digest
from bpjsdesk.paths import AppPaths
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.acceptance import breakdown
from bpjsdesk.services.agreements import agreement_summary, list_agreements
from bpjsdesk.services.batches import held_rows
from bpjsdesk.services.claims import claim_status_counts
from bpjsdesk.services.claims_report import claims_report
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.office import get_office, open_office
from bpjsdesk.services.people import count_people, find_people
from bpjsdesk.services.repairs import offers, reasons
from bpjsdesk.services.safety import check_health, last_backup
from bpjsdesk.services.staging import open_list

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=WITA)
ROWS = 300
MADE_LATER = (IssueCode.DUP_ACTIVE, IssueCode.NAME_DIFFERS)
# Said by the quota when a list is accepted, by the search for doubles, by the register, by the
# other lists in work, by the core system's reply; of columns that the practice list has not.
OF_A_LIST_IN_WORK = {
    IssueCode.OVER_QUOTA,
    IssueCode.OCCUPATION_UNKNOWN,
    IssueCode.NIK_IS_FAMILY_CARD,
    IssueCode.FAMILY_CARD_FORMAT,
    IssueCode.HEIR_MISSING,
    IssueCode.WAGE_UNREADABLE,
    IssueCode.ACCOUNT_FORMAT,
    IssueCode.EMAIL_FORMAT,
    IssueCode.NOT_ELIGIBLE_DESIL,
    IssueCode.PERIOD_DIFFERS,
    IssueCode.PROGRAMME_DIFFERS,
    IssueCode.VALUE_LOST,
    IssueCode.NAME_TOO_LONG,
    IssueCode.DOB_DIFFERS,
    IssueCode.NO_MOTHER_NAME,
    IssueCode.OVER_BUDGET,
    IssueCode.SIMILAR_PERSON,
    IssueCode.ALREADY_PAID,
    IssueCode.NIK_TRUNCATED,
    IssueCode.SAME_PERSON,
    IssueCode.DECEASED,
    IssueCode.MEMBERSHIP_ENDED,
    IssueCode.NIK_REPLACED,
    IssueCode.DUP_OTHER_DRAFT,
    IssueCode.SAME_AS_LAST,
    IssueCode.NIK_NOT_IN_DUKCAPIL,
    IssueCode.ALREADY_ACTIVE_PU,
    IssueCode.CORE_REJECTED,
}


class Made(NamedTuple):
    """A finished practice office and what the command told."""

    paths: AppPaths
    papers: Path
    told: dict[str, Any]


def make(folder: Path, *, rows: int = ROWS, papers: bool = True) -> Made:
    out = folder / "pdf"
    arguments = Namespace(
        data=str(folder), user=None, rows=rows, out=str(out) if papers else None, json=True
    )
    result = demo.demo(arguments, lambda: NOW)
    assert result.exit_code == 0
    return Made(AppPaths(folder), out, json.loads(json.dumps(plain(result.data))))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(tmp_path_factory.mktemp("latihan"))


@pytest.fixture(scope="module")
def supervisor(made: Made) -> Iterator[AppContext]:
    context = open_office(made.paths, USERS[Role.SUPERVISOR][0], PASSWORD, lambda: NOW)
    yield context
    context.close()


def test_the_card_opens_the_office_for_every_practice_user(made: Made) -> None:
    card = json.loads(made.paths.practice_card.read_text("utf-8"))
    assert card["office"] == "Kantor Cabang Manado"
    for user in card["users"]:
        context = open_office(made.paths, user["name"], card["password"], lambda: NOW)
        assert context.user.display_name == user["display_name"]
        context.close()
    assert {user["role"] for user in card["users"]} == {
        "Petugas",
        "Penyelia",
        "Admin/TI",
        "Pembaca",
    }


def test_the_office_is_marked_as_practice(supervisor: AppContext) -> None:
    office = get_office(supervisor)
    assert office.practice
    assert "Contoh" in office.address


def test_counts_add_up_and_every_person_of_the_list_is_read(made: Made) -> None:
    first, second, *_left = made.told["batches"]
    for batch in (first, second):
        counts = batch["counts"]
        parts = ("blank", "ignored", "accepted", "held")
        assert counts["read"] == sum(counts[part] for part in parts)
    assert first["counts"]["accepted"] + first["counts"]["held"] == ROWS


def test_every_planted_kind_of_dirt_is_found(made: Made) -> None:
    first, second, *_left = (batch["issues"] for batch in made.told["batches"])
    for code in (*FAULTS, IssueCode.CATEGORY_UNKNOWN):
        assert first.get(code.value, 0) >= 1, code
    for code in MADE_LATER:
        assert second.get(code.value, 0) >= 1, code
    expected = {code.value for code in set(IssueCode) - OF_A_LIST_IN_WORK}
    assert (set(first) | set(second)) - {code.value for code in OF_A_LIST_IN_WORK} == expected


def test_one_list_waits_for_the_supervisor_and_one_is_in_work(
    made: Made, supervisor: AppContext
) -> None:
    states = [batch["status"] for batch in made.told["batches"]]
    assert states == ["VALIDATED", "VALIDATED", "SUBMITTED", "DRAFT"]
    for batch in made.told["batches"][2:]:
        work = open_list(
            supervisor, batch["batch_id"], progress=ignore_progress, cancel=CancelToken()
        )
        found = breakdown(work)
        assert found.new > found.held > 0
        assert any(offers(work, code) for code in reasons(work))


def test_careless_spellings_hold_no_row(made: Made, supervisor: AppContext) -> None:
    held = held_rows(supervisor, made.told["batches"][0]["batch_id"])
    planted = {code.value for code in (*FAULTS, IssueCode.CATEGORY_UNKNOWN)}
    assert held
    assert all(set(row.codes) <= planted for row in held)
    assert find_people(supervisor, "SONDAKH", limit=5).people


def test_agreements_stand_as_the_day_wants(supervisor: AppContext) -> None:
    found = list_agreements(supervisor)
    by_status: dict[Status, list[str]] = {}
    for item in found:
        by_status.setdefault(item.status, []).append(item.partner)
    assert len(found) == 12
    assert len(by_status[Status.EXPIRING]) == 3  # both cities and one hospital
    assert by_status[Status.DRAFT] == ["Pemerintah Kota Manado"]
    assert by_status[Status.EXPIRED] == ["Komisi Pemilihan Umum Kota Manado"]
    assert "Kejaksaan Negeri Manado" in by_status[Status.ACTIVE]


def test_manado_2023_has_the_published_agreement(supervisor: AppContext) -> None:
    number = next(
        item.agreement_id
        for item in list_agreements(supervisor)
        if item.valid_from == date(2023, 11, 27)
    )
    summary = agreement_summary(supervisor, number)
    assert [line.heads for line in summary.quota] == [27_500, 4_800, 2_400, 504, 1_796]
    assert (summary.heads, summary.amount) == (37_000, 7_077_312_000)
    assert summary.claims_note == "Perjanjian sebelumnya: 157 klaim, Rp6 miliar."


def test_manado_2025_comes_to_the_published_amount(supervisor: AppContext) -> None:
    amounts = {item.amount for item in list_agreements(supervisor)}
    assert 306_384_000 in amounts


def test_manado_has_157_claims_of_about_six_billion(supervisor: AppContext) -> None:
    query = ClaimsReportQuery(
        date_from=date(2021, 1, 1), date_to=date(2023, 11, 30), region_code="71.71"
    )
    totals = claims_report(supervisor, query).totals
    assert totals.cases == 157
    assert round(totals.amount / 10**8) == 60


def test_kotamobagu_has_12_9_billion_of_which_half_a_billion_vulnerable(
    supervisor: AppContext,
) -> None:
    query = ClaimsReportQuery(
        date_from=date(2025, 1, 1), date_to=date(2025, 11, 30), region_code="71.74"
    )
    report = claims_report(supervisor, query)
    report.assert_consistent()
    assert (report.totals.cases, report.totals.amount) == (1_009, 12_912_261_540)
    vulnerable = next(row for row in report.by_category if row.code == "VULNERABLE")
    assert (vulnerable.cases, vulnerable.amount) == (12, 504_000_000)
    assert report.totals.previous_amount == 11_629_368_525


def test_every_month_up_to_today_has_payments(supervisor: AppContext) -> None:
    query = ClaimsReportQuery(date_from=date(2025, 12, 1), date_to=NOW.date())
    months = claims_report(supervisor, query).by_month
    assert len(months) == 12
    assert all(month.amount > 0 for month in months)


def test_work_in_progress_stands_at_every_step(supervisor: AppContext) -> None:
    counts = claim_status_counts(supervisor)
    steps = "DRAFT REPORTED RECEIVED INCOMPLETE COMPLETE VERIFICATION APPROVED REJECTED RETURNED"
    assert all(counts.get(step, 0) >= 1 for step in steps.split())


def test_the_office_is_sound_and_backed_up(supervisor: AppContext) -> None:
    found = check_health(supervisor, progress=ignore_progress, cancel=CancelToken())
    assert found.is_sound
    assert last_backup(supervisor) is not None


def test_niks_are_plainly_made_up(made: Made, supervisor: AppContext) -> None:
    people = find_people(supervisor, "7171", limit=200).people
    assert people
    assert count_people(supervisor) > ROWS
    assert all(person.masked_nik[-4] in "90" for person in people)  # 0 where the serial is spoilt


def test_papers_are_written_and_readable(made: Made) -> None:
    names = {path.name for path in made.papers.iterdir()}
    assert names == {
        "baris-tertahan-manado.xlsx",
        "daftar-peserta-manado.pdf",
        "laporan-klaim-kotamobagu-2025.pdf",
        "laporan-klaim-manado-2023.pdf",
        "laporan-klaim-manado-2026.pdf",
        "ringkasan-perjanjian-manado-2023.pdf",
        "ringkasan-perjanjian-manado-2026.pdf",
    }
    text = _text(made.papers / "laporan-klaim-kotamobagu-2025.pdf")
    assert "Rp12,9 miliar" in text
    assert "504.000.000" in text
    assert "CONTOH" in text
    assert "7.077.312.000" in _text(made.papers / "ringkasan-perjanjian-manado-2023.pdf")


def test_the_same_clock_gives_the_same_office(made: Made, tmp_path: Path) -> None:
    again = make(tmp_path / "lagi", papers=False)
    assert again.told["batches"] == made.told["batches"]
    outcomes = {step["name"]: step["outcome"] for step in made.told["steps"]}
    assert all(outcomes[step["name"]] == step["outcome"] for step in again.told["steps"])
    for path in sorted((made.paths.data / "contoh").iterdir()):
        assert file_digest(path) == file_digest(again.paths.data / "contoh" / path.name), path.name


def test_a_folder_that_holds_an_office_is_left_alone(made: Made) -> None:
    with pytest.raises(UserError) as refused:
        make(made.paths.data)
    assert refused.value.code == "OFFICE_EXISTS"


@pytest.mark.parametrize("rows", [0, 199, 500_001])
def test_a_senseless_number_of_rows_is_refused(tmp_path: Path, rows: int) -> None:
    with pytest.raises(UserError) as refused:
        make(tmp_path, rows=rows)
    assert refused.value.code == "ROWS_OUT_OF_RANGE"
    assert list(tmp_path.iterdir()) == []


def _text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
