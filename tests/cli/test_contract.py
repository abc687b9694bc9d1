"""What every command keeps to: one JSON object, four exit codes, global options anywhere."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bpjsdesk.cli import main as command_line
from bpjsdesk.cli.main import HANDLERS, main
from bpjsdesk.clock import Clock
from tests.cli.conftest import Run
from tests.cli.files import AGREEMENT, written
from tests.offices import FOUNDER, PASSWORD

CODE = ("-c", "import sys; from bpjsdesk.cli.main import main; sys.exit(main())")
NIK = "7171015203800001"
WRONG_USAGE: list[tuple[str, ...]] = [
    ("terbang",),
    (),
    ("agreement",),
    ("agreement", "show"),
    ("agreement", "show", "satu"),
    ("agreement", "show", "0"),
    ("agreement", "show", "9" * 20),
    ("batch", "template", "--agreement", "9" * 20, "--out", "a.xlsx"),
    ("people", "find", "ani", "--limit", "9" * 20),
    ("agreement", "pdf", "1"),
    ("batch", "check", "a.xlsx", "--agreement", "1"),
    ("batch", "import", "a.xlsx", "--agreement", "1", "--category", "VULNERABLE"),
    ("batch", "check", "a.xlsx", "--agreement", "1", "--category", "X", "--registered", "kemarin"),
    ("report", "claims", "--from", "2026-13-01", "--to", "2026-12-31"),
    ("people", "find"),
    ("people", "find", "ani", "--limit", "0"),
    ("schema", "batch"),
    ("demo", "--rows", "banyak"),
    ("backup",),
]
CONTRACT = [
    "agreement add",
    "agreement list",
    "agreement pdf",
    "agreement renew",
    "agreement show",
    "audit list",
    "backup",
    "batch accept",
    "batch carry",
    "batch check",
    "batch compare",
    "batch correct",
    "batch debts",
    "batch errors",
    "batch import",
    "batch letter",
    "batch list",
    "batch pdf",
    "batch receipt",
    "batch refuse",
    "batch reply",
    "batch sent",
    "batch show",
    "batch stage",
    "batch submit",
    "batch take-out",
    "batch template",
    "batch undo",
    "batch work",
    "check",
    "claim add",
    "claim import",
    "claim list",
    "demo",
    "init",
    "people approve",
    "people end",
    "people find",
    "people lookup",
    "people merge",
    "people refuse",
    "people request",
    "people requests",
    "people resume",
    "people show",
    "people unmerge",
    "report claims",
    "schema",
    "self-test",
    "sender add",
    "sender list",
    "sender show",
]  # fmt: skip


def called(
    words: Sequence[str],
    *,
    folder: Path | None = None,
    password: str | None = PASSWORD,
    encoding: str = "utf-8",
) -> "subprocess.CompletedProcess[str]":
    """Start a process of its own, as a script would; nobody is there to type."""
    own = {
        "BPJSDESK_DATA": str(folder) if folder else None,
        "BPJSDESK_PASSWORD": password,
        "PYTHONIOENCODING": encoding,
    }
    others = {name: value for name, value in os.environ.items() if name not in own}
    return subprocess.run(
        [sys.executable, *CODE, *words],
        env=others | {name: value for name, value in own.items() if value is not None},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding=encoding,
        timeout=60,
        check=False,
    )


def test_the_commands_are_those_of_the_contract() -> None:
    assert sorted(" ".join(filter(None, words)) for words in HANDLERS) == CONTRACT


@pytest.mark.parametrize("words", WRONG_USAGE, ids=" ".join)
def test_wrong_usage_ends_with_2_and_one_json_object(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--json"]) == 2
    captured = capsys.readouterr()
    assert json.loads(captured.out)["error"]["code"] == "USAGE"
    assert captured.err


def test_wrong_usage_for_people_leaves_stdout_empty(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["terbang"]) == 2
    assert capsys.readouterr().out == ""


def test_help_and_version_end_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    for word in ("--help", "--version"):
        assert main([word]) == 0
        assert capsys.readouterr().out


def test_global_options_stand_before_or_after_the_command(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], clock: Clock
) -> None:
    monkeypatch.setenv("BPJSDESK_PASSWORD", PASSWORD)
    options = ["--data", str(folder), "--user", FOUNDER, "--json"]
    words = ["audit", "list"]
    said = []
    for line in (
        [*options, *words],
        [*words, *options],
        [*options[:2], "audit", *options[2:4], "list", "--json"],
    ):
        assert main(line, clock=clock) == 0
        said.append(json.loads(capsys.readouterr().out))
    assert said[0] == said[1] == said[2]


def test_without_json_people_read_lines(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], clock: Clock
) -> None:
    monkeypatch.setenv("BPJSDESK_PASSWORD", PASSWORD)
    line = ["--data", str(folder), "--user", FOUNDER, "agreement"]
    assert main([*line, "list"], clock=clock) == 0
    assert capsys.readouterr().out == "Belum ada perjanjian.\n"
    assert main([*line, "show", "9"], clock=clock) == 1
    refused = capsys.readouterr()
    assert refused.out == ""
    assert "AGREEMENT_MISSING" in refused.err


def test_a_login_needs_a_name_and_the_right_password(run: Run) -> None:
    assert run("check", user="").error_code == "USER_NEEDED"
    wrong = run("check", password="kapal hitam berlayar pagi")
    unknown = run("check", user="siapa")
    assert wrong.exit_code == unknown.exit_code == 1
    assert wrong.error_code == unknown.error_code == "LOGIN_REFUSED"
    assert wrong.data == unknown.data


def test_no_office_is_named(run: Run, tmp_path: Path) -> None:
    found = run("--data", tmp_path / "kosong", "check")
    assert (found.exit_code, found.error_code) == (1, "OFFICE_MISSING")
    assert not (tmp_path / "kosong").exists()


def test_a_role_is_refused_on_the_command_line_too(run: Run, tmp_path: Path) -> None:
    found = run("backup", tmp_path / "a.db", user="beni")
    assert (found.exit_code, found.error_code) == (1, "NOT_PERMITTED")
    assert not (tmp_path / "a.db").exists()


def test_a_fault_of_the_program_is_one_json_object_without_its_words(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody foresaw must not print the values it stumbled over."""

    def stumble(*_arguments: object) -> None:
        raise RuntimeError(NIK)

    monkeypatch.setattr(command_line, "_handler", lambda _arguments: stumble)
    found = run("check")
    assert (found.exit_code, found.error_code) == (3, "PROGRAM_FAULT")
    assert "RuntimeError" in found.err
    assert NIK not in found.err + str(found.data)


