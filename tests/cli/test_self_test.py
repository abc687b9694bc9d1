"""The self-test passes on a sound program and names what is broken."""

import importlib.util
import json
import sys
from argparse import Namespace
from datetime import datetime
from pathlib import Path

import pytest

from bpjsdesk.cli.main import main
from bpjsdesk.cli.self_test import examine, run_trials, self_test
from bpjsdesk.cli.self_test_findings import Failure, Finding, as_result, findings_of
from bpjsdesk.cli.self_test_trials import TRIALS, Bench
from bpjsdesk.cli.self_test_window import NO_QT, WINDOW, ask_window_program
from bpjsdesk.clock import WITA
from bpjsdesk.errors import EnvironmentProblem
from tests.systems import not_on_windows, only_on_windows

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=WITA)
HAS_QT = importlib.util.find_spec("PySide6") is not None


def test_every_step_passes_and_is_told_as_json(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert main(["self-test", "--json"], clock=lambda: NOW) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ok"]
    by_name = {step["name"]: step for step in told["steps"]}
    assert set(TRIALS) <= set(by_name)
    if HAS_QT:
        assert {"Jendela utama digambar", "Pratinjau PDF"} <= set(by_name)
        assert all(set(step) == {"name", "ok", "seconds"} for step in told["steps"])
    else:
        assert by_name[WINDOW]["skipped"] == NO_QT
    assert list(tmp_path.iterdir()) == []


def test_the_whole_job_is_done_in_a_folder_with_blanks_accents_and_a_long_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Founding, the child process, PDFs, workbooks and backup, as far as Windows' limit goes."""
    folder = tmp_path / "Data Kantor Désk ünï 😀"
    room = 150 - len(str(folder))
    folder = folder / ("p" * max(room, 8))
    folder.mkdir(parents=True)
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    result = examine(lambda: NOW, window_part=lambda _folder: ())
    assert result.exit_code == 0, result.lines
    assert list(folder.iterdir()) == []


@only_on_windows("elsewhere a path may be this long")
def test_a_folder_beyond_the_limit_of_windows_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / ("p" * (220 - len(str(tmp_path))))
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    result = examine(lambda: NOW, window_part=lambda _folder: ())
    assert result.data["steps"][-1]["code"] == "PATH_TOO_LONG"


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
    assert any("GAGAL     Cetak: Huruf tidak tertanam." in line for line in result.lines)
    assert result.data["ok"] is False


def test_a_machine_without_a_place_for_scratch_files_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tidak-ada"))
    result = examine(lambda: NOW, window_part=lambda _folder: ())
    (step,) = result.data["steps"]
    assert (step["name"], step["code"]) == ("Folder sementara", "FileNotFoundError")


def test_a_failure_of_the_window_counts_as_one_of_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bpjsdesk.cli.self_test_trials.TRIALS", {"Cetak": lambda _bench: None})
    blank = Finding(name="Jendela", ok=False, seconds=0.1, code="X", message="Kosong.")
    result = examine(lambda: NOW, window_part=lambda _folder: (blank,))
    assert result.exit_code == 3
    assert result.data["steps"][-1] == {
        "name": "Jendela", "ok": False, "seconds": 0.1, "code": "X", "message": "Kosong."
    }  # fmt: skip


def test_findings_come_back_from_the_report_as_they_were() -> None:
    findings = (
        Finding(name="a", ok=True, seconds=0.5),
        Finding(name="b", ok=True, seconds=0, skipped="tidak ada Qt"),
        Finding(name="c", ok=False, seconds=1, code="X", message="Rusak."),
    )
    result = as_result(findings)
    assert findings_of(json.loads(json.dumps(result.data))) == findings
    assert "  dilewati  b: tidak ada Qt" in result.lines


def test_an_installation_without_its_window_program_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bpjsdesk-cli.exe"))
    (finding,) = ask_window_program(tmp_path)
    assert (finding.name, finding.ok) == (WINDOW, False)
    assert "bpjsdesk.exe" in finding.message


@pytest.mark.skipif(not HAS_QT, reason="the window needs PySide6")
@not_on_windows("Qt tells of a missing platform in a dialog, and waits")
def test_a_window_program_that_dies_is_told_with_its_last_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "tidak-ada")
    (finding,) = ask_window_program(tmp_path)
    assert not finding.ok
    assert "Program jendela berhenti dengan kode" in finding.message


@pytest.mark.skipif(not HAS_QT, reason="the window needs PySide6")
def test_a_step_of_the_window_that_fails_is_taken_over(tmp_path: Path) -> None:
    findings = ask_window_program(tmp_path)
    assert findings[0].ok
    assert (findings[-1].name, findings[-1].code) == ("Jendela utama digambar", "OFFICE_MISSING")
