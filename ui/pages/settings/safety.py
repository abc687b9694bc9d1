"""Safety of the data: the last proven backup, a new one, and a check of the whole file."""

from typing import NamedTuple, cast

from bpjsdesk.domain.changes import Changes
from bpjsdesk.domain.safety import BackupNote, Health
from bpjsdesk.domain.wording import format_count, format_date, format_time
from bpjsdesk.progress import CancelToken, Progress, ProgressSink
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.safety import check_health, last_backup, make_backup
from ui.i18n import _
from ui.page import PageContext
from ui.pages.settings.part import SettingsPart, reading
from ui.tasks import Task, Work
from ui.widgets.buttons import Button
from ui.widgets.checks import Check, ChecksRail
from ui.widgets.layout import Card, ScrollColumn, column, row
from ui.widgets.message import InlineMessage, ProgressPanel
from ui.widgets.text import Facts, Label, caption, card_title

_OLD_AFTER_DAYS = 1


class Backup(NamedTuple):
    """The newest proven backup, None when there is none."""

    note: BackupNote | None


class SafetyPart(SettingsPart):
    """Make a backup now; check the file."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.about = _("Cadangan dihitung hanya bila sudah dibuka ulang dan isinya cocok")
        self._task: Task | None = None
        self._build_widgets()
        self._connect_signals()

    def refresh(self) -> None:
        self.read(reading(_read_backup, self.context.app))

    def show_found(self, found: object) -> None:
        note = cast("Backup", found).note
        if note is None:
            self._state.set_text(
                _("Belum ada cadangan yang terbukti"),
                _("Buat cadangan sekarang, lalu salin ke diska lain yang dilepas setelahnya."),
                tone="warn",
            )
            self._facts.set_pairs([])
            self.counted.emit(1)
            return
        days = (self.context.today() - note.made_at.date()).days
        is_old = days > _OLD_AFTER_DAYS
        title = _("Cadangan terakhir terbukti {day} {time}").format(
            day=format_date(note.made_at.date()), time=format_time(note.made_at)
        )
        body = _("{n} hari yang lalu. Buat yang baru.").format(n=days) if is_old else ""
        self._state.set_text(title, body, tone="warn" if is_old else "ok")
        self._facts.set_pairs(
            [
                (_("Berkas"), note.file_name),
                (_("Isi"), _("{n} baris, cocok").format(n=format_count(note.rows))),
                (_("Folder"), str(self.context.app.paths.backups)),
                (_("Sidik"), note.sha256[:16]),
            ]
        )
        self.counted.emit(int(is_old))

    def back_up(self) -> None:
        """Make a backup now and prove it."""
        if self._task is None:
            task = self.context.runner.start(_backup_work(self.context.app))
            task.succeeded.connect(self._on_backed_up)
            self._watch(task, _("Membuat dan membuktikan cadangan"))

    def check(self) -> None:
        """Check seals, structure, history and counters of the file."""
        if self._task is None:
            task = self.context.runner.read(_health_work(self.context.app))
            task.succeeded.connect(self._on_checked)
            self._watch(task, _("Memeriksa seluruh berkas data"))

    def _build_widgets(self) -> None:
        self._state = InlineMessage("info", _("Membaca keadaan cadangan…"))
        self._facts = Facts(columns=2, label_width=64)
        self.backup_button = Button(
            _("Buat cadangan sekarang"), kind="primary", icon="shield-check", key="Ctrl+B"
        )
        self.backup_button.setObjectName("backupButton")
        self.backup_button.setEnabled(self.context.app.user.may("backup.make"))
        note = caption(_("Cadangan tersandi; kunci dan kata sandi tetap diperlukan."))
        backup = Card(
            card_title(_("Cadangan")),
            self._state,
            self._facts,
            row(self.backup_button, note, None, gap=12),
            gap=10,
        )
        self._panel = ProgressPanel()
        self._panel.hide()
        self.check_button = Button(_("Periksa kesehatan data"), icon="database")
        self.check_button.setObjectName("checkHealth")
        words = _(
            "Memeriksa segel tiap halaman, hubungan antardata, rantai riwayat, dan jumlah baris "
            "setiap batch. Tidak mengubah apa pun."
        )
        health = Card(
            card_title(_("Kesehatan data")),
            Label(words, tone="muted", wrap=True),
            row(self.check_button, None),
            gap=10,
        )
        self._checks = ChecksRail()
        self._checks.hide()
        body = ScrollColumn(backup, self._panel, health, self._checks, None, gap=10)
        self.setLayout(column((body, 1)))

    def _connect_signals(self) -> None:
        self.backup_button.clicked.connect(self.back_up)
        self.check_button.clicked.connect(self.check)
        self._panel.cancel_requested.connect(self._on_cancel_requested)

    def _watch(self, task: Task, title: str) -> None:
        self._task = task
        self._panel.begin(title)
        self._panel.show()
        task.progressed.connect(self._on_progressed)
        task.failed.connect(self._on_problem)
        task.finished.connect(self._on_finished)

    def _on_progressed(self, progress: Progress) -> None:
        self._panel.show_progress(progress)

    def _on_finished(self) -> None:
        self._task = None
        self._panel.hide()

    def _on_cancel_requested(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _on_backed_up(self, rows: int) -> None:
        words = _("Cadangan terbukti: {n} baris cocok")
        # no record has changed, but the status bar tells of the newest backup
        self.context.changes.publish(Changes(kinds=frozenset({"backup"})))
        self.noted.emit(words.format(n=format_count(rows)))
        self.refresh()

    def _on_checked(self, health: Health) -> None:
        self._checks.set_checks(health_checks(health))
        self._checks.show()
        self.noted.emit(_("Data sehat") if health.is_sound else _("Ada temuan pada data"))


def health_checks(health: Health) -> list[Check]:
    """Put what a check of the file found into sentences, worst first."""
    checks = [
        Check(tone="bad", title=_("Susunan berkas bermasalah"), body=problem)
        for problem in health.problems
    ]
    if health.broken_link is not None:
        words = _("Catatan nomor {n} tidak cocok dengan rantainya. Hubungi TI; jangan dihapus.")
        body = words.format(n=format_count(health.broken_link))
        checks.append(Check(tone="bad", title=_("Riwayat pernah diubah"), body=body))
    checks += [
        Check(tone="bad", title=_("Batch {number} tidak cocok").format(number=number))
        for number in health.uncounted_batches
    ]
    if not health.problems:
        checks.append(Check(tone="ok", title=_("Segel dan susunan berkas utuh")))
    if health.broken_link is None:
        words = _("Rantai {n} catatan riwayat utuh")
        checks.append(Check(tone="ok", title=words.format(n=format_count(health.audit_entries))))
    if not health.uncounted_batches:
        checks.append(Check(tone="ok", title=_("Jumlah baris setiap batch cocok")))
    total = _("{n} baris data").format(n=format_count(sum(health.rows.values())))
    checks.append(Check(tone="ok", title=total))
    return checks


def _read_backup(app: AppContext) -> Backup:
    return Backup(last_backup(app))


def _backup_work(app: AppContext) -> Work:
    request_id = new_request_id()

    def work(_progress: ProgressSink, _cancel: CancelToken) -> int:
        return sum(make_backup(app, request_id=request_id).rows.values())

    return work


def _health_work(app: AppContext) -> Work:
    def work(progress: ProgressSink, cancel: CancelToken) -> Health:
        return check_health(app, progress=progress, cancel=cancel)

    return work
