"""The sides of the printed pages: what the program draws, and the peers."""

import statistics
import time
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, SimpleDocTemplate, TableStyle

from bpjsdesk.domain.identity import mask_nik
from bpjsdesk.domain.report_values import (
    ClaimsReportQuery,
    Letterhead,
    ParticipantList,
    ParticipantRow,
    PrintStamp,
)
from bpjsdesk.domain.wording import format_count, format_date
from bpjsdesk.reports.agreement_summary import render_agreement_summary
from bpjsdesk.reports.issue import agreement_summary_pdf, claims_report_pdf
from bpjsdesk.reports.participant_list import render_participant_list
from bpjsdesk.resources import resource_path
from bpjsdesk.services.agreements import agreement_summary, save_agreement
from bpjsdesk.services.claims_report import claims_report as claims_figures
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.office import get_office
from bpjsdesk.services.printing import letterhead_of, print_stamp
from build_scripts.bench_rows.agreement_sample import full_draft
from build_scripts.bench_rows.drivers import driver_connection
from build_scripts.bench_rows.figures import in_turn
from build_scripts.bench_rows.people import crowd
from build_scripts.bench_rows.stores import NOW, opened
from build_scripts.bench_rows.summary_page import TypstPage

YEAR = ClaimsReportQuery(date_from=date(2025, 1, 1), date_to=date(2025, 12, 31))
GROUP_BY = (
    "SELECT substr(paid_on, 1, 7), programme, segment, category, region_code, count(*), "
    "sum(amount) FROM claim WHERE status = 'PAID' AND paid_on BETWEEN '2024-01-01' AND "
    "'2025-12-31' GROUP BY 1, 2, 3, 4, 5"
)
HEADS = ("No.", "Nama", "NIK", "L/P", "Lahir", "Kelurahan/desa", "Iuran 12 bulan (Rp)")
WIDTHS = (34, 150, 90, 24, 60, 110, 70)
RATE = 16_800 * 12


def claims_report(*, office: str, rounds: int) -> dict[str, Any]:
    """Draw the report, run the bare query, in turn; times in seconds."""
    context = opened(Path(office))
    plain = driver_connection(context.database.path, context.data_key, read_only=True)
    first, pdf = timed(lambda: claims_report_pdf(context, YEAR))
    plain.execute(GROUP_BY).fetchall()
    pairs = in_turn(
        lambda: timed(lambda: claims_report_pdf(context, YEAR))[0],
        lambda: timed(lambda: plain.execute(GROUP_BY).fetchall())[0],
        rounds,
    )
    figures, report = timed(lambda: claims_figures(context, YEAR))
    return {
        "figure": pairs.figure,
        "peer": pairs.peer,
        "ratio": pairs.ratio,
        "first": first,
        "figures": figures,
        "cases": report.totals.cases,
        "pages": pages_of(pdf),
    }


def participant_list(*, count: int, rounds: int) -> dict[str, Any]:
    """Draw the list of made-up people, then the same columns as one LongTable."""
    roster = _roster(count)
    letterhead = Letterhead(institution="BPJS KETENAGAKERJAAN", office="Kantor Cabang Manado")
    stamp = PrintStamp(
        printed_at=NOW,
        printed_by="Bangku Uji",
        data_as_of=NOW.date(),
        document_no="DPS-00001",
        check_code="AAAA-AAAA",
    )
    taken = [
        timed(lambda: render_participant_list(roster, letterhead, stamp)) for _ in range(rounds)
    ]
    peer, long_pdf = timed(lambda: _long_table(roster.rows))
    figure = statistics.median(seconds for seconds, _ in taken)
    pdf = taken[0][1]
    return {
        "figure": figure,
        "peer": peer,
        "ratio": figure / peer,
        "pages": pages_of(pdf),
        "peer_pages": pages_of(long_pdf),
        "megabytes": len(pdf) / 1e6,
        "peer_megabytes": len(long_pdf) / 1e6,
    }


def summary(*, office: str, rounds: int) -> dict[str, Any]:
    """Draw the summary from the store and compile the same page, in turn; times in seconds."""
    context = opened(Path(office))
    key = save_agreement(context, full_draft(), request_id=new_request_id()).object_id
    value = agreement_summary(context, key)
    letterhead = letterhead_of(get_office(context))
    page = TypstPage(value, letterhead, resource_path("fonts"))
    first, pdf = timed(lambda: agreement_summary_pdf(context, key))
    values = page.values()
    peer_first, peer_pdf = timed(lambda: page.compile(values))
    if not pages_of(pdf) == pages_of(peer_pdf) == 1:
        raise RuntimeError("the summary must fill one page on both sides")
    pairs = in_turn(
        lambda: timed(lambda: agreement_summary_pdf(context, key))[0],
        lambda: _compiled(page),
        rounds,
    )
    stamp = print_stamp(context, "RPJ-00001")
    drawn, _ = timed(lambda: render_agreement_summary(value, letterhead, stamp))
    return {
        "figure": pairs.figure,
        "peer": pairs.peer,
        "ratio": pairs.ratio,
        "first": first,
        "peer_first": peer_first,
        "drawn": drawn,
    }


def _compiled(page: TypstPage) -> float:
    values = page.values()
    return timed(lambda: page.compile(values))[0]


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    """Give the seconds that an act took, and its result."""
    started = time.perf_counter()
    result = act()
    return time.perf_counter() - started, result


def pages_of(pdf: bytes) -> int:
    """Count the pages of a document."""
    return len(PdfReader(BytesIO(pdf)).pages)


def _roster(count: int) -> ParticipantList:
    people = sorted(crowd(count, seed=55), key=lambda one: (one.village.code, one.name))
    rows: list[ParticipantRow] = [
        (
            number,
            mask_nik(one.nik),
            "",
            one.name,
            one.sex,
            format_date(one.born, "short"),
            one.village.name,
            RATE,
        )
        for number, one in enumerate(people, start=1)
    ]
    return ParticipantList(
        batch_no="B-2026-00001",
        title="Daftar Peserta Pekerja Rentan",
        agreement="560/PKS/1/2026",
        category="Pekerja Rentan",
        months=12,
        rates=(RATE // 12,),
        amount=RATE * count,
        rows=rows,
    )


def _long_table(rows: Sequence[ParticipantRow]) -> bytes:
    fonts = resource_path("fonts")
    pdfmetrics.registerFont(TTFont("Plain", str(fonts / "IBMPlexSans-Regular.ttf")))
    pdfmetrics.registerFont(TTFont("Strong", str(fonts / "IBMPlexSans-SemiBold.ttf")))
    style = TableStyle(
        [
            ("FONT", (0, 0), (-1, -1), "Plain", 7.5),
            ("FONT", (0, 0), (-1, 0), "Strong", 7.5),
            ("LINEBELOW", (0, 0), (-1, -1), 0.25, colors.grey),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ]
    )
    cells = [
        [format_count(row[0]), row[3], row[1], row[4], row[5], row[6], format_count(row[7] or 0)]
        for row in rows
    ]
    table = LongTable([HEADS, *cells], colWidths=WIDTHS, repeatRows=1, style=style)
    out = BytesIO()
    SimpleDocTemplate(out, pagesize=A4, leftMargin=28, rightMargin=28).build([table])
    return out.getvalue()
