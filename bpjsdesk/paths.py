"""Where one office's files lie on this machine."""

import os
from pathlib import Path
from typing import NamedTuple


class AppPaths(NamedTuple):
    """Name every file and folder below one data folder; creates nothing by itself.

    A named tuple, since a data class takes a millisecond of the time to the login.
    """

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
    if named:
        return AppPaths(Path(named))
    # imported here: a start with a named folder should not wait for it
    import platformdirs  # noqa: PLC0415

    return AppPaths(Path(platformdirs.user_data_dir("BPJS Desk", appauthor=False, roaming=False)))
