"""The claims report: one value for screen, page, workbook and command line."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bpjsdesk.domain.claim_totals import (
    PaidGroup,
    ReportNames,
    fold_report,
    region_codes,
    scope_of,
)
from bpjsdesk.domain.report_values import ClaimsReport, ClaimsReportQuery
from bpjsdesk.domain.wording import format_date, format_date_range
from bpjsdesk.domain.workbook_values import ColumnKind, TableCell, TableColumn, TableSheet
from bpjsdesk.errors import UserError
from bpjsdesk.services.context import AppContext
from bpjsdesk.storage import claims_report as store
from bpjsdesk.storage import offices, reference, regions
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.workbook_write import write_table

_CASES = TableColumn(header="Kasus", kind=ColumnKind.INTEGER, width=12)
_AMOUNT = TableColumn(header="Manfaat", kind=ColumnKind.MONEY, width=22)


def claims_report(context: AppContext, query: ClaimsReportQuery) -> ClaimsReport:
    """Count the claims paid in a region and period, and in the same period a year before.

    Raises: UserError PERIOD_REVERSED, REGION_UNKNOWN, CATEGORY_UNKNOWN, NOT_PERMITTED.
    """
    context.user.require("read.reports")
    if query.date_to < query.date_from:
        raise UserError("PERIOD_REVERSED", "Tanggal akhir mendahului tanggal awal. Tukar keduanya.")
    with context.database.read() as connection:
        scope = scope_of(query)
        groups = store.paid_groups(connection, scope)
        names = _names(connection, query, groups, context.clock().date())
        money = [] if query.categories else store.agreement_money(connection, scope)
    return fold_report(query, groups, money, names)


def claims_report_workbook(context: AppContext, report: ClaimsReport, out: Path) -> None:
    """Write the tables of a report as a formatted workbook.

    Raises: UserError NOT_PERMITTED; EnvironmentProblem.
    """
    context.user.require("report.export")
    write_table(out, _sheets(report))


def _names(
    connection: Connection, query: ClaimsReportQuery, groups: list[PaidGroup], today: date
) -> ReportNames:
    region = None
    if query.region_code is not None:
        region = regions.get_region(connection, query.region_code)
        if region is None:
            raise UserError(
                "REGION_UNKNOWN",
                f"Kode wilayah {query.region_code} tidak ada. Pilih wilayah dari daftar.",
            )
    categories = {each.code: each.name for each in reference.categories(connection)}
    unknown = [code for code in query.categories if code not in categories]
    if unknown:
        raise UserError(
            "CATEGORY_UNKNOWN", f"Kategori {unknown[0]} tidak ada. Pilih kategori dari daftar."
        )
    office = offices.find_office(connection)
    wishes = office.requests_text if office else ""
    return ReportNames(
        regions=regions.region_names(connection, region_codes(groups)),
        categories=categories,
        region=region,
        requests=tuple(line.strip() for line in wishes.splitlines() if line.strip()),
        today=today,
    )


def _sheets(report: ClaimsReport) -> list[TableSheet]:
    totals = report.totals
    whole: tuple[TableCell, ...] = ("Jumlah", totals.cases, totals.amount)
    return [
        _programme_sheet(report),
        _sheet(
            report,
            "Segmen dan kategori",
            [
                (f"di antaranya {row.name}" if row.of_which else row.name, row.cases, row.amount)
                for row in report.by_category
            ],
            whole,
        ),
        _sheet(
            report,
            report.region_level,
            [(row.name, row.cases, row.amount) for row in report.by_region],
            whole,
        ),
        _sheet(
            report,
            "Bulan",
            [(row.month, row.cases, row.amount) for row in report.by_month],
            whole,
        ),
    ]


def _programme_sheet(report: ClaimsReport) -> TableSheet:
    totals = report.totals
    return TableSheet(
        name="Program",
        title="Laporan Pembayaran Klaim menurut program",
        subtitles=_subtitles(report),
        columns=(
            TableColumn(header="Program", width=34),
            _CASES,
            _AMOUNT,
            TableColumn(header="Kasus tahun lalu", kind=ColumnKind.INTEGER, width=16),
            TableColumn(header="Manfaat tahun lalu", kind=ColumnKind.MONEY, width=22),
        ),
        rows=[
            (row.name, row.cases, row.amount, row.previous_cases, row.previous_amount)
            for row in report.by_programme
        ],
        total=(
            "Jumlah",
            totals.cases,
            totals.amount,
            totals.previous_cases,
            totals.previous_amount,
        ),
        notes=report.notes,
    )


def _sheet(
    report: ClaimsReport,
    name: str,
    rows: Sequence[Sequence[TableCell]],
    total: Sequence[TableCell],
) -> TableSheet:
    kind = ColumnKind.DATE if name == "Bulan" else ColumnKind.TEXT
    return TableSheet(
        name=name.replace("/", " "),
        title=f"Laporan Pembayaran Klaim menurut {name.lower()}",
        subtitles=_subtitles(report),
        columns=(TableColumn(header=name, kind=kind, width=40), _CASES, _AMOUNT),
        rows=rows,
        total=total,
    )


def _subtitles(report: ClaimsReport) -> tuple[str, ...]:
    query = report.query
    period = format_date_range(query.date_from, query.date_to)
    return (
        f"{report.region_name}, {period}, menurut {report.basis}",
        f"Data per {format_date(report.data_as_of)}",
    )
