"""The steps of the self-test: the office's main job, once, on a handful of made-up people."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

from bpjsdesk.cli.demo_office import agreements_manado as manado
from bpjsdesk.cli.demo_office.founding import OFFICE, PASSWORD, SIGNATORIES
from bpjsdesk.cli.demo_office.sheets import Heading, PlainCell, PlainSheet, write_workbook
from bpjsdesk.cli.self_test_findings import Failure, require
from bpjsdesk.clock import Clock
from bpjsdesk.domain.access import NewUser, Role
from bpjsdesk.domain.claims import ClaimComponent, ClaimDraft, Programme
from bpjsdesk.domain.enrollment import BatchRequest, BatchStatus
from bpjsdesk.domain.office import NewOffice
from bpjsdesk.domain.report_values import ClaimsReportQuery
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.errors import UserError
from bpjsdesk.paths import AppPaths
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.reports.issue import (
    issue_agreement_summary,
    issue_claims_report,
    issue_participant_list,
)
from bpjsdesk.resources import resource_path
from bpjsdesk.services.acceptance import breakdown
from bpjsdesk.services.agreements import save_agreement
from bpjsdesk.services.batch_files import write_error_workbook, write_template
from bpjsdesk.services.claims import save_claim
from bpjsdesk.services.claims_report import claims_report
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.list_import import import_list
from bpjsdesk.services.list_plan import ListPlan
from bpjsdesk.services.office import create_office, open_office
from bpjsdesk.services.people import find_people
from bpjsdesk.services.reference import save_signatory
from bpjsdesk.services.repairs import reasons
from bpjsdesk.services.safety import check_health, make_backup

USER = "uji"
SUMMARY_PDF = "ringkasan.pdf"
PLAIN_SQLITE = b"SQLite format 3"
FONT_NAME = re.compile(rb"/BaseFont /(?:[A-Z]{6}\+)?([A-Za-z-]+)")
EMBEDDED = b"/FontFile2"
RESOURCES: Mapping[str, tuple[str, int]] = {
    "seed": ("*.csv", 20),
    "fonts": ("*.ttf", 8),
    "icons": ("*.svg", 10),
}
SOUND_NIKS = ("7171010101809001", "7171014202859002", "7171020303909003")
DAMAGED_NIK = 7171030404759004
CLAIM_AMOUNT = 42_000_000

Trial = Callable[["Bench"], None]


@dataclass(slots=True, kw_only=True)
class Bench:
    """What earlier steps leave for later ones."""

    folder: Path
    clock: Clock
    context: AppContext | None = None
    agreement_id: int = 0
    batch_id: int = 0

    @property
    def office(self) -> AppContext:
        if self.context is None:
            raise Failure("Kantor uji tidak terbuka.")
        return self.context

    @property
    def today(self) -> date:
        return self.clock().date()


def office_paths(folder: Path) -> AppPaths:
    """Name the test's office; the window's steps open it again."""
    return AppPaths(folder / "kantor")


def _resources(_bench: Bench) -> None:
    for folder, (pattern, fewest) in RESOURCES.items():
        found = len(list(resource_path(folder).glob(pattern)))
        require(
            found >= fewest, f"Folder resources/{folder} berisi {found} berkas, seharusnya lebih."
        )


def _found_office(bench: Bench) -> None:
    user = NewUser(name=USER, display_name="Uji Diri", role=Role.SUPERVISOR, password=PASSWORD)
    founding = NewOffice(office=replace(OFFICE, name="Kantor uji diri"), first_user=user)
    paths = office_paths(bench.folder)
    create_office(paths, founding, bench.clock).context.close()
    head = paths.database.read_bytes()[: len(PLAIN_SQLITE)]
    require(head != PLAIN_SQLITE, "Basis data tidak terenkripsi.")


def _log_in(bench: Bench) -> None:
    paths = office_paths(bench.folder)
    try:
        open_office(paths, USER, "kata sandi yang keliru", bench.clock).close()
    except UserError as refusal:
        require(refusal.code == "LOGIN_REFUSED", f"Penolakan yang keliru: {refusal.code}.")
    else:
        raise Failure("Kata sandi yang salah membuka kantor.")
    bench.context = open_office(paths, USER, PASSWORD, bench.clock)
    save_signatory(bench.context, SIGNATORIES[0], request_id=new_request_id())


def _agreement(bench: Bench) -> None:
    draft = replace(manado.of_2023(0), renews_id=None)
    answer = save_agreement(bench.office, draft, request_id=new_request_id())
    bench.agreement_id = answer.object_id


def _template(bench: Bench) -> None:
    out = write_template(bench.office, bench.agreement_id, bench.folder / "templat.xlsx")
    require(out.stat().st_size > 0, "Templat kosong.")


def _import_list(bench: Bench) -> None:
    path = bench.folder / "daftar.xlsx"
    names = ("ANI CONTOH", "BUDI CONTOH", "CITRA CONTOH")
    rows: list[list[PlainCell]] = [[Heading("NO"), Heading("NIK"), Heading("NAMA")]]
    for number, (nik, name) in enumerate(zip(SOUND_NIKS, names, strict=True), start=1):
        rows.append([number, nik, name])
    rows.append([len(rows), DAMAGED_NIK, "DIAN CONTOH"])
    write_workbook(path, [PlainSheet(name="Daftar", rows=rows)])
    request = BatchRequest(
        path=path,
        agreement_id=bench.agreement_id,
        category="VULNERABLE",
        registered_on=date(2023, 12, 1),
    )
    imported = import_list(
        bench.office, request, ListPlan(), progress=ignore_progress, cancel=CancelToken()
    )
    counts, issues = breakdown(imported.work), reasons(imported.work)
    require(
        (counts.entering, counts.held) == (len(names), 1) and IssueCode.NIK_AS_NUMBER in issues,
        f"Daftar uji terbaca keliru: {counts}, {dict(issues)}.",
    )
    require(imported.status is BatchStatus.VALIDATED, f"Daftar uji {imported.status}.")
    bench.batch_id = imported.work.batch_id


def _errors(bench: Bench) -> None:
    written = write_error_workbook(bench.office, bench.batch_id, bench.folder / "galat.xlsx")
    require(written == 1, f"Buku kerja galat berisi {written} baris, seharusnya 1.")


def _search(bench: Bench) -> None:
    found = find_people(bench.office, "citra", limit=5).people
    require(len(found) == 1, f"Pencarian menemukan {len(found)} orang, seharusnya 1.")


def _claim(bench: Bench) -> None:
    paid_on = bench.today
    draft = ClaimDraft(
        programme=Programme.JKM,
        participant_nik=SOUND_NIKS[0],
        participant_name="ANI CONTOH",
        category="VULNERABLE",
        segment="",
        agreement_id=bench.agreement_id,
        region_code=manado.REGION,
        event_on=paid_on - timedelta(days=9),
        filed_on=paid_on - timedelta(days=3),
        complete_on=paid_on,
        paid_on=paid_on,
        components=(ClaimComponent(code="UJI", name="Santunan uji", amount=CLAIM_AMOUNT),),
    )
    save_claim(bench.office, draft, request_id=new_request_id())
    totals = claims_report(bench.office, _query(bench)).totals
    require(
        (totals.cases, totals.amount) == (1, CLAIM_AMOUNT),
        f"Laporan menghitung {totals.cases} kasus, Rp{totals.amount}.",
    )


def _query(bench: Bench) -> ClaimsReportQuery:
    return ClaimsReportQuery(date_from=bench.today, date_to=bench.today, region_code=manado.REGION)


def _summary_pdf(bench: Bench) -> None:
    _check_pdf(
        issue_agreement_summary(bench.office, bench.agreement_id, bench.folder / SUMMARY_PDF)
    )


def _claims_pdf(bench: Bench) -> None:
    _check_pdf(issue_claims_report(bench.office, _query(bench), bench.folder / "klaim.pdf"))


def _roster_pdf(bench: Bench) -> None:
    _check_pdf(
        issue_participant_list(
            bench.office,
            bench.batch_id,
            bench.folder / "peserta.pdf",
            progress=ignore_progress,
            cancel=CancelToken(),
        )
    )


def _check_pdf(path: Path) -> None:
    content = path.read_bytes()
    require(content.startswith(b"%PDF-") and b"%%EOF" in content[-64:], f"{path.name} rusak.")
    names = {name.decode() for name in FONT_NAME.findall(content)}
    require(bool(names), f"{path.name} tidak menyebut satu pun huruf.")
    foreign = sorted(name for name in names if not name.startswith("IBMPlex"))
    require(not foreign, f"{path.name} memakai huruf lain: {', '.join(foreign)}.")
    require(content.count(EMBEDDED) >= len(names), f"Huruf di {path.name} tidak semuanya tertanam.")


def _backup(bench: Bench) -> None:
    make_backup(bench.office, bench.folder / "cadangan.db", request_id=new_request_id())


def _health(bench: Bench) -> None:
    found = check_health(bench.office, progress=ignore_progress, cancel=CancelToken())
    require(found.is_sound, f"Basis data uji tidak utuh: {'; '.join(found.problems)}.")


TRIALS: Mapping[str, Trial] = MappingProxyType(
    {
        "Berkas program": _resources,
        "Basis data terenkripsi": _found_office,
        "Masuk dengan kata sandi": _log_in,
        "Perjanjian": _agreement,
        "Templat Excel": _template,
        "Baca daftar di proses terpisah dan terima": _import_list,
        "Buku kerja baris tertahan": _errors,
        "Cari orang": _search,
        "Klaim dan laporannya": _claim,
        "Ringkasan Perjanjian (PDF)": _summary_pdf,
        "Laporan Pembayaran Klaim (PDF)": _claims_pdf,
        "Daftar Peserta (PDF)": _roster_pdf,
        "Cadangan dibuka ulang": _backup,
        "Keutuhan basis data": _health,
    }
)
