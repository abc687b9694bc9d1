"""Setup and MSI come out of any program folder, equal on every run, and out of nothing else."""

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from build_scripts import installers, product
from build_scripts.audit_binaries import version_texts
from build_scripts.dev_report import Stop
from build_scripts.installers import make_msi, make_setup
from build_scripts.sign import make_test_certificate, verify_file
from tests.build_scripts.installer_tools import need
from tests.build_scripts.stub_bundle import make_stub

LICENCE = product.ROOT / "LICENSE"
MARCH = 1_772_000_000


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(MARCH))
    return make_stub(tmp_path / "bundle")


def setup_of(bundle: Path, out: Path, version: str = "1.2.3") -> bytes:
    made = make_setup(bundle, out, version=version, licence=LICENCE, is_quick=True)
    return made.read_bytes()


def test_the_setup_program_compiles_without_a_warning(bundle: Path, tmp_path: Path) -> None:
    need("makensis")
    made = setup_of(bundle, tmp_path / "out" / "one-setup.exe")
    assert made.startswith(b"MZ")
    assert "BPJS Desk".encode("utf-16-le") in made
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["one-setup.exe"]


def test_the_setup_program_tells_the_product_version_in_indonesian(
    bundle: Path, tmp_path: Path
) -> None:
    need("makensis")
    pefile = pytest.importorskip("pefile", reason="the audit's reader is in the group `freeze`")
    out = tmp_path / "one-setup.exe"
    setup_of(bundle, out, "1.2.4")
    with pefile.PE(str(out)) as read:
        told = version_texts(read)
    assert (told["FileVersion"], told["ProductVersion"]) == ("1.2.4", "1.2.4")
    assert told["language"] == "0421"


def test_equal_folders_give_equal_setup_programs(bundle: Path, tmp_path: Path) -> None:
    need("makensis")
    one = setup_of(bundle, tmp_path / "one-setup.exe")
    made_in = int(time.time())
    later = shutil.copytree(bundle, tmp_path / "copy")  # other dates, another order on the disk
    while int(time.time()) == made_in:  # files carry whole seconds
        time.sleep(0.05)
    assert one == setup_of(later, tmp_path / "two-setup.exe")
    assert one != setup_of(bundle, tmp_path / "one-setup.exe", "1.2.4")


def test_a_setup_program_names_its_files_in_one_order(bundle: Path) -> None:
    lines = installers._file_lines(bundle.parent / "bundle")  # noqa: SLF001 - what NSIS is given
    assert lines == "\n"
    shutil.copytree(bundle, bundle.parent / "laid" / "tree")
    lines = installers._file_lines(bundle.parent / "laid")  # noqa: SLF001
    places = [line for line in lines.splitlines() if line.startswith("SetOutPath")]
    assert places == [
        r'SetOutPath "$INSTDIR\_bpjsdesk-baru\_internal\PySide6\plugins & more"',
        r'SetOutPath "$INSTDIR\_bpjsdesk-baru\_internal"',
        r'SetOutPath "$INSTDIR\_bpjsdesk-baru"',
    ]


def test_the_msi_builds_and_tells_its_name_and_language(bundle: Path, tmp_path: Path) -> None:
    need("wixl", "msibuild", "msiinfo")
    made = make_msi(bundle, tmp_path / "out" / "one.msi", version="1.2.3")
    told = subprocess.run(
        ["msiinfo", "suminfo", str(made)], capture_output=True, text=True, check=True
    ).stdout
    assert "Subject: BPJS Desk" in told
    assert "Template: x64;1057" in told
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["one.msi"]


def test_equal_folders_give_equal_msis_and_others_another_identity(
    bundle: Path, tmp_path: Path
) -> None:
    need("wixl", "msibuild")
    later = shutil.copytree(bundle, tmp_path / "copy")
    one = make_msi(bundle, tmp_path / "one.msi", version="1.2.3")
    two = make_msi(later, tmp_path / "two.msi", version="1.2.3")
    assert one.read_bytes() == two.read_bytes()
    (later / "_internal" / "base_library.zip").write_bytes(b"PK changed")
    three = make_msi(later, tmp_path / "three.msi", version="1.2.3")
    assert product_code(one) != product_code(three)


def product_code(msi: Path) -> str:
    told = subprocess.run(
        ["msidump", "-t", str(msi)], cwd=msi.parent, capture_output=True, text=True, check=True
    )
    assert told.returncode == 0
    lines = (msi.parent / "Property.idt").read_text("utf-8").splitlines()
    return next(line for line in lines if line.startswith("ProductCode"))


def test_a_folder_with_more_than_the_program_is_refused(bundle: Path, tmp_path: Path) -> None:
    (bundle / "rahasia.txt").write_text("not for anybody", "utf-8")
    with pytest.raises(Stop, match=r"rahasia\.txt"):
        make_msi(bundle, tmp_path / "one.msi", version="1.2.3")
    assert not (tmp_path / "one.msi").exists()


def test_setup_and_msi_are_signed_where_a_signer_is_given(bundle: Path, tmp_path: Path) -> None:
    need("makensis", "wixl", "msibuild", "osslsigncode")
    signer = make_test_certificate(tmp_path / "certificate")
    setup = make_setup(
        bundle,
        tmp_path / "one-setup.exe",
        version="1.2.3",
        licence=LICENCE,
        signer=signer,
        is_quick=True,
    )
    verify_file(setup, signer)
    verify_file(make_msi(bundle, tmp_path / "one.msi", version="1.2.3", signer=signer), signer)


def test_the_uninstaller_is_signed_before_it_is_packed(bundle: Path, tmp_path: Path) -> None:
    need("makensis")
    signer = make_test_certificate(tmp_path / "certificate")
    Path(signer.key).unlink()
    with pytest.raises(Stop, match="was not signed"):
        make_setup(
            bundle, tmp_path / "one-setup.exe", version="1.2.3", licence=LICENCE, signer=signer
        )
