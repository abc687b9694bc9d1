import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from build_scripts import build_deliver, build_freeze, product
from build_scripts.audit_bundle import audit
from build_scripts.bare_debian import QT_PACKAGES, SCREEN_PACKAGES
from build_scripts.build_deliver import pack
from build_scripts.build_run import run
from build_scripts.build_steps import STEPS, Build, Facts, chosen_by, misfit
from build_scripts.dev_report import Stop
from build_scripts.machines import LocalMachine

SOURCE_DATE = "1700000000"
CAN_FREEZE = (
    sys.platform == "linux"
    and all(importlib.util.find_spec(name) for name in ("PyInstaller", "PySide6"))
    and shutil.which("objdump") is not None
)


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Freeze the program once, as build.py does."""
    if not CAN_FREEZE:
        pytest.skip("freezing here needs Linux, PyInstaller, PySide6 and binutils")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", SOURCE_DATE)
        return build_freeze.frozen(LocalMachine(), tmp_path_factory.mktemp("freeze"))


def told_by(program: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run a frozen program as an office would: without any of this checkout's surroundings."""
    surroundings = {name: os.environ[name] for name in ("HOME", "PATH") if name in os.environ}
    return subprocess.run(
        [program, *words],
        env={**surroundings, "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"},
        cwd=program.parent,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_frozen_program_passes_its_self_test_window_included(frozen: Path) -> None:
    done = told_by(frozen / product.CLI, "self-test", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    names = {step["name"] for step in json.loads(done.stdout)["steps"]}
    assert {"Baca daftar di proses terpisah dan terima", "Jendela utama digambar"} <= names


def test_the_frozen_program_tells_its_version(frozen: Path) -> None:
    assert product.version() in told_by(frozen / product.CLI, "--version").stdout


def test_the_audit_finds_nothing_in_the_frozen_program(frozen: Path) -> None:
    assert audit(frozen, "linux") == []


def test_both_programs_share_one_folder_of_contents(frozen: Path) -> None:
    names = {path.name for path in frozen.iterdir()}
    assert names == {product.WINDOW, product.CLI, "_internal"}


@pytest.mark.long
def test_freezing_again_gives_the_same_bytes(frozen: Path, tmp_path: Path) -> None:
    again = build_freeze.frozen(LocalMachine(), tmp_path)
    assert build_freeze.sizes(again) == build_freeze.sizes(frozen)


@pytest.fixture(autouse=True)
def source_date(monkeypatch: pytest.MonkeyPatch) -> None:
    """Name the moment of the sources, so that git is not asked for it: it may be missing."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", SOURCE_DATE)


def good(build: Build) -> Facts:
    return {"for": build.target}


def bad(build: Build) -> Facts:
    raise Stop(f"no {build.target} today")


def office(tmp_path: Path, *steps: str) -> Build:
    return Build(target="linux", is_wine=False, steps=steps, folder=tmp_path)


def test_a_failing_step_names_itself_and_ends_the_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build = office(tmp_path, "deps", "freeze", "audit")
    assert run(build, {"deps": good, "freeze": bad, "audit": good}) == 1
    told = capsys.readouterr()
    assert "no linux today\nThe step freeze failed." in told.err
    assert "audit" not in told.out
    steps = json.loads(build.record.read_text("utf-8"))["steps"]
    assert steps["deps"]["ok"] is True
    assert steps["freeze"]["ok"] is False
    assert "audit" not in steps


def test_the_record_keeps_what_earlier_runs_told_about_the_same_commit(tmp_path: Path) -> None:
    for step in ("freeze", "audit"):
        assert run(office(tmp_path, step), {step: good}) == 0
    record = json.loads(office(tmp_path).record.read_text("utf-8"))
    assert [*record["steps"]] == ["freeze", "audit"]
    assert record["steps"]["freeze"]["for"] == "linux"
    assert record["version"] == product.version()


def test_the_record_forgets_what_was_told_about_another_commit(tmp_path: Path) -> None:
    build = office(tmp_path, "audit")
    build.record.parent.mkdir(parents=True)
    earlier = {"commit": "of long ago", "steps": {"freeze": {"ok": True}}}
    build.record.write_text(json.dumps(earlier), "utf-8")
    assert run(build, {"audit": good}) == 0
    assert [*json.loads(build.record.read_text("utf-8"))["steps"]] == ["audit"]


def test_every_step_is_run_unless_some_are_named() -> None:
    target = "win" if sys.platform == "win32" else "linux"
    assert chosen_by(["--target", target]).steps == STEPS
    named = chosen_by(["--target", target, "--only", "sums", "freeze"])
    assert named.steps == ("freeze", "sums")  # in the order of building


@pytest.mark.parametrize(
    ("target", "system", "is_wine", "fits"),
    [
        ("win", "win32", False, True),
        ("linux", "linux", False, True),
        ("win", "linux", True, True),
        ("win", "linux", False, False),
        ("linux", "win32", False, False),
        ("linux", "linux", True, False),
        ("win", "win32", True, False),
    ],
)
def test_a_target_is_made_on_its_own_system_or_in_wine(
    target: str, system: str, is_wine: bool, fits: bool
) -> None:
    assert (misfit(target, system=system, is_wine=is_wine) == "") == fits


@pytest.mark.skipif(os.name == "nt", reason="Windows has no rights to run a file")
def test_the_archive_is_equal_for_equal_files(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        bundle = tmp_path / name / "bpjsdesk"
        (bundle / "_internal").mkdir(parents=True)
        (bundle / "bpjsdesk").write_bytes(b"program")
        (bundle / "bpjsdesk").chmod(0o700)
        (bundle / "_internal" / "data.csv").write_bytes(b"1;2")
        made.append(pack(bundle, tmp_path / f"{name}.tar.xz").read_bytes())
    assert made[0] == made[1]
    with tarfile.open(tmp_path / "one.tar.xz") as archive:
        entries = {entry.name: entry for entry in archive}
    top = f"BPJSDesk-{product.version()}"
    assert entries[f"{top}/bpjsdesk"].mode == 0o755
    assert entries[f"{top}/_internal/data.csv"].mode == 0o644
    assert {entry.uid for entry in entries.values()} == {0}
    assert {entry.mtime for entry in entries.values()} == {int(SOURCE_DATE)}


def test_the_guide_names_the_packages_that_the_bare_debian_gets() -> None:
    guide = (product.ROOT / "build_scripts" / "PANDUAN_IT.md").read_text("utf-8")
    assert " ".join(("apt install", *QT_PACKAGES, *SCREEN_PACKAGES)) + "\n" in guide


def test_an_installer_larger_than_promised_ends_the_build(tmp_path: Path) -> None:
    made = tmp_path / "setup.exe"
    made.write_bytes(b"x" * 2_000)
    build_deliver.require_within(made, 2_000)
    with pytest.raises(Stop, match=r"setup\.exe has 0\.0 MB"):
        build_deliver.require_within(made, 1_999)
