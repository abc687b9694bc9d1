"""What ships is named with its licence and its text, and a licence that does not fit ends it."""

import csv
import json
import shutil
import subprocess
import sysconfig
from collections.abc import Sequence
from pathlib import Path

import pytest

pytest.importorskip("cyclonedx", reason="the papers need the packages of the group `freeze`")
pytest.importorskip("license_expression", reason="as above")

from build_scripts import build_papers, licences, product, sums
from build_scripts.bundle_owners import bundle_problems, module_problems
from build_scripts.licence_rules import PaperProblem, refusal
from build_scripts.sbom import sbom_text, write_sbom
from build_scripts.shipped import PARTS, locked, python_version, shipped
from tests.build_scripts.made_up_packages import MadeUp

MIT, GPL = "License-Expression: MIT", "License-Expression: GPL-3.0-only"
OSI = "Classifier: License :: OSI Approved"


@pytest.fixture
def made_up(tmp_path: Path) -> MadeUp:
    return MadeUp(tmp_path)


@pytest.mark.parametrize(
    "told",
    [
        MIT,
        "License: Apache-2.0",
        f"{OSI} :: MIT License",
        "License: LGPL-3.0-only OR GPL-3.0-only",
        "License-Expression: (MIT OR GPL-2.0-only) AND Unicode-3.0",
        "License-Expression: GPL-2.0-or-later WITH Bootloader-exception",
    ],
)
def test_a_package_whose_licence_fits_is_named(made_up: MadeUp, told: str) -> None:
    made_up.install("kind", told, version="2.5")
    (found,) = made_up.shipped()
    assert (found.name, found.version) == ("kind", "2.5")
    assert str(found.purl) == "pkg:pypi/kind@2.5"
    assert [text.read_text(encoding="utf-8") for text in found.texts] == ["Do as you like."]


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (GPL, "strict: GPL-only: GPL-3.0-only"),
        ("License-Expression: AGPL-3.0-or-later", "strict: GPL-only: AGPL-3.0-or-later"),
        ("License-Expression: MIT AND GPL-2.0-only", "strict: GPL-only: GPL-2.0-only"),
        (f"{OSI} :: GNU General Public License v2 (GPLv2)", "strict: GPL-only: GPL-2.0-only"),
        ("License-Expression: GPL-2.0-only WITH Classpath-exception-2.0", "strict: GPL-only"),
        ("License: Our own terms, see the site", "strict: no licence is told"),
        (f"{OSI} :: BSD License", "strict: no licence is told"),
        ("License-Expression: LicenseRef-Secret", "strict: licence not reviewed"),
        ("License-Expression: SSPL-1.0", "strict: licence not reviewed: SSPL-1.0"),
    ],
)
def test_a_licence_that_does_not_fit_ends_the_build(
    made_up: MadeUp, told: str, reason: str
) -> None:
    made_up.install("kind", MIT)
    made_up.install("strict", told)
    with pytest.raises(PaperProblem, match=reason) as caught:
        made_up.shipped()
    assert len(caught.value.reasons) == 1


def test_an_open_and_a_closed_classifier_together_tell_nothing_clear(made_up: MadeUp) -> None:
    closed = "Classifier: License :: Other/Proprietary License"
    made_up.install("both", f"{OSI} :: MIT License", closed)
    with pytest.raises(PaperProblem, match="both: no licence is told"):
        made_up.shipped()


def test_what_is_compiled_into_a_package_is_judged_too(made_up: MadeUp) -> None:
    info = made_up.install("outer", MIT)
    inner = {"name": "inner", "version": "3", "purl": "pkg:cargo/inner@3?download_url=file://x"}
    only_for_building = {"name": "builder", "version": "1", "scope": "excluded"}
    made_up.compile_in(info, {**inner, "licenses": [{"expression": "MIT"}]}, only_for_building)
    (outer,) = made_up.shipped()
    assert [(part.name, str(part.purl)) for part in outer.built] == [("inner", "pkg:cargo/inner@3")]


def test_gpl_code_compiled_into_a_package_ends_the_build(made_up: MadeUp) -> None:
    info = made_up.install("outer", MIT)
    made_up.compile_in(info, {"name": "inner", "licenses": [{"license": {"id": "GPL-2.0-only"}}]})
    with pytest.raises(PaperProblem, match="outer, inner inside it: GPL-only"):
        made_up.shipped()


def test_only_the_lock_of_the_target_counts(made_up: MadeUp) -> None:
    made_up.install("everywhere", MIT)
    made_up.install("windows-only", MIT, marker="sys_platform == 'win32'")
    made_up.install("newer-only", GPL, marker="python_full_version >= '3.14'")
    made_up.install("setuptools", MIT)  # stays out of the frozen program by its rules
    assert [each.name for each in made_up.shipped("linux")] == ["everywhere"]
    assert [each.name for each in made_up.shipped("win")] == ["everywhere", "windows-only"]


