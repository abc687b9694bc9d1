"""The one way in which the window tells of an error."""

import logging
import sys
import traceback
from types import TracebackType

from PySide6.QtWidgets import QApplication, QWidget

from bpjsdesk.errors import AppError, Cancelled
from ui.dialogs import QuestionDialog
from ui.i18n import _

_log = logging.getLogger(__name__)


def error_text(problem: BaseException) -> tuple[str, str, str]:
    """Put an error into (headline, sentence, code); free of values, so free of personal data."""
    if isinstance(problem, AppError):
        return _("Tidak dapat dilanjutkan"), problem.message, problem.code
    return (
        _("Terjadi kesalahan program"),
        _(
            "Data yang sudah tersimpan tetap aman. Ulangi langkah terakhir; bila terjadi lagi, "
            "salin rincian di bawah untuk petugas TI."
        ),
        f"{type(problem).__name__} · {_code_place(problem)}",
    )


def show_error(parent: QWidget | None, problem: BaseException) -> None:
    """Tell the reader what happened and what to do; a cancelled task is silent."""
    if isinstance(problem, Cancelled):
        return
    headline, sentence, code = error_text(problem)
    if not isinstance(problem, AppError):
        _log.error("unexpected %s at %s", type(problem).__name__, _code_place(problem))
    dialog = QuestionDialog(parent, headline, sentence, icon="alert-triangle")
    dialog.setObjectName("errorDialog")
    dialog.add_note(_("Kode: {code}").format(code=code))
    dialog.add_choice("copy", _("Salin rincian"))
    dialog.add_choice("close", _("Tutup"), kind="primary", shortcut="Esc").setFocus()
    dialog.exec()
    if dialog.choice == "copy":
        QApplication.clipboard().setText(f"{headline}\n{sentence}\n{code}")


def show_uncaught(
    kind: type[BaseException], problem: BaseException, trace: TracebackType | None
) -> None:
    """Show what no slot has caught, instead of losing it on a console nobody sees.

    Fits `sys.excepthook`.
    """
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, problem, trace)
        return
    show_error(QApplication.activeWindow(), problem.with_traceback(trace))


def _code_place(problem: BaseException) -> str:
    frames = traceback.extract_tb(problem.__traceback__)
    if not frames:
        return "?"
    last = frames[-1]
    module = last.filename.replace("\\", "/").rsplit("/", 2)[-2:]
    return f"{'/'.join(module)}:{last.lineno} {last.name}"
