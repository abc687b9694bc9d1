"""The import arrow, the owners of each library, and the size of files, held for every module."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = (
    "bpjsdesk.domain",
    "bpjsdesk.storage",
    "bpjsdesk.services",
    "bpjsdesk.reports",
    "bpjsdesk.cli",
    "ui",
)
OWNERS = {
    "PySide6": "ui",
    "shiboken6": "ui",
    "pypdfium2": "ui",
    "sqlalchemy": "bpjsdesk.storage",
    "alembic": "bpjsdesk.storage",
    "sqlcipher3": "bpjsdesk.storage",
    "python_calamine": "bpjsdesk.storage",
    "xlsxwriter": "bpjsdesk.storage",
    "cryptography": "bpjsdesk.storage",
    "argon2": "bpjsdesk.storage",
    "reportlab": "bpjsdesk.reports",
    "segno": "bpjsdesk.reports",
    "rapidfuzz": "bpjsdesk.domain",
}
TEST_ONLY = {"pytest", "hypothesis", "openpyxl", "pypdf", "babel", "num2words", "stdnum"}
THREADS = {"threading", "_thread", "concurrent", "multiprocessing", "asyncio"}
QT_THREADS = {"QThread", "QThreadPool", "QRunnable"}
MAY_USE_THREADS = {
    "ui.tasks",  # the one place that starts them
    "bpjsdesk.progress",  # the Event behind a cancel token
    "bpjsdesk.storage.workbook",  # reads the capped child process while watching its time
    "bpjsdesk.storage.workbook_child",  # looks for bombs while the library already reads
}
NOW = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")}
MAX_LINES = 400


def module_name(path: Path) -> str:
    """Give the dotted name of a file of the tree."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(source: str, *, module: str, is_package: bool) -> Iterator[str]:
    """Give the absolute dotted name of everything imported, at any depth of the code.

    `from a import b` gives `a.b`, since b may be a module.
    """
    package = module.split(".") if is_package else module.split(".")[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            base = [*start, *(node.module.split(".") if node.module else [])]
            yield from (".".join([*base, alias.name]) for alias in node.names)


def layer_of(name: str) -> str | None:
    """Give the layer that a dotted name lies in; None for base modules and foreign ones."""
    if name == "bpjsdesk.__main__":
        return "bpjsdesk.cli"
    return next((each for each in LAYERS if name == each or name.startswith(f"{each}.")), None)


def import_faults(source: str, *, module: str, is_package: bool = False) -> list[str]:
    """Tell which imports of a module break a rule."""
    found = imports(source, module=module, is_package=is_package)
    return [f"{module} imports {name}" for name in found if _is_wrong(module, name)]


def _is_wrong(module: str, name: str) -> bool:
    own, other, library = layer_of(module), layer_of(name), name.split(".", maxsplit=1)[0]
    if other is not None:
        return own is None or LAYERS.index(other) > LAYERS.index(own)
    if library in OWNERS and OWNERS[library] != own:
        return True
    is_thread = library in THREADS or name.rsplit(".", maxsplit=1)[-1] in QT_THREADS
    return library in TEST_ONLY or (is_thread and module not in MAY_USE_THREADS)


def clock_faults(source: str, *, module: str) -> list[str]:
    """Tell where a module reads the time by itself."""
    if module == "bpjsdesk.clock":
        return []
    return [
        f"{module}:{node.lineno} reads the clock"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and (_last_name(node.value), node.attr) in NOW
    ]


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def size_faults(source: str, *, module: str) -> list[str]:
    """Tell whether a file is too long to be read in one go."""
    lines = source.count("\n")
    return [f"{module} has {lines} lines"] if lines > MAX_LINES else []


def program_files() -> list[Path]:
    return sorted([*(ROOT / "bpjsdesk").rglob("*.py"), *(ROOT / "ui").rglob("*.py")])


def all_files() -> list[Path]:
    others = [*(ROOT / "tests").rglob("*.py"), *(ROOT / "build_scripts").rglob("*.py")]
    return [*program_files(), *sorted(others)]


def test_imports_follow_the_arrow_and_libraries_stay_with_their_owner() -> None:
    faults: list[str] = []
    for path in program_files():
        is_package = path.name == "__init__.py"
        source = path.read_text("utf-8")
        faults += import_faults(source, module=module_name(path), is_package=is_package)
    assert faults == []


def test_only_the_clock_reads_the_time() -> None:
    faults: list[str] = []
    for path in program_files():
        faults += clock_faults(path.read_text("utf-8"), module=module_name(path))
    assert faults == []


def test_no_file_is_longer_than_the_house_allows() -> None:
    faults: list[str] = []
    for path in all_files():
        faults += size_faults(path.read_text("utf-8"), module=module_name(path))
    assert faults == []


def test_no_lock_names_an_index_or_a_folder_of_this_machine() -> None:
    locks = sorted((ROOT / "build_scripts" / "requirements").glob("*.txt"))
    assert [path.stem for path in locks] == ["dev", "freeze", "gui", "runtime", "test"]
    for path in locks:
        text = path.read_text("utf-8")
        assert "--hash=sha256:" in text
        assert not [word for word in ("://", "--index", "--extra-index", "--find") if word in text]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("bpjsdesk.domain.nik", "import bpjsdesk.storage.people"),
        ("bpjsdesk.domain.nik", "from bpjsdesk import storage"),
        ("bpjsdesk.domain.nik", "from ..storage import people"),
        ("bpjsdesk.storage.people", "def late():\n    from bpjsdesk.services import claims"),
        ("bpjsdesk.services.claims", "from ..reports.claims import draw"),
        ("bpjsdesk.cli.main", "if True:\n    import ui.app"),
        ("bpjsdesk.files", "from bpjsdesk.domain.nik import Nik"),
        ("bpjsdesk.services.claims", "from sqlalchemy import select"),
        ("bpjsdesk.services.claims", "import cryptography.fernet"),
        ("bpjsdesk.storage.people", "from reportlab.pdfgen import canvas"),
        ("bpjsdesk.cli.main", "from PySide6.QtCore import QObject"),
        ("bpjsdesk.reports.claims", "import pypdfium2"),
        ("bpjsdesk.storage.people", "import openpyxl"),
        ("ui.pages.claims", "from PySide6.QtCore import QThread"),
        ("ui.pages.claims", "import threading"),
        ("bpjsdesk.services.claims", "from concurrent.futures import ThreadPoolExecutor"),
    ],
)
def test_a_wrong_import_is_found(module: str, source: str) -> None:
    assert len(import_faults(source, module=module)) == 1


