"""The source of the MSI: who replaces whom, what is refused, and identities that stay."""

from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from build_scripts import product
from build_scripts.dev_report import Stop
from build_scripts.make_wxs import NAMESPACE, Package, component_guid, content_code, wxs
from tests.build_scripts.stub_bundle import make_stub


def package(tmp_path: Path, version: str = "1.2.3") -> Package:
    if not (tmp_path / "tree").exists():
        make_stub(tmp_path / "tree")
    return Package(folder=tmp_path, tree=Path("tree"), version=version)


def elements(source: str, name: str) -> list[Xml.Element]:
    return list(Xml.fromstring(source).iter(f"{{{NAMESPACE}}}{name}"))


def test_every_file_is_a_component_of_the_one_feature(tmp_path: Path) -> None:
    source = wxs(package(tmp_path))
    files = {each.get("Source") for each in elements(source, "File")}
    assert files == {
        "tree/bpjsdesk.exe",
        "tree/bpjsdesk-cli.exe",
        "tree/_internal/python311.dll",
        "tree/_internal/base_library.zip",
        "tree/_internal/PySide6/plugins & more/qwindows.dll",
    }
    components = sorted(each.get("Id", "") for each in elements(source, "Component"))
    assert components == sorted(each.get("Id", "") for each in elements(source, "ComponentRef"))
    assert len(set(components)) == len(files) + 1  # and the start menu's


def test_identities_stay_from_version_to_version(tmp_path: Path) -> None:
    one, two = (wxs(package(tmp_path, version)) for version in ("1.2.3", "1.3.0"))
    guids = [[each.get("Guid") for each in elements(source, "Component")] for source in (one, two)]
    assert guids[0] == guids[1]
    assert component_guid(Path("bpjsdesk.exe")) == "ae9fec91-70dc-5dca-9b99-c46062270248"
    for source in (one, two):
        (upgrade,) = elements(source, "Upgrade")
        assert upgrade.get("Id") == product.UPGRADE_CODE.upper()


def test_older_and_equal_versions_are_replaced_and_newer_ones_refused(tmp_path: Path) -> None:
    source = wxs(package(tmp_path, "1.2.9"))
    older, newer = elements(source, "UpgradeVersion")
    assert (older.get("Maximum"), older.get("OnlyDetect")) == ("1.2.10", None)
    assert (newer.get("Minimum"), newer.get("OnlyDetect")) == ("1.2.9", "yes")
    assert (newer.get("IncludeMinimum"), newer.get("Property")) == ("no", "NEWERFOUND")
    conditions = {each.text: each.get("Message") or "" for each in elements(source, "Condition")}
    assert "lebih baru" in conditions["Installed OR NOT NEWERFOUND"]
    assert "setup.exe" in conditions["Installed OR NOT (SETUPMACHINE OR SETUPUSER)"]
    oldest = "Installed OR (VersionNT64 AND WINDOWSBUILD >= 17763)"
    assert "1809" in conditions[oldest]


def test_the_setup_edition_is_looked_for_where_it_enters_itself(tmp_path: Path) -> None:
    searches = elements(wxs(package(tmp_path)), "RegistrySearch")
    found = {each.get("Root") for each in searches if each.get("Key") == product.UNINSTALL_KEY}
    assert found == {"HKLM", "HKCU"}


def test_names_are_escaped_and_strange_ones_refused(tmp_path: Path) -> None:
    sound = package(tmp_path)
    assert "plugins &amp; more" in wxs(sound)
    (tmp_path / "tree" / "_internal" / "naïve.dll").write_bytes(b"MZ")
    with pytest.raises(Stop, match="ï"):
        wxs(sound)


def test_an_identity_depends_on_the_source_and_on_every_byte() -> None:
    codes = {
        content_code("a", iter([b"1", b"2"])),
        content_code("b", iter([b"1", b"2"])),
        content_code("a", iter([b"12"])),
        content_code("a", iter([b"2", b"1"])),
    }
    assert len(codes) == 4
