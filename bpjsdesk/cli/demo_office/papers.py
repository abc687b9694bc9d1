"""The papers of the practice office: summaries, claim reports, lists, held rows."""

from datetime import date
from pathlib import Path

from bpjsdesk.cli.demo_office.steps import StepBook
from bpjsdesk.cli.demo_office.story import KOTAMOBAGU, MANADO, Agreements, Scenery
from bpjsdesk.cli.demo_office.story_lists import LoadedList
from bpjsdesk.domain.report_values import ClaimsReportQuery
from bpjsdesk.domain.wording import format_count
from bpjsdesk.progress import CancelToken
from bpjsdesk.reports.issue import (
    issue_agreement_summary,
    issue_claims_report,
    issue_participant_list,
)
from bpjsdesk.services.batch_files import write_error_workbook

KOTAMOBAGU_PUBLISHED = ClaimsReportQuery(
    date_from=date(2025, 1, 1), date_to=date(2025, 11, 30), region_code=KOTAMOBAGU
)
MANADO_PUBLISHED = ClaimsReportQuery(
    date_from=date(2023, 1, 1), date_to=date(2023, 11, 30), region_code=MANADO
)


def write_papers(
    scene: Scenery, book: StepBook, out: Path, *, agreements: Agreements, loaded: LoadedList
) -> tuple[Path, ...]:
    """Write every paper into a folder; give their paths.

    Raises: EnvironmentProblem when a file cannot be written.
    """
    clerk, year = scene.staff.clerk, scene.today.year
    now = ClaimsReportQuery(date_from=date(year, 1, 1), date_to=scene.today, region_code=MANADO)
    with book.step("Ringkasan Perjanjian (PDF)") as step:
        summaries = [
            issue_agreement_summary(clerk, number, out / f"ringkasan-perjanjian-manado-{name}.pdf")
            for name, number in ((2023, agreements.manado_2023), (year, agreements.manado_now))
        ]
        step.outcome = f"{len(summaries)} berkas"
    with book.step("Laporan Pembayaran Klaim (PDF)") as step:
        reports = [
            issue_claims_report(clerk, query, out / f"laporan-klaim-{name}.pdf")
            for name, query in (
                ("kotamobagu-2025", KOTAMOBAGU_PUBLISHED),
                ("manado-2023", MANADO_PUBLISHED),
                (f"manado-{year}", now),
            )
        ]
        step.outcome = f"{len(reports)} berkas"
    with book.step("Daftar Peserta (PDF)") as step:
        roster = issue_participant_list(
            clerk,
            loaded.batch_id,
            out / "daftar-peserta-manado.pdf",
            progress=scene.progress,
            cancel=CancelToken(),
        )
        step.outcome = f"{format_count(loaded.counts.accepted)} peserta"
    with book.step("Buku kerja baris tertahan (Excel)") as step:
        errors = out / "baris-tertahan-manado.xlsx"
        held = write_error_workbook(clerk, loaded.batch_id, errors)
        step.outcome = f"{format_count(held)} baris"
    return (*summaries, *reports, roster, errors)