def test_packages_that_differ_from_the_lock_are_named(made_up: MadeUp) -> None:
    made_up.install("old", MIT, version="1.0")
    made_up.lock("old", "2.0")
    made_up.lock("gone", "1.0")
    with pytest.raises(PaperProblem) as caught:
        made_up.shipped()
    assert caught.value.reasons == (
        "gone: the lock wants 1.0, installed is none",
        "old: the lock wants 2.0, installed is 1.0",
    )


def test_a_package_without_a_licence_text_ends_the_build(made_up: MadeUp) -> None:
    made_up.install("silent", MIT, text="")
    with pytest.raises(PaperProblem, match="silent: its dist-info holds no licence text"):
        made_up.shipped()


def test_a_text_that_the_metadata_does_not_name_counts_too(made_up: MadeUp) -> None:
    info = made_up.install("first", "License-Expression: MIT")
    told = (info / "METADATA").read_text(encoding="utf-8")
    (info / "METADATA").write_text(told.replace("License-File: LICENSE\n", ""), encoding="utf-8")
    assert [text.name for text in made_up.shipped()[0].texts] == ["LICENSE"]


def test_a_part_must_be_reviewed_again_with_its_package(made_up: MadeUp) -> None:
    made_up.install("carrier", MIT, version="1.1")
    own_text = {"licence": "MIT", "texts": "carrier:LICENSE"}
    made_up.add_part("engine", version="7", inside="carrier==1.0", **own_text)
    with pytest.raises(PaperProblem, match=r"engine was reviewed in carrier==1.0, .* wants 1.1"):
        made_up.shipped()


def test_a_part_of_the_python_tells_its_version_and_needs_its_text(made_up: MadeUp) -> None:
    told = {"version": "see package", "licence": "PSF-2.0", "inside": "python"}
    made_up.add_part("CPython", texts="resources/licences/CPYTHON.txt", **told)
    assert [each.version for each in made_up.shipped()] == ["3.11.9"]
    made_up.add_part("libffi", texts="resources/licences/none.txt", **told)
    with pytest.raises(PaperProblem, match="libffi: no licence text"):
        made_up.shipped()


def test_the_windows_python_tells_its_version_by_its_library(tmp_path: Path) -> None:
    site = tmp_path / "Lib" / "site-packages"
    site.mkdir(parents=True)
    (tmp_path / "python3.dll").write_bytes(b"MZ forwards only")
    (tmp_path / "python311.dll").write_bytes(b"MZ\x003.12\x003.11.9\x00")
    assert python_version(site) == "3.11.9"


def test_the_list_is_valid_and_the_same_for_the_same_commit(
    made_up: MadeUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795132800")
    info = made_up.install("outer", "License-Expression: MIT OR Apache-2.0")
    crate = {"name": "inner", "version": "3", "licenses": [{"expression": "MIT"}]}
    made_up.compile_in(info, crate)
    components = made_up.shipped()
    file = tmp_path / "list.cdx.json"
    write_sbom(components, file, system="win")
    assert file.read_text(encoding="utf-8") == sbom_text(components, system="win")
    told = json.loads(file.read_bytes())
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    assert told["metadata"]["timestamp"] == "2026-11-20T00:00:00+00:00"
    assert told["metadata"]["component"]["version"] == product.version()
    (outer,) = told["components"]
    assert outer["licenses"] == [{"expression": "MIT OR Apache-2.0"}]
    assert outer["components"][0]["name"] == "inner"
    assert told["serialNumber"] != json.loads(sbom_text(components, system="linux"))["serialNumber"]


def test_texts_are_collected_once_and_can_be_read(made_up: MadeUp, tmp_path: Path) -> None:
    made_up.install("first", MIT, text="Shared words.\r\n")
    made_up.install("second", MIT, text="Shared words.\n")
    made_up.install("third", MIT, text="Copyright Häring".encode("cp1252"))
    target = tmp_path / "licences"
    licences.collect(made_up.shipped(), target)
    words = (target / licences.ALL_IN_ONE).read_text(encoding="utf-8-sig")
    assert words.count("Shared words.") == 1
    assert "[teks/second/LICENSE: sama dengan teks/first/LICENSE di atas]" in words
    assert "Copyright Häring" in words
    assert "LGPL VERSI 3" in words
    with (target / licences.TABLE).open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row["nama"] for row in rows] == [product.NAME, "first", "second", "third"]
    for place in " ".join(row["teks"] for row in rows).split():
        assert (target / place).is_file()
    assert (target / "LGPL-3.0.txt").is_file()


