"""The trial of the installers reads Windows' answers rightly, and waits no longer than it says."""

import json
import shutil
from pathlib import Path

import pytest

from build_scripts import installers, product
from build_scripts.machines import LocalMachine
from build_scripts.smoke_install import Sources, smoke, write_report
from build_scripts.smoke_pc import (
    TIMED_OUT,
    Finding,
    Findings,
    Pc,
    await_that,
    digests,
    read_export,
)
from build_scripts.wine.cache import default_cache
from build_scripts.wine.machine import WineMachine
from tests.build_scripts.stub_bundle import COMPILER, make_stub

EXPORT = r"""Windows Registry Editor Version 5.00

[HKEY_LOCAL_MACHINE\Software\BPJS Desk]
"InstallDir"="C:\\Aplikasi Saya\\Désk Ünï"
"UninstallString"="\"C:\\A B\\uninstall.exe\" /AllUsers"
"EstimatedSize"=dword:0001f400
"MsiInstallDir"=hex(2):25,00,41,00,25,00,\
  5c,00,42,00,00,00
"Blob"=hex:01,02

[HKEY_LOCAL_MACHINE\Software\BPJS Desk\Inner]
"Empty"=""
"""


def test_an_export_of_the_registry_is_read_with_accents_quotes_and_variables() -> None:
    assert read_export(EXPORT.replace("\n", "\r\n")) == {
        r"HKEY_LOCAL_MACHINE\Software\BPJS Desk": {
            "InstallDir": r"C:\Aplikasi Saya\Désk Ünï",
            "UninstallString": r'"C:\A B\uninstall.exe" /AllUsers',
            "EstimatedSize": 128000,
            "MsiInstallDir": r"%A%\B",
        },
        r"HKEY_LOCAL_MACHINE\Software\BPJS Desk\Inner": {"Empty": ""},
    }


def test_findings_carry_their_part_and_tell_both_sides_of_a_difference(
    capfd: pytest.CaptureFixture[str],
) -> None:
    findings = Findings()
    findings.start("MSI")
    findings.note("refused", True, "code 67")
    findings.equal("version", "0.0.1", "1.2.3")
    assert findings.all() == (
        Finding(name="MSI: refused", ok=True, detail="code 67"),
        Finding(name="MSI: version", ok=False, detail="'0.0.1', expected '1.2.3'"),
    )
    assert "FAILED MSI: version" in capfd.readouterr().out


def test_a_wait_ends_by_the_clock(tmp_path: Path) -> None:
    assert await_that(lambda: True, timeout_s=0)
    assert not await_that((tmp_path / "never").exists, timeout_s=0)


def test_a_program_without_an_end_is_a_code(tmp_path: Path) -> None:
    pc = Pc(LocalMachine(), tmp_path / "work")
    endless = [str(pc.machine.python), "-c", "import time; time.sleep(60)"]
    assert pc.run(endless, timeout_s=0.5).returncode == TIMED_OUT


def test_a_folder_is_compared_by_every_byte(tmp_path: Path) -> None:
    bundle = make_stub(tmp_path / "bundle")
    copy = shutil.copytree(bundle, tmp_path / "copy")
    assert digests(copy) == digests(bundle)
    (copy / "_internal" / "base_library.zip").write_bytes(b"PL")
    assert digests(copy) != digests(bundle)
    assert digests(tmp_path / "missing") == {}


def test_the_report_is_a_list_that_a_script_can_read(tmp_path: Path) -> None:
    write_report([Finding(name="a", ok=True, detail="é")], tmp_path / "found.json")
    listed = json.loads((tmp_path / "found.json").read_text("utf-8"))
    assert listed == [{"name": "a", "ok": True, "detail": "é"}]


@pytest.mark.long
def test_every_finding_is_good_on_a_stub_in_wine() -> None:
    cache = default_cache()
    if not cache.debian.exists() or shutil.which(COMPILER) is None:
        pytest.skip("needs the Wine of build_scripts/wine and mingw")
    folder = cache.work / "smoke-stub"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(cache.prefix("smoke-stub"), ignore_errors=True)
    bundle, version = make_stub(folder / "bundle", can_run=True), product.version()
    licence = product.ROOT / "LICENSE"
    sources = Sources(
        bundle=bundle,
        setup=installers.make_setup(
            bundle, folder / "one-setup.exe", version=version, licence=licence, is_quick=True
        ),
        msi=installers.make_msi(bundle, folder / "one.msi", version=version),
        licence=licence,
        version=version,
    )
    pc = WineMachine(cache, "smoke-stub", display=79)
    pc.boot()
    try:
        with pc.screen():
            findings = smoke(pc, sources, work=folder / "work")
    finally:
        pc.stop()
    assert [finding for finding in findings if not finding.ok] == []
