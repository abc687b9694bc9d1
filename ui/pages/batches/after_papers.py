"""The papers of a batch as its page shows them: roster, receipt, comparison."""

from dataclasses import dataclass

from bpjsdesk.services.context import AppContext
from ui.i18n import _
from ui.pages.batches.after_work import comparison_pdf
from ui.pages.batches.receipt_pdf import receipt_pdf
from ui.pages.reports.pdf_work import Printable, roster_pdf


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWish:
    """A paper to be made and shown: how it is drawn, called, and what to know about it."""

    printable: Printable
    title: str
    note: str


def roster_wish(app: AppContext, batch_id: int, number: str) -> PaperWish:
    """The participants of a batch."""
    return PaperWish(
        printable=roster_pdf(app, batch_id),
        title=_("Daftar peserta batch {number}").format(number=number),
        note=_("NIK disamarkan pada cetakan"),
    )


def receipt_wish(app: AppContext, batch_id: int, number: str) -> PaperWish:
    """What the sender gets for a list."""
    return PaperWish(
        printable=receipt_pdf(app, batch_id),
        title=_("Tanda terima batch {number}").format(number=number),
        note=_("Untuk pengirim daftar; tanpa nama dan NIK"),
    )


def comparison_wish(app: AppContext, before_id: int, after_id: int) -> PaperWish:
    """What a list changes against an earlier one, for both sides to sign."""
    return PaperWish(
        printable=comparison_pdf(app, before_id, after_id),
        title=_("Perbandingan daftar peserta"),
        note=_("Untuk mitra dan kantor; NIK disamarkan pada cetakan"),
    )
