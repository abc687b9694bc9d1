"""The page "Pengaturan": one section at a time, each loaded when first opened."""

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QStackedWidget

from bpjsdesk.domain.changes import Changes
from ui.dialogs import UnsavedChoice, ask_unsaved_choice
from ui.i18n import _
from ui.page import Page, PageContext
from ui.pages.settings import sections as names
from ui.pages.settings.dated import DatedPart
from ui.pages.settings.dated_rows import benefit_rows, rate_rows
from ui.pages.settings.history import HistoryPart
from ui.pages.settings.levels import LevelsPart
from ui.pages.settings.look import LookPart
from ui.pages.settings.office import OfficePart
from ui.pages.settings.part import RefusedPart, SettingsPart
from ui.pages.settings.safety import SafetyPart
from ui.pages.settings.section_list import SectionList
from ui.pages.settings.signatories import SignatoriesPart
from ui.pages.settings.users import UsersPart
from ui.theme import px
from ui.widgets.layout import row

_KEYS = (
    ("Ctrl+N", "_on_new"),
    ("F2", "_on_edit"),
    ("Ctrl+S", "_on_save"),
    ("Ctrl+F", "_on_find"),
    ("Ctrl+B", "_on_back_up"),
)


_NEEDED = {
    names.USERS: "read.settings",
    names.RATES: "read.settings",
    names.BENEFITS: "read.settings",
    names.LEVELS: "read.settings",
    names.HISTORY: "read.audit",
}


class SettingsPage(Page):
    """Sections at the left, the chosen one at the right."""

    kinds = frozenset({"office", "user", "signatory", "reference"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, _("Pengaturan"))
        self._parts: dict[str, SettingsPart] = {}
        self._makers: dict[str, Callable[[], SettingsPart]] = {
            names.OFFICE: self._make_office,
            names.SIGNATORIES: self._make_signatories,
            names.USERS: self._make_users,
            names.RATES: self._make_rates,
            names.BENEFITS: self._make_benefits,
            names.LEVELS: self._make_levels,
            names.SAFETY: self._make_safety,
            names.HISTORY: self._make_history,
            names.LOOK: self._make_look,
        }
        self._current = ""
        self._list = SectionList(names.sections())
        self._list.setFixedWidth(px(208))
        self._stack = QStackedWidget()
        self.body.addLayout(row(self._list, (self._stack, 1), gap=12), 1)
        self._list.chosen.connect(self._on_list_chosen)
        for key, slot in _KEYS:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(getattr(self, slot))
        self._list.select(names.OFFICE)

    @property
    def part(self) -> SettingsPart:
        """The section on the screen."""
        return self._parts[self._current]

    def focus_first(self) -> None:
        """Put the focus on the line that is open at the left."""
        self._list.focus_current()

    def refresh(self, changes: Changes) -> None:
        if not self.part.is_dirty:
            self.part.refresh()

    def open_record(self, record_id: int) -> None:
        """Open a section by its place in `sections.ORDER`."""
        self._list.select(names.ORDER[record_id])

    def open_section(self, key: str) -> None:
        """Open a section by its key."""
        self._list.select(key)

    def can_leave(self) -> bool:
        if not self.part.is_dirty:
            return True
        choice = ask_unsaved_choice(self, what=self._title_of(self._current))
        if choice is UnsavedChoice.SAVE:
            self.part.save()
            return False
        if choice is UnsavedChoice.DISCARD:
            self._drop(self._current)
            self._show(self._current)
            return True
        return False

    def _on_list_chosen(self, key: str) -> None:
        if key == self._current:
            return
        if self._current and not self.can_leave():
            self._list.select(self._current)
            return
        self._show(key)

    def _show(self, key: str) -> None:
        self._current = key
        if key not in self._parts:
            part = self._make(key)
            part.noted.connect(self.saved)
            part.counted.connect(self._on_part_counted)
            self._parts[key] = part
            self._stack.addWidget(part)
        self._stack.setCurrentWidget(self.part)
        self.part.refresh()
        path = _("Pengaturan › {section} · {about}")
        self.set_subtitle(path.format(section=self._title_of(key), about=self.part.about))
        self.set_key_hints(*_hints(key))

    def _drop(self, key: str) -> None:
        part = self._parts.pop(key)
        self._stack.removeWidget(part)
        part.deleteLater()

    def _title_of(self, key: str) -> str:
        return next(section.title for section in names.sections() if section.key == key)

    def _make(self, key: str) -> SettingsPart:
        needed = _NEEDED.get(key)
        if needed is not None and not self.context.app.user.may(needed):
            return RefusedPart(self.context)
        return self._makers[key]()

    def _make_office(self) -> SettingsPart:
        return OfficePart(self.context)

    def _make_signatories(self) -> SettingsPart:
        return SignatoriesPart(self.context)

    def _make_users(self) -> SettingsPart:
        return UsersPart(self.context)

    def _make_rates(self) -> SettingsPart:
        return DatedPart(self.context, rate_rows, title=_("Tarif iuran"))

    def _make_benefits(self) -> SettingsPart:
        return DatedPart(self.context, benefit_rows, title=_("Manfaat"))

    def _make_levels(self) -> SettingsPart:
        return LevelsPart(self.context)

    def _make_safety(self) -> SettingsPart:
        return SafetyPart(self.context)

    def _make_history(self) -> SettingsPart:
        return HistoryPart(self.context)

    def _make_look(self) -> SettingsPart:
        return LookPart(self.context)

    def _on_part_counted(self, count: int) -> None:
        for key, part in self._parts.items():
            if part is self.sender():
                self._list.set_count(key, count)

    def _on_new(self) -> None:
        self.part.begin_new()

    def _on_edit(self) -> None:
        self.part.begin_edit()

    def _on_save(self) -> None:
        self.part.save()

    def _on_find(self) -> None:
        self.part.focus_search()

    def _on_back_up(self) -> None:
        part = self.part
        if isinstance(part, SafetyPart) and part.backup_button.isEnabled():
            part.back_up()


def _hints(key: str) -> tuple[tuple[str, str], ...]:
    move = ("↑↓", _("pilih"))
    records = (move, ("F2", _("ubah")), ("Ctrl+N", _("baru")), ("Ctrl+S", _("simpan")))
    return {
        names.OFFICE: (("F8", _("isian berikut")), ("Ctrl+S", _("simpan"))),
        names.SIGNATORIES: records,
        names.USERS: (move, ("Ctrl+N", _("tambah")), ("Ctrl+S", _("simpan"))),
        names.RATES: (move, ("Ctrl+F", _("cari"))),
        names.BENEFITS: (move, ("Ctrl+F", _("cari"))),
        names.LEVELS: (move, ("F2", _("ubah")), ("Ctrl+F", _("cari")), ("Ctrl+S", _("simpan"))),
        names.SAFETY: (("Ctrl+B", _("cadangkan")),),
        names.HISTORY: (move, ("Ctrl+F", _("cari"))),
        names.LOOK: (),
    }[key]
