"""The documents that a page can show: how each is drawn, in the background, and its number.

ReportLab is imported by the first document that is drawn, not by the window.
"""

from dataclasses import dataclass

from bpjsdesk.domain.report_values import ClaimsReportQuery
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.printing import agreement_document, batch_document, claims_document
from ui.tasks import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Printable:
    """A document: the work that draws it, and the number printed on it, by which it is noted."""

    work: Work
    number: str
    kind: str
    object_id: int = 0


def claims_pdf(app: AppContext, query: ClaimsReportQuery) -> Printable:
    """Describe the claims report."""

    def work(_progress: ProgressSink, _cancel: CancelToken) -> bytes:
        from bpjsdesk.reports.issue import claims_report_pdf  # noqa: PLC0415 - start-up cost

        return claims_report_pdf(app, query)

    return Printable(work=work, number=claims_document(query), kind="claims_report")


def agreement_pdf(app: AppContext, agreement_id: int) -> Printable:
    """Describe the one-page summary of an agreement."""

    def work(_progress: ProgressSink, _cancel: CancelToken) -> bytes:
        from bpjsdesk.reports.issue import agreement_summary_pdf  # noqa: PLC0415 - start-up cost

        return agreement_summary_pdf(app, agreement_id)

    number = agreement_document(agreement_id)
    return Printable(work=work, number=number, kind="agreement", object_id=agreement_id)


def roster_pdf(app: AppContext, batch_id: int) -> Printable:
    """Describe the participants of a batch."""

    def work(progress: ProgressSink, cancel: CancelToken) -> bytes:
        from bpjsdesk.reports.issue import participant_list_pdf  # noqa: PLC0415 - start-up cost

        return participant_list_pdf(app, batch_id, progress=progress, cancel=cancel)

    number = batch_document(batch_id)
    return Printable(work=work, number=number, kind="batch", object_id=batch_id)
