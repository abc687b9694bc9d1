"""A list that comes through the input of the command instead of a file."""

import io
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.files import AGREEMENT, written
from tests.services.lists import HEADINGS, worker


def piped(text: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    return "-"


def test_a_list_is_staged_from_the_input(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    under = run("agreement", "add", written(tmp_path / "a.json", AGREEMENT)).data["agreement_id"]
    lines = [HEADINGS, *(worker(serial) for serial in (1, 2, 3))]
    text = "\n".join(";".join("" if cell is None else str(cell) for cell in row) for row in lines)
    options = ("--agreement", under, "--category", "VULNERABLE", "--registered", "2026-11-20")
    staged = run("batch", "stage", piped(text, monkeypatch), *options).data
    assert (staged["read"], staged["new"], staged["held"]) == (3, 3, 0)
    again = run("batch", "stage", piped(text, monkeypatch), *options)
    assert again.error_code == "ALREADY_IMPORTED"
