import importlib.util
from pathlib import Path

import pytest

from build_scripts import audit_bundle, freeze_rules
from build_scripts.audit_archive import archive_findings
from build_scripts.audit_binaries import elf_findings, pe_findings
from build_scripts.product import NAME, version


def launcher(kind: str) -> bytes:
    """Give a true Windows program: one that setuptools brings along."""
    pytest.importorskip("pefile")
    found = importlib.util.find_spec("setuptools")
    assert found is not None
    assert found.origin is not None
    content = Path(found.origin).with_name(f"cli-{kind}.exe").read_bytes()
    # its runtime would have to lie beside it
    return content.replace(b"VCRUNTIME140.dll", b"KERNEL32.dll\0\0\0\0")


def one_file(folder: Path, place: str, content: bytes) -> dict[str, Path]:
    path = folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return {place: path}


def found_in(folder: Path, place: str, content: bytes = b"", *, target: str = "win") -> str:
    """Audit a folder with one file and give what is said of it."""
    one_file(folder, place, content)
    findings = audit_bundle.audit(folder, target)
    return "\n".join(each for each in findings if each.startswith(place))


def test_a_library_for_x86_64_passes(tmp_path: Path) -> None:
    places = one_file(tmp_path, "_internal/some.dll", launcher("64"))
    assert list(pe_findings(places)) == []


def test_a_library_for_another_processor_is_found(tmp_path: Path) -> None:
    places = one_file(tmp_path, "_internal/some.dll", launcher("32"))
    assert list(pe_findings(places)) == ["_internal/some.dll: is not for x86-64"]


def test_a_library_of_wine_is_found(tmp_path: Path) -> None:
    content = bytearray(launcher("64"))
    mark = b"Wine builtin DLL\0"
    content[0x40 : 0x40 + len(mark)] = mark
    places = one_file(tmp_path, "_internal/some.dll", bytes(content))
    assert list(pe_findings(places)) == ["_internal/some.dll: belongs to Wine"]


def test_a_library_that_asks_for_one_which_is_nowhere_is_found(tmp_path: Path) -> None:
    content = launcher("64").replace(b"KERNEL32.dll", b"icuuc999.dll")
    places = one_file(tmp_path, "_internal/some.dll", content)
    (finding,) = pe_findings(places)
    assert "needs icuuc999.dll" in finding
    beside = one_file(tmp_path, "_internal/icuuc999.dll", launcher("64"))
    assert list(pe_findings({**places, **beside})) == []


def test_a_library_that_windows_would_not_find_is_as_good_as_missing(tmp_path: Path) -> None:
    content = launcher("64").replace(b"KERNEL32.dll", b"MSVCP140.dll")
    places = one_file(tmp_path, "_internal/some.pyd", content)
    elsewhere = one_file(tmp_path, "_internal/PySide6/MSVCP140.dll", launcher("64"))
    (finding,) = pe_findings({**places, **elsewhere})
    assert finding.startswith("_internal/some.pyd: needs msvcp140.dll")


def test_a_package_finds_what_lies_in_the_folder_of_its_own_libraries(tmp_path: Path) -> None:
    content = launcher("64").replace(b"KERNEL32.dll", b"MSVCP140.dll")
    places = one_file(tmp_path, "_internal/tool/deep/some.pyd", content)
    own = one_file(tmp_path, "_internal/tool.libs/msvcp140.dll", launcher("64"))
    foreign = one_file(tmp_path, "_internal/other.libs/msvcp140.dll", launcher("64"))
    assert list(pe_findings({**places, **own})) == []
    assert len(list(pe_findings({**places, **foreign}))) == 1


def test_a_file_that_only_calls_itself_a_library_is_found(tmp_path: Path) -> None:
    places = one_file(tmp_path, "_internal/some.dll", b"MZ")
    (finding,) = pe_findings(places)
    assert "is no Windows program" in finding


def test_a_program_of_ours_without_its_version_is_found(tmp_path: Path) -> None:
    places = one_file(tmp_path, "bpjsdesk.exe", launcher("64"))
    told = "\n".join(pe_findings(places))
    for part in (f"FileVersion is None, not '{version()}'", "ProductVersion", "Indonesian"):
        assert part in told
    assert NAME not in told


