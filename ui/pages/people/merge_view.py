"""Join two persons who are one: choose the other, see both sides, say which one stays and why."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt

from bpjsdesk.domain.people import Person, PersonListItem
from bpjsdesk.domain.person_file import PersonFile
from bpjsdesk.domain.wording import format_count, format_date
from ui.delegates import ListRow
from ui.i18n import _
from ui.page import PageContext
from ui.pages.batches.double_fields import Compared, DoubleFields, Heading
from ui.pages.people.columns import people_columns
from ui.pages.people.words import listed_line, sex_words, standing_pill
from ui.pages.people.work import Hits, find_work, two_work
from ui.table import RecordTableModel
from ui.table_view import RecordList
from ui.tasks import LatestRead
from ui.theme import px
from ui.widgets.buttons import Button, ChoiceRow, bind_key
from ui.widgets.form import FieldError, Form
from ui.widgets.inline import InlineMessage
from ui.widgets.layout import Card, ScrollColumn, boxed, column, row
from ui.widgets.search import SearchField
from ui.widgets.text import caption, record_title
from ui.widgets.text_edit import TextEdit

_ROW_PX, _MOST_ROWS, _FIELDS_PX = 43, 3, 320
_THIS, _OTHER = "this", "other"
_REASON = "mergeReason"


class MergeView(Card):
    """Stand in place of a person while the other one is looked for.

    Signals: merge_asked(kept_id, merged_id, reason), given_up(), problem_met(exception).
    """

    merge_asked = Signal(int, int, str)
    given_up = Signal()
    problem_met = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__(gap=8)
        self.setObjectName("mergeView")
        self._context = context
        self.files: tuple[PersonFile, ...] = ()  # both sides, once the other one is chosen
        self._this_id = 0
        self._search = LatestRead(context.runner, self)
        self._read = LatestRead(context.runner, self)
        self._build_widgets()
        self._connect_signals()

    def ask(self, person: Person) -> None:
        """Begin anew: look for somebody who is the same as this person."""
        self._this_id, self.files = person.person_id, ()
        self._title.setText(_("Gabungkan {name} dengan…").format(name=person.name))
        self._show_pair()
        self.reason.clear()
        self.form.show_errors([])
        # whoever is the same bears a similar name, so that is looked for first
        self.search.setText(person.name.split(" ")[0])
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_refusal(self, problem: Exception) -> None:
        """Say in place why the two were not joined."""
        self.refused.set_text(_("Belum digabung"), str(getattr(problem, "message", problem)))
        self.refused.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _build_widgets(self) -> None:
        self._title = record_title()
        note = caption(
            _(
                "Bulan iuran, klaim, dan baris daftar berpindah ke orang yang tetap; yang kosong "
                "padanya diisi. Dapat dilepas lagi selama belum ada yang berubah."
            ),
            wrap=True,
        )
        self.search = SearchField(_("Cari orang yang sama: nama atau NIK"), key="Ctrl+F")
        self.search.setObjectName("mergeSearch")
        self._hits: RecordTableModel[PersonListItem] = RecordTableModel(people_columns(), self)
        self.list = RecordList(self._hits, _("Orang yang mungkin sama"), _describe, lines=2)
        self.list.setObjectName("mergeHits")
        self.list.setFixedHeight(px(_ROW_PX))
        self._fields = DoubleFields()
        self.kept = ChoiceRow([(_THIS, ""), (_OTHER, "")], current=_THIS)
        self.form = Form(before=_("sebelum digabung"))
        self.reason = TextEdit(placeholder=_("mis. NIK salah ketik di daftar tahap I"))
        self.form.body.addWidget(
            self.form.add_field(
                _REASON, _("Mengapa keduanya orang yang sama"), self.reason, required=True
            )
        )
        self.refused = InlineMessage("bad", "", "")
        self.refused.hide()
        self.act_button = Button(_("Gabungkan"), kind="primary", key="Ctrl+Enter")
        self.cancel_button = Button(_("Batal"), key="Esc")
        self._fields.setMinimumHeight(px(_FIELDS_PX))
        keeps = row(caption(_("Yang tetap")), (self.kept, 1), gap=10)
        self.ask_box = boxed(column(keeps, self.form, self.refused, gap=6))
        parts = (self.search, self.list, self._fields, self.ask_box, None)
        for part in (self._title, note):
            self.body.addWidget(part)
        self.body.addWidget(ScrollColumn(*parts, gap=8), 1)
        self.body.addLayout(row(None, self.cancel_button, self.act_button))
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            bind_key(self.act_button, key, self)

    def _connect_signals(self) -> None:
        self.search.search_changed.connect(self._on_search_changed)
        self._search.succeeded.connect(self._on_search_succeeded)
        self._search.failed.connect(self.problem_met)
        self.list.record_chosen.connect(self._on_record_chosen)
        self.list.record_opened.connect(self._on_record_opened)
        self._read.succeeded.connect(self._on_read_succeeded)
        self._read.failed.connect(self.problem_met)
        self.kept.chosen.connect(self._on_kept_chosen)
        self.act_button.clicked.connect(self._on_act_clicked)
        self.cancel_button.clicked.connect(self.given_up)

    def _show_pair(self) -> None:
        both = len(self.files) > 1
        for part in (self._fields, self.ask_box, self.act_button):
            part.setVisible(both)
        self.refused.hide()
        if both:
            one, other = self.files
            self.kept.set_text(_THIS, one.person.name)
            self.kept.set_text(_OTHER, other.person.name)
            kept_first = self.kept.current == _THIS
            heads = [_heading(one, kept=kept_first), _heading(other, kept=not kept_first)]
            self._fields.show_lines(heads, _lines(one, other, kept_first=kept_first))

    def _on_search_changed(self, text: str) -> None:
        if text:
            self._search.start(find_work(self._context.app, text))
        else:
            self._search.cancel()

    def _on_search_succeeded(self, hits: Hits) -> None:
        others = [each for each in hits.found.people if each.person_id != self._this_id]
        self._hits.set_rows(others)
        rows = max(1, min(len(others), _MOST_ROWS))
        self.list.setFixedHeight(px(rows * _ROW_PX) + 2)

    def _on_record_chosen(self, item: PersonListItem) -> None:
        self._read.start(two_work(self._context.app, (self._this_id, item.person_id)))

    def _on_record_opened(self, _item: PersonListItem) -> None:
        self.reason.setFocus()

    def _on_read_succeeded(self, files: tuple[PersonFile, ...]) -> None:
        self.files = files
        # who has been known for longer usually stays
        first = [_first_month(each) for each in files]
        self.kept.select(_OTHER if first[1] < first[0] else _THIS)
        self._show_pair()

    def _on_kept_chosen(self, _key: str) -> None:
        self._show_pair()

    def _on_act_clicked(self) -> None:
        if len(self.files) < 2:  # noqa: PLR2004  # a pair
            self.search.setFocus()
            return
        reason = self.reason.text().strip()
        missing = [FieldError(field=_REASON, message=_("Tulis alasannya."))]
        if self.form.show_errors([] if reason else missing):
            ids = [each.person.person_id for each in self.files]
            kept, merged = ids if self.kept.current == _THIS else ids[::-1]
            self.merge_asked.emit(kept, merged, reason)


def _describe(item: PersonListItem) -> ListRow:
    return ListRow(
        title=item.name, subtitle=item.note or listed_line(item), pill=standing_pill(item)
    )


def _first_month(file: PersonFile) -> str:
    return min((f"{part.from_month}" for part in file.person.memberships), default="9999")


def _heading(file: PersonFile, *, kept: bool) -> Heading:
    words = _("tetap; {n} masa iuran") if kept else _("digabung; {n} masa iuran")
    count = format_count(len(file.person.memberships))
    icon = "user-check" if kept else "users-group"
    return Heading(icon=icon, title=file.person.name, below=words.format(n=count))


def _lines(one: PersonFile, other: PersonFile, *, kept_first: bool) -> tuple[Compared, ...]:
    rows = zip(_told(one), _told(other), strict=True)
    return tuple(
        _line(label, (left, right), kept_first=kept_first) for (label, left), (_same, right) in rows
    )


def _line(label: str, texts: tuple[str, str], *, kept_first: bool) -> Compared:
    kept, merged = texts if kept_first else texts[::-1]
    if kept == merged:
        words, tone = _("sama"), "muted"
    elif label in (_("Masa iuran"), _("Klaim")):
        words, tone = _("dijumlahkan"), "info"
    elif label == _("NIK"):
        words, tone = _("keduanya dapat dicari"), "info"
    elif label == _("Berakhir"):
        words, tone = _("yang tetap berlaku"), "warn"
    elif not kept:
        words, tone = _("ikut dipakai"), "info"
    elif not merged:
        words, tone = _("tidak berubah"), "muted"
    else:
        words, tone = _("yang tetap berlaku"), "warn"
    return Compared(
        label=label, offered=texts[0] or "–", kept=texts[1] or "–", words=words, tone=tone
    )


def _told(file: PersonFile) -> Sequence[tuple[str, str]]:
    person, end = file.person, file.end
    ended = f"{end.reason.name}, {format_date(end.since, 'short')}" if end is not None else ""
    born = format_date(person.birth_date, "short") if person.birth_date else ""
    return (
        (_("NIK"), person.masked_nik),
        (_("Nama"), person.name),
        (_("Lahir"), born),
        (_("Jenis kelamin"), sex_words(person.sex)),
        (_("Alamat"), person.address),
        (_("Kelurahan"), person.region_name),
        (_("HP"), person.phone),
        (_("Pekerjaan"), person.occupation),
        (_("Masa iuran"), format_count(len(person.memberships))),
        (_("Klaim"), format_count(len(person.claims))),
        (_("Berakhir"), ended),
    )
