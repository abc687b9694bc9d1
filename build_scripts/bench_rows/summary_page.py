"""The page of the summary for typst: the same words, figures, tables and bar."""

import json
from collections.abc import Callable
from pathlib import Path

import typst

from bpjsdesk.domain.report_values import AgreementSummary, Letterhead
from bpjsdesk.domain.wording import amount_in_words, format_count, format_date

PAGE = """
#set page(paper: "a4", margin: (x: 18mm, top: 14mm, bottom: 14mm), footer: [
  #line(length: 100%, stroke: .3pt) #text(7pt)[Dokumen ringkasan #h(1fr) Halaman
  #context counter(page).display() dari #context counter(page).final().first()]])
#set text(font: "IBM Plex Sans", size: 8pt)
#let d = json(bytes(sys.inputs.values))
#let head(t) = text(9pt, weight: "semibold", t)
#align(left)[#text(11pt, weight: "bold", d.letterhead.at(0)) \\ #d.letterhead.at(1) \\
  #text(7pt, d.letterhead.at(2))]
#line(length: 100%, stroke: 1.6pt)
#text(14pt, weight: "semibold", d.title)
#grid(columns: (1fr, 40mm), [#d.kind], [#d.status #rect(width: 40mm, height: 2mm,
  fill: luma(220), inset: 0pt, rect(width: d.share * 40mm, height: 2mm, fill: rgb("#0f6b4f")))])
#grid(columns: (1fr, 1fr), gutter: 6mm,
  [#head[Para pihak] #for p in d.parties [\\ *#p.at(0)* #p.at(1) \\ #p.at(2) \\ #p.at(3)]],
  [#head[Pokok perjanjian] #for f in d.facts [\\ #f.at(0): #f.at(1)]])
#d.scope
#head[Kuota dan iuran]
#table(columns: (2fr, 1fr, 1fr, 1fr, 1fr, 1.4fr), stroke: .3pt, inset: 2.5pt,
  table.header(..d.quota_head.map(strong)), ..d.quota.flatten())
#d.words
#grid(columns: (1fr, 1fr), gutter: 6mm,
  [#head[Pendanaan] #table(columns: (2fr, 1fr), stroke: .3pt, inset: 2.5pt,
    ..d.funding.flatten())],
  [#head[Tahap pembayaran] #table(columns: (2fr, 1fr, 1fr), stroke: .3pt, inset: 2.5pt,
    ..d.tranches.flatten())])
#grid(columns: (1fr, 1fr), gutter: 6mm, ..d.duties.map(x => [#head(x.at(0))
  #enum(..x.at(1).map(y => [#y]))]))
#head[Dasar hukum] #enum(..d.basis.map(x => [#x]))
#for c in d.contacts [\\ #c]
"""


class TypstPage:
    """The page with its values, to be compiled again and again.

    typst remembers a page that has not changed at all, so every compiling gets other amounts.
    """

    def __init__(self, summary: AgreementSummary, letterhead: Letterhead, fonts: Path) -> None:
        self._summary, self._letterhead = summary, letterhead
        self._fonts = str(fonts)
        self._turn = 0

    def values(self) -> str:
        """Give the words and figures of the next compiling as JSON."""
        self._turn += 1
        return json.dumps(_values(self._summary, self._letterhead, self._turn))

    def compile(self, values: str) -> bytes:
        """Give the page as PDF."""
        # the package's own types name no type that its generic parameter could take
        compile_page: Callable[..., bytes] = typst.compile
        return compile_page(
            PAGE.encode(),
            font_paths=[self._fonts],
            ignore_system_fonts=True,
            sys_inputs={"values": values},
        )


def _values(summary: AgreementSummary, letterhead: Letterhead, turn: int) -> dict[str, object]:
    return {
        "letterhead": [letterhead.institution, letterhead.office, letterhead.address],
        "title": summary.title,
        "kind": f"{summary.kind_label} {turn}",
        "status": f"{summary.status}, {summary.days_left} hari lagi",
        "share": summary.elapsed_share or 0.0,
        "parties": [
            [party.role, party.institution, f"{party.signatory}, {party.position}", party.number]
            for party in summary.parties
        ],
        "facts": _facts(summary),
        "scope": summary.scope,
        "quota_head": ["Kategori", "Segmen", "Program", "Orang", "Bulan", "Jumlah (Rp)"],
        "quota": _quota(summary, turn),
        "words": amount_in_words(summary.amount + turn),
        "funding": [
            [line.source, format_count((line.amount or 0) + turn)] for line in summary.funding
        ],
        "tranches": [
            [step.label, str(step.due_on), format_count(step.billed + turn)]
            for step in summary.tranches
        ],
        "duties": [[f"Kewajiban {duty.party}", list(duty.items)] for duty in summary.duties],
        "basis": list(summary.legal_basis),
        "contacts": [f"Kontak {contact.label}: {contact.text}" for contact in summary.contacts],
    }


def _facts(summary: AgreementSummary) -> list[list[str]]:
    days = (summary.signed_on, summary.valid_from, summary.valid_to)
    signed, first, last = (format_date(day) if day else "" for day in days)
    programmes = ", ".join(f"{each.code} {each.name}" for each in summary.programmes)
    return [
        ["Ditandatangani", f"{signed} di {summary.signed_place}"],
        ["Jangka waktu", f"{first} s.d. {last}"],
        ["Program", programmes],
        ["Peserta", format_count(summary.counts.active or 0)],
    ]


def _quota(summary: AgreementSummary, turn: int) -> list[list[str]]:
    return [
        [
            line.category,
            line.segment,
            line.programmes,
            format_count(line.heads + turn),
            str(line.months),
            format_count((line.amount or 0) + turn),
        ]
        for line in summary.quota
    ]