def test_a_package_resolves_its_relative_imports_from_itself() -> None:
    wrong = import_faults(
        "from ..services import claims", module="bpjsdesk.domain", is_package=True
    )
    assert wrong == ["bpjsdesk.domain imports bpjsdesk.services.claims"]
    assert not import_faults("from . import nik", module="bpjsdesk.domain", is_package=True)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("ui.app", "from bpjsdesk.services.claims import add"),
        ("bpjsdesk.storage.people", "import sqlalchemy\nfrom bpjsdesk.domain import nik"),
        (
            "bpjsdesk.domain.nik",
            "from bpjsdesk.errors import UserError\nfrom .people import Person",
        ),
        ("ui.tasks", "from PySide6.QtCore import QThread\nimport threading"),
    ],
)
def test_a_right_import_passes(module: str, source: str) -> None:
    assert import_faults(source, module=module) == []


@pytest.mark.parametrize(
    "source",
    ["datetime.now(WITA)", "datetime.datetime.now()", "date.today()", "x = datetime.date.today"],
)
def test_reading_the_time_is_found(source: str) -> None:
    assert len(clock_faults(source, module="bpjsdesk.services.claims")) == 1
    assert clock_faults(source, module="bpjsdesk.clock") == []


def test_a_long_file_is_found() -> None:
    assert size_faults("x = 1\n" * (MAX_LINES + 1), module="ui.app")
    assert not size_faults("x = 1\n" * MAX_LINES, module="ui.app")