@pytest.mark.parametrize(
    "place",
    [
        "_internal/PySide6/Qt6Cored.dll",
        "_internal/PySide6/QtCore_d.pyd",
        "_internal/ucrtbased.dll",
        "_internal/VCRUNTIME140D.dll",
        "_internal/msvcp140_1d.dll",
    ],
)
def test_a_debug_library_is_found(tmp_path: Path, place: str) -> None:
    assert "a debug library" in found_in(tmp_path, place)


@pytest.mark.parametrize(
    "place",
    [
        "_internal/PySide6/Qt6Charts.dll",
        "_internal/PySide6/QtCharts.pyd",
        "_internal/PySide6/Qt6VirtualKeyboard.dll",
        "_internal/PySide6/Qt6Pdf.dll",
        "_internal/PySide6/Qt6WebEngineCore.dll",
        "_internal/PySide6/Qt6Network.dll",
        "_internal/PySide6/Qt6DBus.dll",
        "_internal/PySide6/Qt/lib/libQt6DataVisualization.so.6",
        "_internal/PySide6/QtNetworkAuth.abi3.so",
    ],
)
def test_a_qt_module_that_the_window_does_not_use_is_found(tmp_path: Path, place: str) -> None:
    assert "a Qt module" in found_in(tmp_path, place)


@pytest.mark.parametrize(
    "place", ["_internal/PySide6/Qt6Core.dll", "_internal/PySide6/QtPrintSupport.pyd"]
)
def test_a_qt_module_that_the_window_uses_passes(tmp_path: Path, place: str) -> None:
    assert "Qt module" not in found_in(tmp_path, place, launcher("64"))


def test_what_is_left_over_from_building_is_found(tmp_path: Path) -> None:
    (tmp_path / "_internal" / "__pycache__").mkdir(parents=True)
    left = "_internal/__pycache__: a cache of the building PC"
    assert left in audit_bundle.audit(tmp_path, "win")
    assert "a source file" in found_in(tmp_path, "_internal/bpjsdesk/paths.py")
    key = b"-----BEGIN PRIVATE KEY-----\n"
    assert "holds a secret" in found_in(tmp_path, "_internal/resources/key.txt", key)


def test_a_migration_may_lie_there_as_source(tmp_path: Path) -> None:
    assert not found_in(tmp_path, f"_internal/{freeze_rules.MIGRATIONS}/env.py")


def test_whatever_is_missing_is_named(tmp_path: Path) -> None:
    told = "\n".join(audit_bundle.audit(tmp_path, "win"))
    for place in (
        "bpjsdesk.exe",
        "bpjsdesk-cli.exe",
        "_internal/resources/seed/region.csv",
        "_internal/PySide6/plugins/platforms/qwindows.dll",
        f"_internal/{freeze_rules.MIGRATIONS}/versions/m0001_reference.py",
    ):
        assert f"{place}: is missing" in told
    assert "Qt6Core: is not there as a library of its own" in told


def test_a_folder_that_is_too_big_is_found(tmp_path: Path) -> None:
    with (tmp_path / "big.bin").open("wb") as big:
        big.truncate(131_000_000)
    assert "the folder has 131.0 MB, more than 130" in audit_bundle.audit(tmp_path, "win")
    assert not [each for each in audit_bundle.audit(tmp_path, "linux") if "MB" in each]


def test_linux_programs_for_another_processor_are_found(tmp_path: Path) -> None:
    arm = b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\x00\xb7\x00"
    intel = b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\x00\x3e\x00"
    good = one_file(tmp_path, "_internal/good.so", intel)
    assert list(elf_findings(good)) == []
    wrong = one_file(tmp_path, "_internal/wrong.so", arm)
    assert list(elf_findings(wrong)) == ["_internal/wrong.so: is not for x86-64"]
    text = one_file(tmp_path, "_internal/text.so.1", b"GROUP ( libm.so.6 )")
    assert list(elf_findings(text)) == ["_internal/text.so.1: is no Linux library"]


@pytest.mark.parametrize("name", ["libgtk-3.so.0", "libwayland-client.so.0", "libX11.so.6"])
def test_a_library_of_the_desktop_is_found_on_linux(tmp_path: Path, name: str) -> None:
    assert "belongs to the desktop" in found_in(tmp_path, f"_internal/{name}", target="linux")


def test_a_program_without_modules_is_found(tmp_path: Path) -> None:
    pytest.importorskip("PyInstaller")
    (tmp_path / "bpjsdesk").write_bytes(b"\x7fELF")
    (finding,) = archive_findings(tmp_path / "bpjsdesk", has_window=True)
    assert "its modules cannot be read" in finding
