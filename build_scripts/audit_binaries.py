"""Faults of the binaries in a frozen program: another processor, Wine, debug, wrong version."""

import re
from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import Any

from build_scripts import product
from build_scripts.version_info import LANGUAGE

AMD64 = 0x8664
_ELF_AMD64 = 0x3E
_PE = (".exe", ".dll", ".pyd")
# Part of every Windows 10 from its first edition on; icuuc.dll, which newer Qt asks for, is not.
_SYSTEM_DLL = re.compile(
    r"(api-ms-win-|ext-ms-).*|"
    r"(advapi32|authz|bcrypt|bcryptprimitives|cfgmgr32|comctl32|comdlg32|crypt32|cryptbase|d2d1"
    r"|d3d11|d3d12|d3d9|dcomp|dnsapi|dwmapi|dwrite|dxgi|gdi32|imm32|iphlpapi|kernel32|mpr|msvcrt"
    r"|netapi32|ncrypt|normaliz|ntdll|ole32|oleaut32|powrprof|propsys|psapi|rpcrt4|secur32|setupapi"
    r"|shcore|shell32|shlwapi|ucrtbase|uiautomationcore|user32|userenv|uxtheme|version|wininet"
    r"|winmm|ws2_32|wsock32|wtsapi32)\.dll|winspool\.drv"
)


def pe_findings(places: Mapping[str, Path]) -> Iterator[str]:
    """Name the faults of all Windows programs and libraries."""
    programs = {place: path for place, path in places.items() if path.suffix.lower() in _PE}
    present = {place.lower() for place in programs}
    for place, path in programs.items():
        yield from _one_pe(place, path, present)


def _one_pe(place: str, path: Path, present: Set[str]) -> Iterator[str]:
    import pefile

    try:
        read = pefile.PE(str(path), fast_load=True)
    except pefile.PEFormatError as problem:
        yield f"{place}: is no Windows program ({problem})"
        return
    with read:
        if read.FILE_HEADER.Machine != AMD64:
            yield f"{place}: is not for x86-64"
        if re.search(rb"Wine (builtin|placeholder) DLL", read.header):
            yield f"{place}: belongs to Wine"
        read.parse_data_directories()
        for name in _imported(read):
            if not _SYSTEM_DLL.fullmatch(name) and not _is_found(name, place, present):
                yield f"{place}: needs {name}, which is neither near it nor part of Windows"
        if "/" not in place:
            yield from _version_faults(place, read)


def _imported(read: Any) -> list[str]:
    entries = getattr(read, "DIRECTORY_ENTRY_IMPORT", [])
    return sorted({entry.dll.decode("ascii").lower() for entry in entries})


def _is_found(name: str, place: str, present: Set[str]) -> bool:
    """Look where Windows would; a PC that has the library from elsewhere hides its absence here."""
    folders = [place.lower().rpartition("/")[0], "_internal", ""]
    if place.lower().startswith("_internal/"):
        # a package names the folder of its own libraries to Windows before it loads anything
        folders.append(f"_internal/{place.lower().split('/')[1]}.libs")
    if "/pyside6/" in place.lower():
        folders += ["_internal/pyside6", "_internal/shiboken6"]
    return any(f"{folder}/{name}".lstrip("/") in present for folder in folders)


def _version_faults(place: str, read: Any) -> Iterator[str]:
    told = version_texts(read)
    for key in ("FileVersion", "ProductVersion"):
        if told.get(key) != product.version():
            yield f"{place}: {key} is {told.get(key)!r}, not {product.version()!r}"
    if told.get("ProductName") != product.NAME:
        yield f"{place}: ProductName is {told.get('ProductName')!r}"
    if told.get("language") != f"{LANGUAGE:04X}":
        yield f"{place}: the version is not told in Indonesian"


def version_texts(read: Any) -> dict[str, str]:
    """Give the texts of a program's version resource, and `language` as four hex digits."""
    texts: dict[str, str] = {}
    for blocks in getattr(read, "FileInfo", []):
        for block in blocks:
            for table in getattr(block, "StringTable", []):
                texts["language"] = table.LangID.decode("ascii")[:4].upper()
                texts |= {key.decode(): value.decode() for key, value in table.entries.items()}
    return texts


def elf_findings(places: Mapping[str, Path]) -> Iterator[str]:
    """Name the Linux programs and libraries that are not for x86-64."""
    for place, path in places.items():
        with path.open("rb") as file:
            head = file.read(20)
        if head[:4] == b"\x7fELF":
            is_64 = head[4] == 2 and int.from_bytes(head[18:20], "little") == _ELF_AMD64
            if not is_64:
                yield f"{place}: is not for x86-64"
        elif path.suffix == ".so" or ".so." in path.name:
            yield f"{place}: is no Linux library"
