"""A folder of made-up packages, with a lock and a table of parts that name them."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path

from build_scripts.shipped import Component, shipped

_HEADINGS = ("name", "version", "licence", "inside", "systems", "files", "texts", "source")


class MadeUp:
    """Build an environment piece by piece, as pip would leave it."""

    def __init__(self, folder: Path) -> None:
        self.site = folder / "lib" / "python3.11" / "site-packages"
        self.site.mkdir(parents=True)
        (folder / "pyvenv.cfg").write_text("version = 3.11.9\n", encoding="utf-8")
        self._lock, self._parts = folder / "gui.txt", folder / "components.csv"
        self._lock.write_text("# a lock\n", encoding="utf-8")
        self._rows: list[dict[str, str]] = []

    def install(
        self,
        name: str,
        *told: str,
        version: str = "1.0",
        text: str | bytes = "Do as you like.",
        marker: str = "",
    ) -> Path:
        """Put a package there and into the lock; `told` are more lines of its metadata."""
        info = self.site / f"{name}-{version}.dist-info"
        info.mkdir()
        raw = text if isinstance(text, bytes) else text.encode()
        lines = ["Metadata-Version: 2.4", f"Name: {name}", f"Version: {version}", *told]
        files = [f"{info.name}/METADATA", f"{info.name}/RECORD"]
        if raw:
            (info / "licenses").mkdir()
            (info / "licenses" / "LICENSE").write_bytes(raw)
            lines.append("License-File: LICENSE")
            files.append(f"{info.name}/licenses/LICENSE")
        (info / "METADATA").write_text("\n".join(lines) + "\n", encoding="utf-8")
        (info / "RECORD").write_text("".join(f"{each},,\n" for each in files), encoding="utf-8")
        self.lock(name, version, marker)
        return info

    def lock(self, name: str, version: str, marker: str = "") -> None:
        """Name a package in the lock, installed or not."""
        condition = f" ; {marker}" if marker else ""
        with self._lock.open("a", encoding="utf-8") as opened:
            opened.write(f"{name}=={version}{condition} \\\n    --hash=sha256:00\n")

    def compile_in(self, info: Path, *components: Mapping[str, object]) -> None:
        """Let a package list what is compiled into it, as PEP 770 says."""
        place = info / "sboms" / "rust.cyclonedx.json"
        place.parent.mkdir()
        place.write_text(json.dumps({"components": components}), encoding="utf-8")
        with (info / "RECORD").open("a", encoding="utf-8") as opened:
            opened.write(f"{info.name}/sboms/{place.name},,\n")

    def add_part(self, name: str, **told: str) -> None:
        """Add a line to the table of parts."""
        row = dict.fromkeys(_HEADINGS, "") | {"name": name, "systems": "win linux"}
        self._rows.append(row | told)

    def shipped(self, system: str = "linux") -> tuple[Component, ...]:
        with self._parts.open("w", encoding="utf-8", newline="") as opened:
            table = csv.DictWriter(opened, _HEADINGS)
            table.writeheader()
            table.writerows(self._rows)
        return shipped(self.site, system=system, lock=self._lock, parts=self._parts)
