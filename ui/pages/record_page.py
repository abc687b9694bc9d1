"""A page with a list beside its detail, and a form that takes their place while one writes."""

from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEventLoop, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.dialogs import ask_unsaved
from ui.errors import show_error
from ui.page import Page, PageContext
from ui.pages.settings.refused import refused_state
from ui.tasks import Task
from ui.widgets.layout import Card, boxed, column
from ui.widgets.message import InlineMessage
from ui.widgets.split import ListDetail

FormT = TypeVar("FormT", bound="RecordForm")


class RecordForm(QWidget):
    """Enter or change one record; Esc gives up.

    Signals: opened(object) with the record, or None for a new one, when its fields are filled;
    saved(object) with what the page must know; closed() when the user gives up;
    failed(exception) when it cannot be opened.
    """

    opened = Signal(object)
    saved = Signal(object)
    closed = Signal()
    failed = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._task: Task | None = None

    @property
    def is_dirty(self) -> bool:
        """Tell whether something is typed and not saved."""
        raise NotImplementedError

    def save(self) -> None:
        """Check and save; what is wrong is shown in place."""
        raise NotImplementedError

    def discard(self) -> None:
        """Forget what was typed."""
        raise NotImplementedError

    def save_now(self) -> bool:
        """Save and wait; tells whether it worked. For the question about unsaved changes."""
        self.save()
        if self._task is None:
            return False
        loop = QEventLoop(self)
        self._task.finished.connect(loop.quit)
        loop.exec()
        return not self.is_dirty

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)


class RecordPage(Page, Generic[FormT]):
    """Hold the parts and let one leave the form only knowingly.

    Subclasses show the parts; `record_words` names the record in the question about changes.
    """

    def __init__(self, context: PageContext, title: str, *, record_words: str) -> None:
        super().__init__(context, title)
        self._record_words = record_words
        self._task: Task | None = None
        # made when first needed: most visits only read
        self._form: FormT | None = None
        self._message = InlineMessage("info", "", "")
        self._message.hide()
        self._refused = Card(refused_state(context.app.user.role))

    @property
    def form(self) -> FormT:
        """The form, made when first asked for."""
        if self._form is None:
            self._form = form = self._make_form()
            form.opened.connect(self._on_form_opened)
            form.saved.connect(self._on_form_saved)
            form.closed.connect(self._on_form_closed)
            form.failed.connect(self._on_failed)
            self._stack.addWidget(form)
        return self._form

    @property
    def is_dirty(self) -> bool:
        """Tell whether the open form holds something that is not saved."""
        return self._form is not None and self._form.is_dirty

    def open_form(self, record_id: int | None) -> None:
        """Open the form on a record, or on a new one."""
        raise NotImplementedError

    def can_leave(self) -> bool:
        """Ask about what was typed and not saved."""
        form = self._form
        if form is None or self._stack.currentWidget() is not form:
            return True
        if form.is_dirty and not ask_unsaved(self, form.save_now, what=self._record_words):
            return False
        form.discard()
        self._show_browse()
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stack.currentWidget() is self._browse:
            # the window's own stack moves the focus after it has shown the page
            QTimer.singleShot(0, self._focus_list)

    def _lay_out(self, left: QWidget, detail: QWidget, *, list_width: int) -> None:
        right = boxed(column(self._message, (detail, 1), gap=8))
        self._browse: QWidget = ListDetail(left, right, list_width=list_width)
        self._stack = QStackedWidget()
        self.body.addWidget(self._stack, 1)
        self._stack.addWidget(self._browse)
        self._stack.addWidget(self._refused)

    def _make_form(self) -> FormT:
        raise NotImplementedError

    def _show_browse(self) -> None:
        raise NotImplementedError

    def _focus_list(self) -> None:
        raise NotImplementedError

    def _bind(self, key: str, slot: object) -> None:
        shortcut = QShortcut(QKeySequence(key), self._browse)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)

    def _refuse(self) -> None:
        self._stack.setCurrentWidget(self._refused)
        self.set_subtitle("")
        self.set_key_hints()

    def _on_form_opened(self, record: Any) -> None:
        raise NotImplementedError

    def _on_form_saved(self, saved: Any) -> None:
        raise NotImplementedError

    def _on_form_closed(self) -> None:
        self.can_leave()

    def _on_task_finished(self) -> None:
        self._task = None

    def _on_failed(self, problem: BaseException) -> None:
        show_error(self, problem)