def test_an_output_that_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    blocked = tmp_path / "berkas"
    blocked.write_text("bukan folder", "utf-8")
    found = run("backup", blocked / "a.db")
    assert (found.exit_code, found.error_code) == (3, "FILE_NOT_WRITABLE")


def test_a_real_process_keeps_to_the_contract(folder: Path) -> None:
    answer = called(["check", "--user", FOUNDER, "--json"], folder=folder)
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout)["ok"] is True
    assert answer.stderr == ""


def test_json_survives_a_pipe_that_is_not_utf_8(folder: Path, tmp_path: Path) -> None:
    """Windows gives programs such pipes; what a script reads must still be what was written."""
    title = "Perlindungan “Pekerja” — Manado 😀"
    path = written(tmp_path / "a.json", AGREEMENT | {"title": title})
    who = ["--user", FOUNDER]
    for encoding in ("cp1252", "ascii", "utf-8"):
        called([*who, "agreement", "add", str(path)], folder=folder, encoding=encoding)
        answer = called([*who, "agreement", "list", "--json"], folder=folder, encoding=encoding)
        assert {item["title"] for item in json.loads(answer.stdout)["agreements"]} == {title}
        lines = called([*who, "agreement", "list"], folder=folder, encoding=encoding)
        assert (lines.returncode, lines.stderr) == (0, "")


def test_a_real_process_without_password_does_not_wait_for_one(folder: Path) -> None:
    answer = called(["check", "--user", FOUNDER, "--json"], folder=folder, password=None)
    assert answer.returncode == 1
    assert json.loads(answer.stdout)["error"]["code"] == "PASSWORD_NEEDED"


def test_an_office_is_founded_once(tmp_path: Path) -> None:
    line = ["--data", str(tmp_path / "baru"), "init", "--user", "rina", "--json"]
    first = called([*line, "--office", "Kantor Cabang Manado"])
    assert first.returncode == 0, first.stderr
    made = json.loads(first.stdout)
    assert made["role"] == "penyelia"
    assert len(made["recovery_code"].split("-")) == 8
    before = {path.name: path.read_bytes() for path in (tmp_path / "baru").iterdir()}
    second = called([*line, "--office", "Kantor Lain"])
    assert second.returncode == 1
    assert json.loads(second.stdout)["error"]["code"] == "OFFICE_EXISTS"
    assert {path.name: path.read_bytes() for path in (tmp_path / "baru").iterdir()} == before


def test_a_first_password_is_typed_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = iter([PASSWORD, "kapal putih berlayar pogi"])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(typed))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    line = ["--data", str(tmp_path / "baru"), "init", "--office", "A", "--user", "rina", "--json"]
    assert main(line) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "PASSWORD_MISTYPED"
    assert not (tmp_path / "baru").exists()


def test_a_reader_that_has_seen_enough_is_no_fault(folder: Path) -> None:
    words = [sys.executable, *CODE, "--data", str(folder), "--user", FOUNDER, "audit", "list"]
    asked = subprocess.Popen(
        words,
        env=os.environ | {"BPJSDESK_PASSWORD": PASSWORD},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert asked.stdout is not None
    asked.stdout.close()
    assert asked.stderr is not None
    assert asked.stderr.read() == b""
    assert asked.wait(timeout=60) == 0
    asked.stderr.close()


def test_a_weak_first_password_founds_nothing(tmp_path: Path) -> None:
    line = ["--data", str(tmp_path / "baru"), "init", "--office", "A", "--user", "rina", "--json"]
    refused = called(line, password="pendek")
    assert refused.returncode == 1
    assert json.loads(refused.stdout)["error"]["code"] == "PASSWORD_SHORT"
    assert not (tmp_path / "baru").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("agreement", "show", "abc"), "ID: abc: tulis bilangan bulat mulai 1."),
        (("agreement", "list", "--foo"), "Tidak dikenal: --foo."),
        (("batch", "show"), "Belum diisi: ID."),
        (("agreement", "list", "--data"), "--data memerlukan isi."),
        (("nyata",), "PERINTAH: 'nyata' tidak ada."),
    ],
)
def test_wrong_usage_is_explained_in_indonesian(
    words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--json"] if words[-1] != "--data" else ["--json", *words]) == 2
    assert told in json.loads(capsys.readouterr().out)["error"]["message"]


def test_help_is_indonesian(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["batch", "check", "--help"]) == 0
    shown = capsys.readouterr().out
    assert "Cara menulis: " in shown
    for english in ("usage", "options", "positional", "show this"):
        assert english not in shown
    assert shown.count("pilihan:") == 1
