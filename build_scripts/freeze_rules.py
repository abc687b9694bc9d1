"""What goes into the frozen program and what stays out, each with its reason."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from bpjsdesk.cli.main import HANDLERS
from build_scripts.product import ROOT

MIGRATIONS = "bpjsdesk/storage/migrations"


class Rule(NamedTuple):
    """A pattern and why what it matches stays out."""

    pattern: str
    why: str


# The driver of the store is given to SQLAlchemy by hand, so its own choice is never loaded.
_STORE = (
    Rule("sqlalchemy.dialects.mysql", "the store is SQLite, a server would be PostgreSQL"),
    Rule("sqlalchemy.dialects.oracle", "as above"),
    Rule("sqlalchemy.dialects.mssql", "as above"),
    Rule("sqlalchemy.testing", "for the tests of dialects"),
    Rule("sqlalchemy.orm", "the store speaks SQLAlchemy's core"),
    Rule("sqlite3", "a second SQLite, unencrypted and older; the store has its own"),
    Rule("_sqlite3", "as above"),
    Rule("greenlet", "only for asyncio"),
    Rule("MySQLdb", "named by PyInstaller's hook, not by us"),
    Rule("pysqlite2", "as above"),
    Rule("psycopg2", "as above"),
    Rule("tzdata", "the office's clock is a fixed offset; Alembic only offers time zones"),
)
_PYTHON = (
    Rule("tkinter", "another window system"),
    Rule("_tkinter", "as above"),
    Rule("unittest", "tests"),
    Rule("doctest", "tests"),
    Rule("test", "tests"),
    Rule("pytest", "tests"),
    Rule("pdb", "a debugger needs a console and sources"),
    Rule("pydoc", "documentation of Python"),
    Rule("lib2to3", "old sources"),
    Rule("idlelib", "an editor"),
    Rule("turtle", "a toy"),
    Rule("xmlrpc", "nothing here talks to a network"),
    Rule("ftplib", "as above"),
    Rule("ssl", "as above"),
    Rule("_ssl", "as above"),
    Rule("smtplib", "as above"),
    Rule("multiprocessing", "the only child process is started as a program of its own"),
    Rule("setuptools", "builds packages"),
    Rule("pkg_resources", "as above"),
    Rule("numpy", "an option of libraries that we do not use"),
    Rule("pygments", "colours of Mako's error pages"),
    Rule("pycparser", "cffi needs it for building only"),
    Rule("rlPyCairo", "an option of ReportLab"),
    Rule("reportlab.graphics", "pages are drawn on the canvas"),
    Rule("reportlab.platypus", "as above"),
    Rule("defusedxml", "an option of Pillow; in the developers' environment for the papers"),
    Rule("bpjsdesk.storage.migrations.env", "a script that lies beside, as Alembic reads it"),
)
_QT = (
    Rule("PySide6.QtNetwork", "nothing here talks to a network"),
    Rule("PySide6.QtDBus", "unused"),
    Rule("PySide6.QtOpenGL", "the window is painted without OpenGL"),
    Rule("PySide6.QtOpenGLWidgets", "as above"),
    Rule("PySide6.QtQml", "no QML"),
    Rule("PySide6.QtQuick", "no QML"),
    Rule("PySide6.QtSql", "the store speaks through SQLAlchemy"),
    Rule("PySide6.QtTest", "tests"),
    Rule("PySide6.QtXml", "unused"),
)
_PICTURES = (
    Rule("PIL.ImageQt", "ReportLab alone uses Pillow, for the office's logo"),
    Rule("PIL.ImageTk", "as above"),
    Rule("PIL.ImageShow", "as above"),
    Rule("PIL._avif", "a logo is a PNG or a JPEG"),
    Rule("PIL._webp", "as above"),
    Rule("PIL._imagingcms", "as above"),
    Rule("PIL._imagingft", "texts are drawn by ReportLab"),
    Rule("PIL._imagingmath", "unused"),
    Rule("PIL._imagingmorph", "unused"),
    Rule("PIL._imagingtk", "unused"),
)
_WINDOW = (
    Rule("ui", "the command line has no window"),
    Rule("PySide6", "as above"),
    Rule("shiboken6", "as above"),
    Rule("pypdfium2", "only the window shows PDF pages"),
    Rule("pypdfium2_raw", "as above"),
)
EXCLUDED = (*_STORE, *_PYTHON, *_QT, *_PICTURES)

# What Image.preinit loads, and what a photo's JPEG may turn out to be.
_PICTURE_PLUGINS = ("Bmp", "Gif", "Jpeg", "Mpo", "Png", "Ppm", "Tiff")

# Matched against the place in the bundle, with forward slashes, from the start of a folder or name.
DROPPED = (
    Rule(r"opengl32sw\.dll", "20 MB of OpenGL in software; widgets are painted without it"),
    Rule(r"d3dcompiler_.*\.dll", "for OpenGL by Direct3D"),
    Rule(r"(lib)?Qt6?(Network|Pdf|Qml|Quick|VirtualKeyboard|Sql|Test)[^/]*", "unused"),
    Rule(r"Qt6(OpenGL|OpenGLWidgets|DBus)\.dll", "unused; on Linux QtGui is linked to them"),
    Rule(r"libQt6(Wayland|Wl|Egl)[^/]*", "Linux windows go through X11 or XWayland"),
    Rule(r"plugins/(tls|networkinformation)/.*", "nothing here talks to a network"),
    Rule(r"plugins/(generic|egldeviceintegrations|xcbglintegrations)/.*", "for devices and OpenGL"),
    Rule(r"plugins/(platforminputcontexts|platformthemes)/.*", "Latin keyboards, own theme"),
    Rule(r"plugins/(iconengines|sqldrivers|wayland[^/]*)/.*", "icons are drawn by ui/icons.py"),
    Rule(
        r"plugins/platforms/(lib)?q(minimal|eglfs|linuxfb|vkkhrdisplay|vnc|wayland|direct2d).*",
        "no such screen",
    ),
    Rule(r"plugins/imageformats/.*", "the window shows drawn pixels only, no picture files"),
    Rule(r"plugins/styles/.*", "the style is Fusion, which is inside QtWidgets"),
    Rule(r"Qt/translations/.*", "Qt's own words come from resources/i18n"),
    Rule(r"PySide6/translations/.*", "as above"),
    Rule(r"[^/]+\.dist-info/.*", "only version numbers are asked there; licences lie in a folder"),
)
# Beside what Python itself is linked to, no library of the building PC: Qt's needs are packages of
# the system that must fit its drivers, and the rest was asked for by dropped plug-ins.
_LINUX_KEPT = re.compile(r"lib(python3|crypto|ffi|z|bz2|lzma|expat)[.\d]*\.so")


def excluded_modules(*, window: bool) -> list[str]:
    """Name the modules that the analysis must not follow."""
    rules = EXCLUDED if window else (*EXCLUDED, *_WINDOW)
    return [rule.pattern for rule in rules]


def hidden_modules(*, window: bool) -> list[str]:
    """Name what the program imports by a name that it puts together while running."""
    if window:
        return []
    commands = {f"bpjsdesk.cli.{place.split('.', 1)[0]}" for place in HANDLERS.values()}
    return sorted({*commands, "bpjsdesk.storage.workbook_child"})


def why_dropped(place: str, *, target: str) -> str | None:
    """Say why a found file stays out of the bundle; None for one that goes in."""
    path = place.replace("\\", "/")
    for rule in DROPPED:
        if re.search(rf"(^|/){rule.pattern}$", path, re.IGNORECASE):
            return rule.why
    if target == "linux" and re.match(r"lib[^/]+$", path) and not _LINUX_KEPT.match(path):
        return "a library of the building PC"
    return None


def keeps_module(name: str) -> bool:
    """Leave out Pillow's readers of pictures that no logo is; the hook finds all of them."""
    package, _, module = name.rpartition(".")
    if package != "PIL" or not module.endswith("ImagePlugin"):
        return True
    return module.removesuffix("ImagePlugin") in _PICTURE_PLUGINS


