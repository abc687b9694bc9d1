"""Where one office's files lie on this machine."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True, slots=True)
class AppPaths:
    """Name every file and folder below one data folder; creates nothing by itself."""

    data: Path

    @property
    def database(self) -> Path:
        return self.data / "bpjsdesk.db"

    @property
    def keys(self) -> Path:
        return self.data / "kunci.json"

    @property
    def keys_copy(self) -> Path:
        return self.data / "kunci.salinan.json"

    @property
    def practice_card(self) -> Path:
        """Only a practice office has this file: its users and their password."""
        return self.data / "latihan.json"

    @property
    def backups(self) -> Path:
        return self.data / "cadangan"

    @property
    def exports(self) -> Path:
        return self.data / "keluaran"

    @property
    def window_state(self) -> Path:
        return self.data / "jendela.json"


def default_paths() -> AppPaths:
    """Choose `BPJSDESK_DATA`, or else the user's own application folder."""
    named = os.environ.get("BPJSDESK_DATA")
    folder = named or platformdirs.user_data_dir("BPJS Desk", appauthor=False, roaming=False)
    return AppPaths(Path(folder))
