"""The self-test passes on a sound program and names what is broken."""

import json
from argparse import Namespace
from datetime import datetime
from pathlib import Path

import pytest

from bpjsdesk.cli.main import main
from bpjsdesk.cli.self_test import Failure, run_trials, self_test
from bpjsdesk.cli.self_test_trials import TRIALS, Bench
from bpjsdesk.clock import WITA
from bpjsdesk.errors import EnvironmentProblem

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=WITA)


def test_every_step_passes_and_is_told_as_json(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert main(["self-test", "--json"], clock=lambda: NOW) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ok"]
    assert len(told["steps"]) == len(TRIALS) + 1
    assert all(set(step) == {"name", "ok", "seconds"} for step in told["steps"])
    assert list(tmp_path.iterdir()) == []


def test_a_failing_step_names_itself_and_ends_the_test(tmp_path: Path) -> None:
    def full(_bench: Bench) -> None:
        raise EnvironmentProblem("DISK_FULL", "Ruang disk habis.")

    def never(_bench: Bench) -> None:
        raise AssertionError("must not run after a failure")

    bench = Bench(folder=tmp_path, clock=lambda: NOW)
    findings = list(run_trials(bench, {"Simpan": full, "Sesudahnya": never}))
    assert [(each.name, each.ok, each.code) for each in findings] == [
        ("Simpan", False, "DISK_FULL")
    ]


@pytest.mark.parametrize(
    ("problem", "code"), [(Failure("beda"), "UNEXPECTED_RESULT"), (KeyError("x"), "KeyError")]
)
def test_whatever_breaks_is_named(tmp_path: Path, problem: Exception, code: str) -> None:
    def broken(_bench: Bench) -> None:
        raise problem

    (finding,) = run_trials(Bench(folder=tmp_path, clock=lambda: NOW), {"Rusak": broken})
    assert (finding.ok, finding.code) == (False, code)


def test_a_failure_is_told_to_people_and_by_the_exit_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(_bench: Bench) -> None:
        raise Failure("Huruf tidak tertanam.")

    monkeypatch.setattr("bpjsdesk.cli.self_test_trials.TRIALS", {"Cetak": broken})
    result = self_test(Namespace(), lambda: NOW)
    assert result.exit_code == 3
    assert any("GAGAL  Cetak: Huruf tidak tertanam." in line for line in result.lines)
    assert result.data["ok"] is False
