"""Collect the licence texts of everything that is shipped, for the program and its release."""

import csv
import hashlib
import io
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import MappingProxyType

from build_scripts import product
from build_scripts.shipped import Component, shipped

OWN = product.ROOT / "resources" / "licences"
ALL_IN_ONE, TABLE, TEXTS = "LISENSI-PIHAK-KETIGA.txt", "komponen.csv", "teks"
# Where the help page looks inside the bundle.
PLACE = "resources/licences"
_HEADINGS = ("nama", "versi", "lisensi", "di_dalam", "teks")
_RULE = "=" * 78
_SHOWN = MappingProxyType({"program": "", "python": "Python", "pyinstaller": "PyInstaller"})


def collect_licences(site_packages: Path, target: Path, *, system: str) -> None:
    """Fill a folder anew with one readable file, a table for the help page, and every text.

    Call it before freezing: `freeze_rules.data_files` puts what it finds into the bundle.

    Raises:
        PaperProblem: for a licence that may not be shipped, or a component without a text.
    """
    collect(shipped(site_packages, system=system), target)


def collect(components: Sequence[Component], target: Path) -> None:
    """Write the texts of components that are gathered already."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(OWN, target)
    placed = [(each, tuple(_place(each, target))) for each in components]
    _write(target / TABLE, _table(placed))
    # with a mark at its head, for an editor that would otherwise guess a Windows code page
    _write(target / ALL_IN_ONE, "\ufeff" + _all_in_one(placed, target))


def _place(each: Component, target: Path) -> Iterator[str]:
    for text in each.texts:
        if text.is_relative_to(OWN):
            yield text.relative_to(OWN).as_posix()
            continue
        folder = re.sub(r"[^A-Za-z0-9.-]+", "-", each.name).strip("-").lower()
        place = f"{TEXTS}/{folder}/{_flat_name(text)}"
        (target / place).parent.mkdir(parents=True, exist_ok=True)
        _write(target / place, _read(text))
        yield place


def _flat_name(text: Path) -> str:
    # two folders of a package may hold texts of the same name
    parts = list(text.parts)
    inside = next((n for n, part in enumerate(parts) if part.endswith(".dist-info")), -2)
    kept = [part for part in parts[inside + 1 :] if part.lower() != "licenses"]
    return "-".join(kept)


def _table(placed: Sequence[tuple[Component, tuple[str, ...]]]) -> str:
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow(_HEADINGS)
    lines.writerow((product.NAME, product.version(), "MIT", "", "LISENSI.txt"))
    for each, places in placed:
        line = (each.name, each.version, each.licence, _inside(each), " ".join(places))
        lines.writerow(line)
    return written.getvalue()


def _all_in_one(placed: Sequence[tuple[Component, tuple[str, ...]]], target: Path) -> str:
    notice = _read(target / "LISENSI.txt").strip()
    parts = [
        f"{product.NAME} {product.version()}: lisensi program dan komponen pihak ketiga\n",
        f"{_RULE}\n{notice}\n",
        f"{_RULE}\nDAFTAR KOMPONEN\n{_RULE}\n",
        "\n".join(_list_line(each) for each, _places in placed) + "\n",
    ]
    seen: dict[str, str] = {}
    for each, places in placed:
        parts.append(f"\n{_RULE}\n{_list_line(each)}\n{_RULE}\n")
        parts += [_once(place, target, seen) for place in places]
        parts += _built_lines(each)
    return "\n".join(parts)


def _list_line(each: Component) -> str:
    named = f"{each.name} {each.version}".strip()
    inside = f", di dalam {_inside(each)}" if _inside(each) else ""
    return f"{named}: {each.licence}{inside}"


def _inside(each: Component) -> str:
    return _SHOWN.get(each.inside, each.inside.replace("==", " "))


def _once(place: str, target: Path, seen: dict[str, str]) -> str:
    text = _read(target / place).strip("\n")
    mark = hashlib.sha256(text.encode()).hexdigest()
    if mark in seen:
        return f"[{place}: sama dengan {seen[mark]} di atas]\n"
    seen[mark] = place
    return f"[{place}]\n\n{text}\n"


def _built_lines(each: Component) -> list[str]:
    if not each.built:
        return []
    lines = [f"  {part.name} {part.version}: {part.licence}" for part in each.built]
    return [f"Ikut terkompilasi di dalam {each.name}:", *lines, ""]


def _read(text: Path) -> str:
    raw = text.read_bytes()
    try:
        told = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        told = raw.decode("cp1252")
    return told.replace("\r\n", "\n").replace("\f", "\n")


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")
