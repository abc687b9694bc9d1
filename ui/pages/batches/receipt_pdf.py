"""The receipt of a list as a document that a page can show."""

from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.printing import receipt_document
from ui.pages.reports.pdf_work import Printable


def receipt_pdf(app: AppContext, batch_id: int) -> Printable:
    """Describe what the sender of a list gets: every row counted, every reason named."""

    def work(_progress: ProgressSink, _cancel: CancelToken) -> bytes:
        from bpjsdesk.reports.issue import batch_receipt_pdf  # noqa: PLC0415 - start-up cost

        return batch_receipt_pdf(app, batch_id)

    number = receipt_document(batch_id)
    return Printable(work=work, number=number, kind="batch", object_id=batch_id)
