"""The cards below the head of a person: months, memberships, claims, heirs, notices."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal

from bpjsdesk.domain.people import Membership, PersonClaim
from bpjsdesk.domain.person_file import ACTIVE, Deed, Heir, Origin, PersonFile
from bpjsdesk.domain.wording import (
    format_count,
    format_date,
    format_month_range,
    format_rupiah,
)
from ui.i18n import _
from ui.pages.people.strip import CoverageStrip
from ui.pages.people.words import Coverage, conclusions, moment_words, protected_words
from ui.table import Column, RecordTableModel
from ui.table_view import RecordTable
from ui.widgets.layout import Card, boxed, clear_layout, column, row
from ui.widgets.meter import Legend
from ui.widgets.split import SideBySide
from ui.widgets.text import IconMark, Label, caption, card_title


class StripCard(Card):
    """The months that are paid, and what follows from them."""

    def __init__(self) -> None:
        super().__init__(gap=8)
        self._strip = CoverageStrip()
        self._run, self._run_note = Label("", size=16, weight=600), caption("")
        self._lines = column(gap=5)
        words = column(self._run, self._run_note, 4, self._lines, None, gap=3)
        self._legend = Legend()
        policy = self._legend.sizePolicy()
        self._legend.setSizePolicy(policy.horizontalPolicy(), policy.Policy.Fixed)
        self.body.addLayout(row(card_title(_("Pita kepesertaan")), 16, (self._legend, 1)))
        left, right = boxed(column(self._strip, None)), boxed(words)
        self.body.addWidget(SideBySide([left, (right, 1)], stack_below=560, gap=24))

    def show_file(self, file: PersonFile, coverage: Coverage) -> None:
        # who only has a claim of another programme has no months to show
        self.setVisible(bool(coverage.months))
        self._strip.set_coverage(coverage, after_end=file.months_after_end)
        late = (("bad", _("sesudah berakhir")),) if file.months_after_end else ()
        paid = (("d1", _("dibayar")), ("d2", _("dibayar di muka")))
        self._legend.set_entries(*paid, *late, ("track", _("tidak terdaftar")))
        run = coverage.unbroken
        if file.end is not None:
            title, note = _("Kepesertaan berakhir"), protected_words(coverage)
        elif run is not None:
            title = _("{n} bulan tanpa putus").format(n=format_count(run[1]))
            note = format_month_range(run[0], coverage.today)
        else:
            title, note = _("Tidak aktif bulan ini"), protected_words(coverage)
        self._run.setText(title)
        self._run_note.setText(note)
        clear_layout(self._lines)
        lines = conclusions(coverage) if file.end is None else _after_end(file)
        for icon, tone, words in lines:
            line = Label(words, size=12, weight=500, tone=tone if tone != "ok" else "text")
            self._lines.addLayout(row(IconMark(icon, tone, size=15), (line, 1), gap=7))


class TableCard(Card):
    """A short table under its title; a sentence stands for it where there is nothing.

    Signals: opened(record) by Enter or double click.
    """

    opened = Signal(object)

    def __init__(
        self, title: str, columns: tuple[Column[Any], ...], *, empty: str, row_height: int = 43
    ) -> None:
        super().__init__(gap=6, margins=(1, 10, 1, 6))
        self._model: RecordTableModel[Any] = RecordTableModel(columns, self)
        self.table = RecordTable(self._model, title, row_height=row_height, sortable=False)
        self._count = caption("")
        self._empty = caption(empty, wrap=True)
        head = row(card_title(title), None, self._count, margins=(16, 0, 16, 0))
        below = row((self._empty, 1), margins=(16, 0, 16, 4))
        for part in (head, below):
            self.body.addLayout(part)
        self.body.insertWidget(1, self.table)
        self.table.record_opened.connect(self.opened)

    def show_rows(self, rows: tuple[Any, ...], *, count: str = "") -> None:
        """Show these; `count` stands at the right of the title."""
        self._model.set_rows(rows)
        self.table.fit_height()
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._count.setText(count)


def membership_card() -> TableCard:
    """The agreements under which somebody is or was paid, with the row of each list."""
    columns: tuple[Column[Membership], ...] = (
        Column(
            key="agreement",
            title=_("Perjanjian"),
            text=_agreement,
            weight=500,
            second=_place,
            tip=_tip,
        ),
        Column(key="category", title=_("Kategori"), text=_category, second=_programmes, width=128),
        Column(key="batch", title=_("Batch"), text=_batch, width=118),
        Column(key="months", title=_("Bulan iuran"), text=_months, second=_taken_back, width=168),
    )
    empty = _("Belum pernah terdaftar lewat perjanjian.")
    return TableCard(_("Kepesertaan"), columns, empty=empty)


def claim_card() -> TableCard:
    """The claims in somebody's name."""
    columns: tuple[Column[PersonClaim], ...] = (
        Column(key="number", title=_("Nomor"), text=_number, weight=500, width=136),
        Column(key="programme", title=_("Program"), text=_programme),
        Column(key="event", title=_("Kejadian"), text=_event, width=108),
        Column(key="amount", title=_("Manfaat"), text=_amount, right=True, width=136),
        Column(key="state", title=_("Keadaan"), text=_state, pill=_claim_pill, width=150),
    )
    empty = _("Belum ada klaim atas nama orang ini.")
    return TableCard(_("Klaim"), columns, empty=empty, row_height=30)


