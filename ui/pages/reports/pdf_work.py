"""Make PDFs in the background; ReportLab is imported by the first of them, not by the window."""

from bpjsdesk.domain.report_values import ClaimsReportQuery
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.context import AppContext
from ui.tasks import Work


def claims_pdf(app: AppContext, query: ClaimsReportQuery) -> Work:
    """Draw the claims report."""

    def work(_progress: ProgressSink, _cancel: CancelToken) -> bytes:
        from bpjsdesk.reports.issue import claims_report_pdf  # noqa: PLC0415 - start-up cost

        return claims_report_pdf(app, query)

    return work


def agreement_pdf(app: AppContext, agreement_id: int) -> Work:
    """Draw the one-page summary of an agreement."""

    def work(_progress: ProgressSink, _cancel: CancelToken) -> bytes:
        from bpjsdesk.reports.issue import agreement_summary_pdf  # noqa: PLC0415 - start-up cost

        return agreement_summary_pdf(app, agreement_id)

    return work


def roster_pdf(app: AppContext, batch_id: int) -> Work:
    """Draw the participants of a batch."""

    def work(progress: ProgressSink, cancel: CancelToken) -> bytes:
        from bpjsdesk.reports.issue import participant_list_pdf  # noqa: PLC0415 - start-up cost

        return participant_list_pdf(app, batch_id, progress=progress, cancel=cancel)

    return work
