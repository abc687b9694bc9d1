"""The first start: the office, its first user, and the recovery code; nothing else is asked."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from bpjsdesk.clock import Clock
from bpjsdesk.domain.office import NewOffice
from bpjsdesk.errors import UserError
from bpjsdesk.paths import AppPaths
from bpjsdesk.progress import CancelToken, ProgressSink
from ui.dialogs import ask_confirmation
from ui.errors import show_error
from ui.i18n import _
from ui.start.code_step import CodeStep
from ui.start.rail import RailStep, StepsRail
from ui.start.recovery_sheet import RecoverySheet
from ui.start.steps import OfficeStep, UserStep
from ui.tasks import TaskRunner
from ui.widgets.layout import row, set_ground

if TYPE_CHECKING:
    from bpjsdesk.services.context import AppContext
    from bpjsdesk.services.office import CreatedOffice

_OFFICE, _USER, _CODE = 0, 1, 2


class FirstStartPage(QWidget):
    """Lead through the three steps and found the office in a task.

    Signals: opened(AppContext) at the end, folder_chosen(str) to keep the data elsewhere.
    """

    opened = Signal(object)
    folder_chosen = Signal(str)

    def __init__(self, paths: AppPaths, runner: TaskRunner, *, clock: Clock) -> None:
        super().__init__()
        self._paths, self._runner, self._clock = paths, runner, clock
        self._context: AppContext | None = None
        self.setObjectName("firstStartPage")
        set_ground(self, "surface")
        self._build_widgets()
        self._connect_signals()

    @property
    def code_step(self) -> CodeStep | None:
        """The last step, once the office is made."""
        step = self._stack.widget(_CODE)
        return step if isinstance(step, CodeStep) else None

    def focus_first(self) -> None:
        self.office_step.focus_first()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._context is None:
            event.accept()
            return
        if not ask_confirmation(
            self,
            _("Kode pemulihan belum dipastikan"),
            _(
                "Kantor sudah dibuat, tetapi kode ini tidak akan ditampilkan lagi. Tanpa kode, "
                "data tidak dapat dibuka bila semua kata sandi hilang."
            ),
            act=_("Tutup tanpa kode"),
        ):
            event.ignore()
            return
        self._context.close()
        self._context = None
        event.accept()

    def _build_widgets(self) -> None:
        self._rail = StepsRail(
            (
                RailStep(title=_("Kantor"), lines=(_("Nama dan kop surat"),)),
                RailStep(title=_("Pengguna pertama"), lines=(_("Penyelia kantor"),)),
                RailStep(title=_("Kode pemulihan"), lines=(_("Cetak, simpan, lalu ketik ulang"),)),
            )
        )
        self.office_step = OfficeStep(self._paths)
        self.user_step = UserStep()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.office_step)
        self._stack.addWidget(self.user_step)
        self.setLayout(row(self._rail, (self._stack, 1), gap=0))

    def _connect_signals(self) -> None:
        self.office_step.done.connect(self._on_office_step_done)
        self.office_step.folder_wanted.connect(self._on_office_step_folder_wanted)
        self.user_step.back.connect(self._on_user_step_back)
        self.user_step.done.connect(self._on_user_step_done)

    def _show_step(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self._rail.set_current(number)

    def _on_office_step_done(self) -> None:
        office = self.office_step.office()
        self._rail.set_lines(_OFFICE, office.name, office.place, str(self._paths.data))
        self._show_step(_USER)
        self.user_step.focus_first()

    def _on_office_step_folder_wanted(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, _("Pilih folder data kantor"), str(self._paths.data)
        )
        if folder:
            self.folder_chosen.emit(folder)

    def _on_user_step_back(self) -> None:
        self._show_step(_OFFICE)
        self.office_step.focus_first()

    def _on_user_step_done(self) -> None:
        self.user_step.set_working(True)
        founding = NewOffice(office=self.office_step.office(), first_user=self.user_step.user())
        paths, clock = self._paths, self._clock

        def work(_progress: ProgressSink, _cancel: CancelToken) -> "CreatedOffice":
            # imported here: the first window must show before SQLAlchemy and its kin load
            from bpjsdesk.services.office import create_office  # noqa: PLC0415

            return create_office(paths, founding, clock)

        task = self._runner.start(work)
        task.succeeded.connect(self._on_founding_succeeded)
        task.failed.connect(self._on_founding_failed)

    def _on_founding_succeeded(self, created: "CreatedOffice") -> None:
        self.user_step.set_working(False)
        self.user_step.forget_password()
        self._context = created.context
        user = created.context.user
        self._rail.set_lines(_USER, user.display_name, _("Penyelia · {n}").format(n=user.name))
        sheet = RecoverySheet(
            office=self.office_step.office().name,
            user=user.display_name,
            code=created.recovery_code,
            printed_on=self._clock().date(),
        )
        step = CodeStep(sheet)
        step.done.connect(self._on_code_step_done)
        self._stack.addWidget(step)
        self._show_step(_CODE)
        step.focus_first()

    def _on_founding_failed(self, problem: Exception) -> None:
        self.user_step.set_working(False)
        if isinstance(problem, UserError) and problem.code != "OFFICE_EXISTS":
            self.user_step.show_problem(problem)
        else:
            show_error(self, problem)

    def _on_code_step_done(self) -> None:
        context, self._context = self._context, None
        self.opened.emit(context)