def heir_card() -> TableCard:
    """Whom lists and claims name as heirs."""
    columns: tuple[Column[Heir], ...] = (
        Column(key="heir", title=_("Nama"), text=_heir, weight=500, second=_heir_heading),
        Column(key="source", title=_("Sumber"), text=_heir_source),
    )
    empty = _("Tidak ada kolom ahli waris di daftar, dan tidak ada penerima di klaim.")
    return TableCard(_("Ahli waris"), columns, empty=empty)


def notice_card() -> Card:
    """Say that no notice is recorded: an honest gap, not a promise."""
    words = _(
        "Belum ada pemberitahuan yang dicatat untuk orang ini. Kartu dan surat yang sudah "
        "diserahkan belum dapat dicatat di program ini."
    )
    note = row((caption(words, wrap=True), 1), margins=(0, 0, 0, 0))
    return Card(card_title(_("Pemberitahuan")), note, gap=6)


def origin_card() -> TableCard:
    """Where each value came from."""
    columns: tuple[Column[Origin], ...] = (
        Column(key="field", title=_("Isian"), text=_field, weight=500, width=116),
        Column(key="source", title=_("Asal"), text=_source, tip=_since),
        Column(key="before", title=_("Semula"), text=_before, tone=_muted, tip=_before, width=130),
        Column(key="at", title=_("Sejak"), text=_since_day, tone=_muted, tip=_since, width=102),
    )
    empty = _("Asal data orang ini tidak tersimpan.")
    return TableCard(_("Asal setiap isian"), columns, empty=empty, row_height=30)


def history_card() -> TableCard:
    """What was done, newest first."""
    columns: tuple[Column[Deed], ...] = (
        Column(key="words", title=_("Yang terjadi"), text=_words, second=_when, tip=_words),
    )
    return TableCard(_("Riwayat"), columns, empty=_("Belum ada riwayat."))


def show_memberships(card: TableCard, file: PersonFile) -> None:
    """Fill the card of memberships."""
    parts = file.person.memberships
    agreements = {part.agreement_title for part in parts}
    words = _("{n} perjanjian").format(n=format_count(len(agreements)))
    card.show_rows(parts, count=words if parts else "")


def _after_end(file: PersonFile) -> list[tuple[str, str, str]]:
    months = file.months_after_end
    if not months:
        return []
    words = _("{n} bulan dibayar sesudah berakhir").format(n=format_count(len(months)))
    run = format_month_range(months[0], months[-1])
    return [("alert-circle", "bad", words), ("info-circle", "muted", run)]


def _agreement(part: Membership) -> str:
    return part.agreement_title


def _batch(part: Membership) -> str:
    return part.batch_number


def _category(part: Membership) -> str:
    return part.category_name


def _programmes(part: Membership) -> str:
    return " ".join(part.programmes)


def _tip(part: Membership) -> str:
    return f"{part.agreement_title}\n{part.source}"


def _place(part: Membership) -> str:
    return part.source


def _months(part: Membership) -> str:
    return format_month_range(part.from_month, part.to_month)


def _taken_back(part: Membership) -> str:
    return "" if part.status == ACTIVE else _("dibatalkan bersama batchnya")


def _number(claim: PersonClaim) -> str:
    return claim.number


def _programme(claim: PersonClaim) -> str:
    return claim.programme


def _event(claim: PersonClaim) -> str:
    return format_date(claim.event_on, "short") if claim.event_on else ""


def _amount(claim: PersonClaim) -> str:
    return format_rupiah(claim.amount)


def _state(claim: PersonClaim) -> str:
    return claim.status_name


def _claim_pill(claim: PersonClaim) -> tuple[str, str]:
    return claim.status_name, claim.colour


def _heir(heir: Heir) -> str:
    return heir.text


def _heir_heading(heir: Heir) -> str:
    return heir.heading


def _heir_source(heir: Heir) -> str:
    return heir.source


def _field(origin: Origin) -> str:
    return origin.label


def _source(origin: Origin) -> str:
    return origin.source


def _since(origin: Origin) -> str:
    return f"{origin.source} · {moment_words(origin.at)} · {origin.by}"


def _since_day(origin: Origin) -> str:
    return format_date(datetime.fromisoformat(origin.at).date(), "short")


def _before(origin: Origin) -> str:
    return origin.before


def _words(deed: Deed) -> str:
    return deed.words


def _when(deed: Deed) -> str:
    return f"{moment_words(deed.at)} · {deed.who}"


def _muted(_record: object) -> str:
    return "muted"
