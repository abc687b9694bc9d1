"""The table on the terminal and the JSON file."""

import json
import os
import platform
import shutil
import subprocess
import textwrap
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from sqlcipher3 import dbapi2

from bpjsdesk.files import atomic_write
from build_scripts.bench_rows.figures import Measured, Sizes

PACKAGES = (
    *("PySide6-Essentials", "SQLAlchemy", "sqlcipher3", "python-calamine", "reportlab"),
    *("XlsxWriter", "openpyxl", "pydantic", "typst"),
)
ROOT = Path(__file__).resolve().parent.parent.parent
HEAD = ("row", "figure", "limit or peer", "ratio", "goal", "holds")
WIDTHS = (18, 13, 15, 8, 9, 5)


def print_table(rows: Sequence[Measured]) -> None:
    """Print one line a row, what it is compared with below it."""
    print()
    print(_line(HEAD))
    print(_line(["-" * width for width in WIDTHS]))
    for row in rows:
        print(_line(_cells(row)))
        for text in (
            row.goal.title,
            f"beside: {row.peer_name}" if row.peer_name else "",
            *row.notes,
        ):
            for part in textwrap.wrap(text, 96):
                print(f"    {part}")
    kept = sum(row.holds for row in rows)
    print(f"\n{kept} of {len(rows)} promises hold. (1) = measured once, because it is slow.")


def write_json(path: Path, rows: Sequence[Measured], sizes: Sizes) -> None:
    """Write the rows with everything that one must know to compare them."""
    document = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "sizes": asdict(sizes),
        "machine": machine(),
        "versions": versions(),
        "rows": [{**asdict(row), "holds": row.holds} for row in rows],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    atomic_write(path, json.dumps(document, indent=1, ensure_ascii=False).encode())


def versions() -> dict[str, str]:
    """Name what was measured with."""
    found = {name: metadata.version(name) for name in PACKAGES}
    return {
        "Python": platform.python_version(),
        "SQLite": dbapi2.sqlite_version,
        **found,
    }


def machine() -> dict[str, str | int | float]:
    """Describe the machine and how busy it was with other things."""
    loads = os.getloadavg()[0] if hasattr(os, "getloadavg") else -1.0
    return {
        "system": platform.platform(),
        "processor": platform.processor() or platform.machine(),
        "processors": os.cpu_count() or 0,
        "load_at_the_end": round(loads, 2),
    }


def _line(cells: Sequence[str]) -> str:
    first, *rest = zip(cells, WIDTHS, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)])


def _cells(row: Measured) -> list[str]:
    goal = row.goal
    is_ratio = row.peer is not None
    return [
        goal.name,
        f"{_figure(row.figure)} {row.unit}",
        f"{_figure(row.peer)} {row.unit}" if row.peer is not None else "-",
        f"{row.value:.3g} ×" if is_ratio else "-",
        f"{goal.sense} {goal.limit:g} {goal.unit}".strip(),
        "yes" if row.holds else "NO",
    ]


def _figure(value: float) -> str:
    return f"{value:.1f}" if value < 100 else f"{value:.0f}"


def _commit() -> str:
    if shutil.which("git") is None:
        return ""  # a copy of the sources on a bare machine
    asked = ["git", "rev-parse", "--short", "HEAD"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"