def test_each_binary_of_the_bundle_needs_somebody_who_answers_for_it(
    made_up: MadeUp, tmp_path: Path
) -> None:
    made_up.add_part(
        "CPython",
        version="see package",
        licence="PSF-2.0",
        inside="python",
        files="python3*.dll *.pyd bpjsdesk.exe **/vcruntime140*.dll",
        texts="resources/licences/CPYTHON.txt",
    )
    bundle = tmp_path / "bundle"
    for place in (
        "bpjsdesk.exe",
        "_internal/python311.dll",
        "_internal/_ctypes.pyd",
        "_internal/tool/core.pyd",
        "_internal/tool/VCRUNTIME140.dll",
        "_internal/stray/more.pyd",
        "_internal/stranger.dll",
        "_internal/libreadline.so.8",
        "_internal/resources/note.txt",
    ):
        (bundle / place).parent.mkdir(parents=True, exist_ok=True)
        (bundle / place).touch()
    (made_up.site / "tool").mkdir()
    (made_up.site / "tool" / "core.pyd").touch()
    found = list(bundle_problems(bundle, made_up.site, made_up.shipped()))
    assert [each.split(":")[0] for each in found] == [
        "_internal/libreadline.so.8",
        "_internal/stranger.dll",
        "_internal/stray/more.pyd",
    ]


def test_a_module_that_came_along_unasked_is_named(made_up: MadeUp, tmp_path: Path) -> None:
    pytest.importorskip("PyInstaller", reason="the papers need the packages of the group `freeze`")
    info = made_up.install("kind-tool", MIT)
    with (info / "RECORD").open("a", encoding="utf-8") as opened:
        opened.write("kindtool/__init__.py,,\nkindmodule.py,,\n")
    bundle = tmp_path / "bundle"
    bundle.mkdir()
    names = ("json.decoder", "bpjsdesk.files", "kindtool.core", "kindmodule", "defusedxml.sax")
    freeze(bundle / "bpjsdesk", names)
    found = list(module_problems(bundle, made_up.shipped()))
    assert found == ["bpjsdesk: the module defusedxml is of no package in the lock"]


def freeze(program: Path, modules: Sequence[str]) -> None:
    """Make a program as PyInstaller does, of empty modules."""
    from PyInstaller.archive.writers import (  # type: ignore[import-untyped]  # noqa: PLC0415
        CArchiveWriter,
        ZlibArchiveWriter,
    )

    archive = program.with_suffix(".pyz")
    empty = compile("", "empty.py", "exec")
    entries = [(name, "empty.py", "PYMODULE") for name in modules]
    ZlibArchiveWriter(str(archive), entries, dict.fromkeys(modules, empty))
    CArchiveWriter(str(program), [("PYZ.pyz", str(archive), False, "z")], "libpython3.11.so")
    archive.unlink()


@pytest.mark.parametrize("system", product.TARGETS)
def test_the_parts_fit_the_lock_of_today(system: str) -> None:
    wanted = locked(
        product.ROOT / "build_scripts" / "requirements" / "gui.txt", system=system, python="3.11.9"
    )
    with PARTS.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    for row in rows:
        package, _, reviewed = row["inside"].partition("==")
        assert not reviewed or wanted[package] == reviewed, row["name"]
        assert refusal(row["licence"]) is None, row["name"]
        assert set(row["systems"].split()) <= set(product.TARGETS)


def test_papers_of_this_environment_are_complete(tmp_path: Path) -> None:
    pytest.importorskip("PySide6", reason="the lock of the window is not installed here")
    pytest.importorskip("PyInstaller", reason="the papers need the packages of the group `freeze`")
    site = Path(sysconfig.get_path("purelib"))
    system = "win" if sysconfig.get_platform().startswith("win") else "linux"
    if python_version(site) >= "3.14":
        pytest.skip("the parts are reviewed for the Python that is frozen, below 3.14")
    release = tmp_path / "release"
    build_papers.write_papers(release, site, system, bundle=tmp_path / "no bundle")
    assert {path.name for path in release.iterdir()} == {
        build_papers.sbom_name(system),
        "LISENSI-PIHAK-KETIGA.txt",
        "PANDUAN_IT.md",
        "SHA256SUMS",
        "lisensi",
    }
    assert sums.verify(release) == []
    names = {each.name for each in shipped(site, system=system)}
    assert {"Qt", "SQLCipher", "SQLite", "PDFium", "CPython", "Inter", "sqlalchemy"} <= names
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--check", "--quiet", sums.NAME], cwd=release, check=True)
