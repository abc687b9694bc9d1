"""An office on disk and a way to call the command line on it."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bpjsdesk.cli.main import main
from bpjsdesk.clock import Clock
from tests.offices import FOUNDER, PASSWORD


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a command left behind; `data` is the one JSON object of stdout."""

    exit_code: int
    data: dict[str, Any]
    err: str

    @property
    def error_code(self) -> str:
        assert set(self.data) == {"error"}
        assert set(self.data["error"]) == {"code", "message"}
        return str(self.data["error"]["code"])


Run = Callable[..., Outcome]


@pytest.fixture
def folder(founded: Path, tmp_path: Path) -> Path:
    """Give the folder of a fresh office that nobody holds open."""
    return Path(shutil.copytree(founded, tmp_path / "kantor"))


@pytest.fixture
def run(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> Run:
    """Run one command as a user with `--json`, and prove that stdout is one JSON object."""

    def call(*words: object, user: str = FOUNDER, password: str = PASSWORD) -> Outcome:
        monkeypatch.setenv("BPJSDESK_PASSWORD", password)
        capsys.readouterr()
        named = ("--data", str(folder), "--user", user, "--json")
        exit_code = main([*named, *map(str, words)], clock=clock)
        captured = capsys.readouterr()
        lines = captured.out.splitlines()
        assert len(lines) == 1, captured.out
        data = json.loads(lines[0])
        assert isinstance(data, dict)
        return Outcome(exit_code=exit_code, data=data, err=captured.err)

    return call
