"""The sides of the first paint of a long list: the program's model, and Qt's own."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtSql import QSqlDatabase, QSqlTableModel
from PySide6.QtWidgets import QApplication, QTableView

from bpjsdesk.domain.people import PersonListItem
from bpjsdesk.domain.wording import format_date
from build_scripts.bench_rows.painted import FirstPaint
from build_scripts.bench_rows.stores import opened
from ui.pages.people.register import Register
from ui.table import Column, RecordTableModel
from ui.table_view import RecordTable
from ui.tasks import TaskRunner
from ui.theme import apply_theme, load_fonts

SIZE = (1366, 768)
NAME_KEY = 3
SHOWN = (0, 1, 2, 4, 5, 6, 7, 8)  # columns of person as the peer shows them


def program(*, office: str) -> dict[str, Any]:
    """Show the register in the program's own table."""
    app = QApplication(["bench"])
    load_fonts()
    apply_theme(app, "light")
    context = opened(Path(office))
    runner = TaskRunner()
    model: RecordTableModel[PersonListItem] = RecordTableModel(_columns(), runner=runner)
    table = RecordTable(model, "Peserta", sortable=False)
    table.resize(*SIZE)
    table.show()
    # in the running program the login has started the threads already
    loop = QEventLoop()
    runner.read(lambda _progress, _cancel: None).finished.connect(loop.quit)
    loop.exec()
    app.processEvents()

    def start() -> None:
        model.set_source(Register(context))

    seconds = _time_to_paint(app, table, start, lambda: model.record(0) is not None)
    rows = model.rowCount()
    runner.shutdown()
    return {"seconds": seconds, "rows": rows}


def sql_model(*, file: str) -> dict[str, Any]:
    """Show the same people, in the same order, by QSqlTableModel."""
    app = QApplication(["bench"])
    database = QSqlDatabase.addDatabase("QSQLITE")
    database.setDatabaseName(file)
    if not database.open():
        raise RuntimeError(database.lastError().text())
    model = QSqlTableModel(db=database)
    model.setTable("person")
    model.setSort(NAME_KEY, Qt.SortOrder.AscendingOrder)
    table = QTableView()
    table.setModel(model)
    table.resize(*SIZE)
    table.show()
    app.processEvents()

    def start() -> None:
        model.select()
        for column in range(model.columnCount()):
            table.setColumnHidden(column, column not in SHOWN)

    seconds = _time_to_paint(app, table, start, lambda: model.rowCount() > 0)
    return {"seconds": seconds, "rows": model.rowCount()}


def _time_to_paint(
    app: QApplication, table: QTableView, start: Callable[[], None], is_ready: Callable[[], bool]
) -> float:
    ended: list[float] = []

    def end() -> None:
        ended.append(time.perf_counter())
        app.quit()

    FirstPaint(table.viewport(), end, is_ready)
    started = time.perf_counter()
    start()
    app.exec()
    return ended[0] - started


def _columns() -> list[Column[PersonListItem]]:
    return [
        Column(key="nik", title="NIK", text=lambda item: item.masked_nik, width=140),
        Column(key="name", title="Nama", text=lambda item: item.name),
        Column(key="born", title="Lahir", text=_born, width=90),
        Column(key="sex", title="L/P", text=lambda item: item.sex, width=40),
        Column(key="region", title="Kelurahan", text=lambda item: item.region_name),
        Column(key="phone", title="Telepon", text=lambda item: item.phone, width=120),
    ]


def _born(item: PersonListItem) -> str:
    return format_date(item.birth_date, "short") if item.birth_date else ""
