import ast
import sys
from pathlib import Path

import pytest

from bpjsdesk.cli.main import HANDLERS
from build_scripts import freeze_rules
from build_scripts.product import ROOT


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/opengl32sw.dll",
        "PySide6\\Qt6Network.dll",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt6VirtualKeyboard.dll",
        "PySide6/Qt6OpenGL.dll",
        "PySide6/plugins/tls/qschannelbackend.dll",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/platforms/libqwayland-egl.so",
        "PySide6/plugins/platforms/qminimal.dll",
        "PySide6/plugins/platforms/qdirect2d.dll",
        "PySide6/plugins/imageformats/qwebp.dll",
        "PySide6/plugins/styles/qmodernwindowsstyle.dll",
        "PySide6/translations/qtbase_de.qm",
        "cryptography-50.0.2.dist-info/RECORD",
    ],
)
def test_what_the_window_does_not_use_stays_out(place: str) -> None:
    assert freeze_rules.why_dropped(place, target="win")


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt6Core.dll",
        "PySide6/Qt6Svg.dll",
        "PySide6/Qt6PrintSupport.dll",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/plugins/platforms/qoffscreen.dll",
        "libcrypto-3.dll",
        "sqlcipher3/_sqlite3.cp311-win_amd64.pyd",
        "resources/i18n/qtbase_id.qm",
    ],
)
def test_what_the_program_needs_goes_in(place: str) -> None:
    assert freeze_rules.why_dropped(place, target="win") is None


@pytest.mark.parametrize(
    ("place", "is_kept"),
    [
        ("libpython3.11.so.1.0", True),
        ("libffi.so.8", True),
        ("libcrypto.so.3", True),
        ("libz.so.1", True),
        ("libgtk-3.so.0", False),
        ("libzstd.so.1", False),
        ("libstdc++.so.6", False),
        ("libxcb.so.1", False),
        ("pillow.libs/libxcb-9065bb12.so.1.1.0", True),
        ("PySide6/Qt/lib/libQt6DBus.so.6", True),
        ("python3.11/lib-dynload/_json.cpython-311-x86_64-linux-gnu.so", True),
    ],
)
def test_on_linux_the_libraries_of_the_building_pc_stay_out(place: str, is_kept: bool) -> None:
    assert (freeze_rules.why_dropped(place, target="linux") is None) == is_kept


def test_every_command_is_found_though_it_is_imported_by_name() -> None:
    hidden = freeze_rules.hidden_modules(window=False)
    assert "bpjsdesk.storage.workbook_child" in hidden
    for place in HANDLERS.values():
        assert f"bpjsdesk.cli.{place.split('.', maxsplit=1)[0]}" in hidden


def test_the_command_line_leaves_the_window_out() -> None:
    assert {"ui", "PySide6", "pypdfium2"} <= {*freeze_rules.excluded_modules(window=False)}
    assert not {"ui", "PySide6", "pypdfium2"} & {*freeze_rules.excluded_modules(window=True)}


def test_no_module_of_the_program_is_left_out_that_it_imports() -> None:
    excluded = {*freeze_rules.excluded_modules(window=True)}
    for folder in ("bpjsdesk", "ui"):
        for path in (ROOT / folder).rglob("*.py"):
            assert not excluded & set(_imported(path)), path


def test_the_migrations_lie_beside_the_archive_and_import_only_what_is_in_it(
    tmp_path: Path,
) -> None:
    scripts = [path for place, path in freeze_rules.data_files(tmp_path) if path.suffix == ".py"]
    assert ROOT / freeze_rules.MIGRATIONS / "env.py" in scripts
    assert sorted(scripts[1:]) == sorted((ROOT / freeze_rules.MIGRATIONS / "versions").glob("*.py"))
    for path in scripts:
        packages = {name.split(".", maxsplit=1)[0] for name in _imported(path)}
        assert packages - sys.stdlib_module_names <= {"alembic", "sqlalchemy", "bpjsdesk"}, path
        own = {".".join(name.split(".")[:3]) for name in _imported(path) if "bpjsdesk" in name}
        # PyInstaller does not read the scripts: what they use must come with the store
        assert own <= {"bpjsdesk.storage.dialect"}, path


def test_all_resources_go_in_but_the_sources_of_translations(tmp_path: Path) -> None:
    places = [place for place, _ in freeze_rules.data_files(tmp_path)]
    assert "resources/seed/region.csv" in places
    assert "resources/icons/app.svg" in places
    assert "resources/i18n/qtbase_id.qm" in places
    assert not [place for place in places if place.endswith((".ts", ".po"))]


def test_the_collected_licences_go_in_or_else_those_of_the_checkout(tmp_path: Path) -> None:
    (tmp_path / "teks").mkdir()
    (tmp_path / "teks" / "baru.txt").write_text("teks", encoding="utf-8")
    collected = [place for place, _ in freeze_rules.data_files(tmp_path) if "licences" in place]
    assert collected == ["resources/licences/teks/baru.txt"]
    own = [place for place, _ in freeze_rules.data_files(tmp_path / "none") if "licences" in place]
    assert "resources/licences/LGPL-3.0.txt" in own


@pytest.mark.parametrize(
    ("name", "is_kept"),
    [
        ("PIL.PngImagePlugin", True),
        ("PIL.JpegImagePlugin", True),
        ("PIL.AvifImagePlugin", False),
        ("PIL.Image", True),
        ("reportlab.pdfgen.canvas", True),
    ],
)
def test_pillow_reads_the_pictures_that_a_logo_may_be(name: str, is_kept: bool) -> None:
    assert freeze_rules.keeps_module(name) == is_kept


def test_every_rule_tells_its_reason() -> None:
    for rule in (*freeze_rules.EXCLUDED, *freeze_rules.DROPPED):
        assert rule.why


def _imported(path: Path) -> list[str]:
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return names
