"""Where the proof under Wine keeps what it has downloaded and assembled."""

import os
from dataclasses import dataclass
from pathlib import Path

from build_scripts.product import ROOT


@dataclass(frozen=True, slots=True)
class Cache:
    """Name every folder of the cache; whatever is there already is not fetched again."""

    folder: Path

    @property
    def debian(self) -> Path:
        """The root of a Debian trixie with Wine 10."""
        return self.folder / "debian"

    @property
    def wheels(self) -> Path:
        return self.folder / "wheels"

    @property
    def python(self) -> Path:
        """The test Windows Python, with the locked packages in it."""
        return self.folder / "python"

    @property
    def work(self) -> Path:
        """What may be thrown away at any time."""
        return self.folder / "work"

    def prefix(self, name: str) -> Path:
        """Name a Wine prefix, which is a Windows PC of its own."""
        return self.folder / f"prefix-{name}"


def default_cache() -> Cache:
    """Choose the folder that BPJSDESK_WINE names, or else `build/wine`."""
    return Cache(Path(os.environ.get("BPJSDESK_WINE", ROOT / "build" / "wine")).resolve())
