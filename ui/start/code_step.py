"""The recovery code: shown once, printed, and two groups typed back from the paper."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QWidget

from bpjsdesk.errors import EnvironmentProblem
from ui.documents import in_documents, with_ending
from ui.errors import show_error
from ui.i18n import _
from ui.paint import CENTER, PaintedWidget, draw_box, draw_text
from ui.start.recovery_sheet import RecoverySheet, draw_sheet, save_sheet_pdf
from ui.start.steps import step_column, step_head
from ui.theme import font, px
from ui.widgets.buttons import Button, bind_key
from ui.widgets.form import Field, FieldError, Form
from ui.widgets.layout import row, rule
from ui.widgets.text import Label
from ui.widgets.text_edit import Reading, TextEdit

ASKED_GROUPS = (3, 7)


class GroupEdit(TextEdit):
    """One group typed back from the paper; upper case as printed."""

    def __init__(self, expected: str) -> None:
        super().__init__()
        self._expected = expected

    @property
    def matches(self) -> bool:
        return self.text().strip().upper() == self._expected

    def reading(self) -> Reading:
        missing = len(self._expected) - len(self.text().strip())
        if not self.text().strip():
            return "", "muted"
        if self.matches:
            return _("Cocok"), "ok"
        if missing > 0:
            tone = "muted" if self.hasFocus() else "bad"
            return _("Kurang {n} huruf").format(n=missing), tone
        return _("Tidak sama dengan lembar"), "bad"

    def normalise(self) -> None:
        self.setText(self.text().strip().upper())


class CodeStep(QWidget):
    """Show the code and prove that it is on paper.

    Signals: done() when both groups match.
    """

    done = Signal()

    def __init__(self, sheet: RecoverySheet) -> None:
        super().__init__()
        self._sheet = sheet
        self.form = Form(before=_("sebelum masuk"))
        self._edits = {number: GroupEdit(sheet.groups[number - 1]) for number in ASKED_GROUPS}
        self._kept = QCheckBox(_("Lembar sudah dicetak dan disimpan di lemari besi kantor"))
        self._kept.setFont(font())
        fields = [self._field(number, edit) for number, edit in self._edits.items()]
        self._print = Button(_("Cetak lembar kode"), icon="printer", key="Ctrl+P")
        self._save = Button(_("Simpan ke flashdisk"), icon="download")
        self.finish_button = Button(_("Selesai dan masuk"), kind="primary", key="Ctrl+Enter")
        self.finish_button.setObjectName("finish")
        self._lay_out(fields)
        self._connect_signals()

    def focus_first(self) -> None:
        self._print.setFocus()

    def _field(self, number: int, edit: GroupEdit) -> Field:
        label = _("Kelompok {n}").format(n=number)
        made = self.form.add_field(f"group_{number}", label, edit, required=True)
        made.setFixedWidth(px(150))
        return made

    def _lay_out(self, fields: list[Field]) -> None:
        body = _(
            "Basis data terenkripsi. Bila semua kata sandi hilang atau komputer rusak, hanya kode "
            "ini yang dapat membukanya kembali. Kode tidak disimpan di komputer ini."
        )
        kept = self.form.add_field("kept", "", self._kept)
        again = Label(_("Ketik ulang dua kelompok untuk memastikan lembar terbaca"), weight=600)
        self.form.body.addWidget(kept)
        self.form.body.addSpacing(6)
        self.form.body.addWidget(again)
        self.form.body.addLayout(row(*fields, None, gap=12))
        foot = row(None, self.finish_button)
        self.setLayout(
            step_column(
                *step_head(_("Kode pemulihan kantor"), body),
                _Tiles(self._sheet),
                2,
                row(self._print, self._save, None),
                4,
                self.form,
                10,
                rule(),
                4,
                foot,
            )
        )

    def _connect_signals(self) -> None:
        self._print.clicked.connect(self._on_print_clicked)
        self._save.clicked.connect(self._on_save_clicked)
        self.finish_button.clicked.connect(self._on_finish_clicked)
        bind_key(self._print, "Ctrl+P", self)
        bind_key(self.finish_button, "Ctrl+Return", self)

    def _on_finish_clicked(self) -> None:
        errors = self.form.missing_fields()
        if not self._kept.isChecked():
            words = _("Cetak atau simpan lembar dahulu, lalu centang.")
            errors.append(FieldError(field="kept", message=words))
        if self.form.show_errors(errors):
            self.done.emit()

    def _on_print_clicked(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted and not draw_sheet(self._sheet, printer):
            show_error(self, _not_written())

    def _on_save_clicked(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Simpan lembar kode"), in_documents(_("Kode pemulihan.pdf")), "PDF (*.pdf)"
        )
        if name and not save_sheet_pdf(self._sheet, str(with_ending(name, "pdf"))):
            show_error(self, _not_written())


class _Tiles(PaintedWidget):
    def __init__(self, sheet: RecoverySheet) -> None:
        super().__init__(height=116)
        self._groups = sheet.groups
        self.setAccessibleName(_("Kode pemulihan"))
        self.setAccessibleDescription(" ".join(sheet.groups))

    def paint(self, painter: QPainter, box: QRectF) -> None:
        step = (box.width() + 10) / 4
        for number, group in enumerate(self._groups, start=1):
            across, down = (number - 1) % 4, (number - 1) // 4
            tile = QRectF(across * step, down * 62, step - 10, 52)
            asked = number in ASKED_GROUPS
            draw_box(
                painter,
                tile.adjusted(0.5, 0.5, -0.5, -0.5),
                fill="soft" if asked else "surface",
                edge="accent" if asked else "line2",
            )
            corner = QRectF(tile.x() + 10, tile.y() + 4, 20, 16)
            tone = "accent" if asked else "muted"
            draw_text(painter, corner, str(number), size=11, weight=500, tone=tone)
            middle = tile.adjusted(0, 5, 0, 0)
            draw_text(painter, middle, group, size=20, weight=600, align=CENTER, elide=False)


def _not_written() -> EnvironmentProblem:
    return EnvironmentProblem(
        "FILE_NOT_WRITABLE",
        _("Lembar kode tidak dapat ditulis. Pilih tempat atau pencetak lain, lalu ulangi."),
    )