def shared_libraries(target: str) -> Iterator[Path]:
    """Give the libraries that lie where every module of the program finds them.

    RapidFuzz asks for this one of Microsoft's; a PC need not have it, and the ones beside Qt are
    found by Qt alone.
    """
    if target == "win":
        import PySide6

        yield Path(PySide6.__file__).with_name("vcruntime140_1.dll")


def data_files(licences: Path) -> Iterator[tuple[str, Path]]:
    """Give the program's own files: the place in the bundle, and where each lies here.

    `licences` holds the texts that were collected for the target, the checkout's own among them;
    where nothing was collected, those of the checkout go in alone.
    """
    own = ROOT / "resources" / "licences"
    licences = licences if licences.exists() else own
    for path in sorted((ROOT / "resources").rglob("*")):
        if path.is_file() and path.suffix not in (".ts", ".po") and own not in path.parents:
            yield str(PurePosixPath(*path.relative_to(ROOT).parts)), path
    for path in sorted(licences.rglob("*")):
        if path.is_file():
            yield str(PurePosixPath("resources/licences", path.relative_to(licences))), path
    # Alembic reads its scripts from a folder, not from the archive of modules.
    for path in [
        ROOT / MIGRATIONS / "env.py",
        *sorted((ROOT / MIGRATIONS / "versions").glob("*.py")),
    ]:
        yield str(PurePosixPath(*path.relative_to(ROOT).parts)), path
