"""Ringkasan Perjanjian: everything about one agreement on one page."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from bpjsdesk.domain.report_values import (
    AgreementSummary,
    Letterhead,
    Paper,
    PartyLine,
    PrintStamp,
    Signatory,
)
from bpjsdesk.domain.wording import format_date, format_date_range
from bpjsdesk.reports.agreement_money import draw_quota, side_sections
from bpjsdesk.reports.letterhead import PageStyle
from bpjsdesk.reports.page import Block, render_pages
from bpjsdesk.reports.parts import (
    FIRST_LINE,
    Section,
    draw_columns,
    draw_fact,
    draw_numbered,
    signature_block,
)
from bpjsdesk.reports.sheet import Place, Sheet, baseline
from bpjsdesk.reports.text import Rich, Run, settle
from bpjsdesk.reports.theme import (
    CELL,
    EYEBROW,
    LABEL,
    MUTED,
    NOTE,
    SEMIBOLD,
    SMALL,
    TITLE_DENSE,
    TITLE_LONG,
)

_KIND = "Ringkasan Perjanjian"
_NOTE = "Dokumen ringkasan – bukan pengganti naskah asli."
_LABEL_MM = 22.0
_TITLE_LINES = 3


def render_agreement_summary(
    summary: AgreementSummary,
    letterhead: Letterhead,
    stamp: PrintStamp,
    *,
    paper: Paper = Paper.A4,
    signatories: Sequence[Signatory] = (),
) -> bytes:
    """Return the summary as PDF; it goes on to a second page only where one cannot hold it.

    Raises:
        UserError: PAGE_OVERFULL, LOGO_UNREADABLE.
    """
    style = PageStyle(
        title=f"{_KIND} {stamp.document_no}".strip(),
        kind=_KIND,
        letterhead=letterhead,
        stamp=stamp,
        paper=paper,
        note=_NOTE,
        running_left=f"{_KIND} {stamp.document_no}".strip(),
        running_right=summary.kind_label,
    )
    return render_pages(style, _blocks(summary, signatories))


def _blocks(summary: AgreementSummary, signatories: Sequence[Signatory]) -> list[Block]:
    blocks = [
        Block(draw=partial(_draw_head, summary)),
        Block(draw=partial(_draw_basics, summary), gap_mm=2.4),
    ]
    if summary.quota:
        blocks.append(Block(draw=partial(draw_quota, summary), gap_mm=4.2))
    for gap, sections in (
        (4.6, side_sections(summary)),
        (4.2, _duty_sections(summary)),
        (4.2, _remark_sections(summary)),
    ):
        if any(sections):
            blocks.append(_columns_block(sections, gap))
    if summary.contacts:
        blocks.append(Block(draw=partial(_draw_contacts, summary), gap_mm=2))
    if signatories:
        blocks.append(signature_block(signatories))
    return blocks


def _columns_block(sections: tuple[list[Section], list[Section]], gap: float) -> Block:
    return Block(draw=lambda sheet, top: draw_columns(sheet, top, *sections), gap_mm=gap)


def _draw_head(summary: AgreementSummary, sheet: Sheet, top: float) -> float:
    """Draw kind and title on the left, status and time left on the right."""
    room = sheet.span(9) - 3
    y = top + baseline(EYEBROW)
    renewal = ("Perpanjangan",) if summary.is_renewal else ()
    eyebrow = "  ·  ".join((summary.kind_label, *renewal)).upper()
    sheet.text(sheet.left, y, eyebrow, EYEBROW, room=room)
    is_short = len(settle(summary.title, TITLE_LONG, room)) <= _TITLE_LINES
    role = TITLE_LONG if is_short else TITLE_DENSE
    end = sheet.para(sheet.left, y + 6.2, room, summary.title, role=role)
    return max(end - role.lead_mm + 1.2, _draw_status(sheet, y, summary))


def _draw_status(sheet: Sheet, y: float, summary: AgreementSummary) -> float:
    """Draw the state beside the title; return its bottom."""
    x, room = sheet.x(9), sheet.span(3)
    sheet.text(x, y, "STATUS", EYEBROW.coloured(MUTED))
    sheet.text(x, y + 6.2, summary.status, TITLE_LONG, room=room)
    if summary.elapsed_share is not None:
        sheet.share_bar(x, y + 9.2, room, 2.2, share=summary.elapsed_share)
    if summary.days_left is not None:
        sheet.text(x, y + 15.1, _days_left(summary.days_left), SMALL.faced(SEMIBOLD))
    if summary.valid_to is not None:
        until = f"s.d. {format_date(summary.valid_to, 'short')}"
        sheet.text(x + room, y + 15.1, until, NOTE, align="r")
    return y + (8.0 if summary.valid_to is None else 16.0)


def _days_left(days: int) -> str:
    if days < 0:
        return "telah berakhir"
    return f"{days} hari lagi" if days else "hari terakhir"


def _draw_basics(summary: AgreementSummary, sheet: Sheet, top: float) -> float:
    """Draw the parties, the key facts beside them and the scope below both."""
    half = sheet.span(6)
    left = [Section(heading="Para pihak", draw=partial(_draw_parties, summary))]
    right = [Section(heading="Pokok perjanjian", draw=partial(_draw_facts, summary))]
    y = draw_columns(sheet, top, left if summary.parties else [], right)
    if not summary.scope:
        return y
    sheet.line(sheet.left, y + 1.6, sheet.right)
    first = y + 1.6 + baseline(CELL) + 1.9
    sheet.text(sheet.left, first, "Ruang lingkup", LABEL, room=half)
    room = sheet.column - _LABEL_MM
    return _ink_end(sheet.para(sheet.left + _LABEL_MM, first, room, summary.scope, role=CELL))


def _draw_parties(summary: AgreementSummary, sheet: Sheet, place: Place) -> float:
    y = place.y + FIRST_LINE
    for number, party in enumerate(summary.parties):
        y += 1.6 if number else 0.0
        sheet.text(place.x, y, party.role, LABEL.sized(7.2), room=_LABEL_MM - 1)
        beside = Place(place.x + _LABEL_MM, y, place.room - _LABEL_MM)
        y = _draw_party(party, sheet, beside)
    return _ink_end(y)


def _draw_party(party: PartyLine, sheet: Sheet, place: Place) -> float:
    x, y, room = place.x, place.y, place.room
    y = sheet.para(x, y, room, (Run(party.institution, strong=True),), role=CELL)
    signatory = ", ".join(part for part in (party.signatory, party.position) if part)
    if signatory:
        y = sheet.para(x, y, room, signatory, role=CELL)
    number = f"Nomor\u00a0{party.number}" if party.number else "Nomor belum ada"
    return sheet.para(x, y, room, number, role=CELL.coloured(MUTED))


def _draw_facts(summary: AgreementSummary, sheet: Sheet, place: Place) -> float:
    y = place.y + FIRST_LINE
    for label, value in _facts(summary):
        at = replace(place, y=y)
        y = draw_fact(sheet, at, label, value, label_mm=_LABEL_MM) + 0.75
    return _ink_end(y - 0.75)


def _facts(summary: AgreementSummary) -> list[tuple[str, Rich]]:
    signed = "belum"
    if summary.signed_on:
        where = f"\ndi {summary.signed_place}" if summary.signed_place else ""
        signed = format_date(summary.signed_on, "long") + where
    period = "belum ditetapkan"
    if summary.valid_from and summary.valid_to:
        period = format_date_range(summary.valid_from, summary.valid_to)
    elif summary.valid_from:
        period = f"sejak {format_date(summary.valid_from)}"
    facts: list[tuple[str, Rich]] = [("Ditandatangani", signed), ("Jangka waktu", period)]
    since = f"perlindungan sejak {summary.protected_since}" if summary.protected_since else ""
    before = ", ".join(part for part in (summary.previous_agreement, since) if part)
    if before:
        facts.append(("Sebelumnya", before))
    if summary.programmes:
        facts.append(("Program", _programme_lines(summary)))
    return facts


def _programme_lines(summary: AgreementSummary) -> Rich:
    runs: list[Run] = []
    for programme in summary.programmes:
        runs.append(Run(("\n" if runs else "") + programme.code, strong=True))
        runs.append(Run(f" {programme.name}"))
    return tuple(runs)


def _duty_sections(summary: AgreementSummary) -> tuple[list[Section], list[Section]]:
    sections = [
        Section(
            heading=f"Kewajiban {duty.party}",
            draw=partial(draw_numbered, duty.items),
        )
        for duty in summary.duties
        if duty.items
    ]
    return sections[::2], sections[1::2]


def _remark_sections(summary: AgreementSummary) -> tuple[list[Section], list[Section]]:
    sections = [
        Section(heading=heading, draw=partial(draw_numbered, items))
        for heading, items in (("Dasar hukum", summary.legal_basis), ("Catatan", summary.notes))
        if items
    ]
    return sections[:1], sections[1:]


def _draw_contacts(summary: AgreementSummary, sheet: Sheet, top: float) -> float:
    sheet.line(sheet.left, top, sheet.right)
    y = top + FIRST_LINE
    for first in range(0, len(summary.contacts), 2):
        ends = [
            draw_fact(
                sheet,
                Place(sheet.x(6 * number), y, sheet.span(6)),
                f"Kontak {contact.label}",
                contact.text,
                label_mm=_LABEL_MM,
            )
            for number, contact in enumerate(summary.contacts[first : first + 2])
        ]
        y = max(ends)
    return _ink_end(y)


def _ink_end(next_baseline: float) -> float:
    """Return the lower edge of the ink of CELL text whose next baseline is given."""
    return next_baseline - CELL.lead_mm + 0.9
