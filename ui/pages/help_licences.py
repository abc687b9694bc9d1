"""What the program is made of, under which licences, and their texts to read."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from bpjsdesk import __version__
from bpjsdesk.resources import resource_path
from ui.i18n import _
from ui.pages.help_topic import TopicView
from ui.table import Column, RecordTableModel
from ui.table_view import RecordTable
from ui.widgets.layout import Card, column, row
from ui.widgets.text import Label, card_title

TABLE = "komponen.csv"
_OWN = "BPJS Desk"
_FULL_LINE = range(60, 101)
_NEW_POINT = re.compile(r"\s|[•*#=-]|\(?\w{1,2}[.)]")


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceRecord:
    """One component: what it is called, and the files with its licence."""

    name: str
    version: str
    licence: str
    inside: str
    texts: tuple[Path, ...]


class LicenceSheet(QWidget):
    """The notice on Qt, the components at the left, the chosen one's licence at the right."""

    def __init__(self, records: Sequence[LicenceRecord]) -> None:
        super().__init__()
        self._text = TopicView()
        self._text.setAccessibleName(_("Teks lisensi"))
        model = RecordTableModel(_columns(), self)
        model.set_rows(sorted(records, key=_rank))
        self._table = RecordTable(model, _("Komponen program"))
        self._table.record_chosen.connect(self._on_record_chosen)
        notice = Card(card_title(_("Qt dan PySide6 di bawah LGPL versi 3")), _notice(), gap=5)
        text = Card((self._text, 1), margins=(6, 6, 4, 6))
        self.setLayout(column(notice, (row((self._table, 4), (text, 5), gap=11), 1), gap=11))
        self._table.choose(lambda record: record.name == _OWN)

    @property
    def shown_text(self) -> str:
        """The licence on the screen."""
        return self._text.toPlainText()

    @property
    def table(self) -> RecordTable:
        """The components."""
        return self._table

    def _on_record_chosen(self, record: LicenceRecord) -> None:
        self._text.show_plain(licence_words(record))


def licence_folder() -> Path:
    """Name the folder that the build has filled, or what a checkout has of it."""
    return resource_path("licences")


def licence_records(folder: Path) -> list[LicenceRecord]:
    """Read the components of the installed program; a checkout knows only its own texts."""
    table = folder / TABLE
    if not table.exists():
        return _checkout_records(folder)
    with table.open(encoding="utf-8", newline="") as opened:
        return [
            LicenceRecord(
                name=line["nama"],
                version=line["versi"],
                licence=line["lisensi"],
                inside=line["di_dalam"],
                texts=tuple(folder / place for place in line["teks"].split()),
            )
            for line in csv.DictReader(opened)
        ]


def licence_words(record: LicenceRecord) -> str:
    """Put the texts of one component below each other."""
    title = f"{record.name} {record.version}".strip()
    lines = [title, _("Lisensi: {licence}").format(licence=record.licence)]
    if record.inside:
        lines.append(_("Di dalam: {inside}").format(inside=record.inside))
    texts = [flowing(path.read_text(encoding="utf-8-sig").strip()) for path in record.texts]
    return "\n\n\n".join(["\n".join(lines), *texts])


def flowing(text: str) -> str:
    """Join the lines that were broken for a page of 80 letters, so that the window breaks them."""
    lines: list[str] = []
    is_open = False
    for line in text.splitlines():
        if is_open and line and not _NEW_POINT.match(line):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
        is_open = len(line) in _FULL_LINE
    return "\n".join(lines)


def _checkout_records(folder: Path) -> list[LicenceRecord]:
    own = LicenceRecord(
        name=_OWN,
        version=__version__,
        licence="MIT",
        inside="",
        texts=(folder / "LISENSI.txt",),
    )
    others = [path for path in folder.glob("*.txt") if path not in own.texts]
    for name in ("fonts", "icons", "seed"):
        others += resource_path(name).glob("*.txt")
    return [own, *(_checkout_record(path) for path in others)]


def _checkout_record(path: Path) -> LicenceRecord:
    name = path.stem if path.parent.name == "licences" else f"{path.parent.name}/{path.stem}"
    return LicenceRecord(name=name, version="", licence="", inside="", texts=(path,))


def _rank(record: LicenceRecord) -> tuple[bool, bool, str]:
    return record.name != _OWN, "LGPL" not in record.licence, record.name.lower()


def _notice() -> Label:
    words = _(
        "BPJS Desk berlisensi MIT dan memakai pustaka Qt dan PySide6 di bawah GNU Lesser General "
        "Public License (LGPL) versi 3. Anda berhak mengganti pustaka itu, yaitu berkas tersendiri "
        "di folder program, dan merekayasa balik program untuk mencari kesalahan pada penggantian "
        "itu. Penawaran kode sumbernya ada di lisensi BPJS Desk di bawah ini."
    )
    return Label(words, wrap=True)


def _columns() -> tuple[Column[LicenceRecord], ...]:
    return (
        Column(
            key="name", title=_("Komponen"), text=_name, sort=_sort_name, weight=500, tip=_inside
        ),
        Column(key="version", title=_("Versi"), text=_version, width=92),
        Column(key="licence", title=_("Lisensi"), text=_licence, width=124, tip=_licence),
    )


def _name(record: LicenceRecord) -> str:
    return record.name


def _sort_name(record: LicenceRecord) -> str:
    return record.name.lower()


def _inside(record: LicenceRecord) -> str:
    return _("Di dalam {inside}").format(inside=record.inside) if record.inside else record.name


def _version(record: LicenceRecord) -> str:
    return record.version


def _licence(record: LicenceRecord) -> str:
    return record.licence
