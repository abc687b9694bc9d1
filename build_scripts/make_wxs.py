"""Writes the source of the MSI: every file of the program folder is a component of its own.

Kept to what wixl 0.101 understands: relative sources, no dialogs, no MajorUpgrade/@Schedule, ASCII
texts only. `wix convert` makes a source for WiX 5 of it (not tried).
"""

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as Xml

from build_scripts import product
from build_scripts.dev_report import Stop

NAMESPACE = "http://schemas.microsoft.com/wix/2006/wi"
INDONESIAN, LATIN_1 = "1057", "1252"
ICON_ID = "app.ico"
NEWER_REFUSAL = (
    f"Versi {product.NAME} yang lebih baru sudah terpasang. "
    "Versi ini tidak dipasang dan tidak ada yang diubah."
)
SETUP_REFUSAL = (
    f"{product.NAME} di komputer ini dipasang dengan setup.exe. "
    "Hapus dahulu edisi itu, atau perbarui dengan setup.exe. Tidak ada yang diubah."
)
WINDOWS_REFUSAL = f"{product.NAME} memerlukan Windows 10 64-bit versi 1809 atau yang lebih baru."
OLDEST_BUILD = 17763  # of Windows, for Qt 6.8
# Before CostFinalize decides on folders, after the registry has been read (AppSearch, 50).
_AFTER_SEARCH, _AFTER_COSTS = "60", "1001"
# Inside the transaction: where the new version cannot be installed, the old one comes back.
_REMOVE_OLD = "1501"


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """Tell what the MSI holds; `tree` and `icon` are relative to the folder that wixl runs in."""

    folder: Path
    tree: Path
    version: str
    product_code: str = "*"
    icon: Path | None = None

    def files(self) -> list[Path]:
        """Give the files of the tree in an order that does not depend on the file system."""
        top = self.folder / self.tree
        found = [path.relative_to(top) for path in top.rglob("*") if path.is_file()]
        return sorted(found, key=lambda path: path.as_posix())


def content_code(source: str, files: Iterator[bytes]) -> str:
    """Give the identity that an equal source with equal files, and no other, has."""
    digest = hashlib.sha256(source.encode())
    for content in files:
        digest.update(hashlib.sha256(content).digest())
    return str(uuid.uuid5(uuid.UUID(product.COMPONENT_NAMESPACE), digest.hexdigest()))


def component_guid(path: Path) -> str:
    """Give a file's component the same identity in every version."""
    return str(uuid.uuid5(uuid.UUID(product.COMPONENT_NAMESPACE), path.as_posix()))


def wxs(package: Package) -> str:
    """Write the whole source.

    Raises: Stop when a text or a file name is not ASCII, which wixl would garble.
    """
    top = Xml.Element("Wix", xmlns=NAMESPACE)
    root = Xml.SubElement(
        top,
        "Product",
        Id=package.product_code,
        Name=product.NAME,
        Language=INDONESIAN,
        Codepage=LATIN_1,
        Version=package.version,
        Manufacturer=product.VENDOR,
        UpgradeCode=product.UPGRADE_CODE.upper(),
    )
    Xml.SubElement(
        root,
        "Package",
        InstallerVersion="500",
        Compressed="yes",
        InstallScope="perMachine",
        Description=f"Pemasang {product.NAME} {package.version}",
        Comments=product.DESCRIPTION,
        Manufacturer=product.VENDOR,
        Languages=INDONESIAN,
        SummaryCodepage=LATIN_1,
    )
    _add_upgrade(root, package.version)
    _add_refusals(root)
    Xml.SubElement(root, "Media", Id="1", Cabinet="app.cab", EmbedCab="yes")
    _add_list_entry(root, package)
    _add_place(root)
    components = _add_folders(root, package)
    feature = Xml.SubElement(root, "Feature", Id="Main", Title=product.NAME, Level="1")
    for component in components:
        Xml.SubElement(feature, "ComponentRef", Id=component)
    _add_sequences(root)
    return _written(top)


def _add_upgrade(root: Xml.Element, version: str) -> None:
    """Replace every older version and the same one; find a newer one.

    wixl overlooks IncludeMaximum, so the limit is the next number, itself left out.
    """
    major, minor, patch = (int(part) for part in version.split("."))
    upgrade = Xml.SubElement(root, "Upgrade", Id=product.UPGRADE_CODE.upper())
    older = {"Minimum": "0.0.0", "Maximum": f"{major}.{minor}.{patch + 1}"}
    Xml.SubElement(upgrade, "UpgradeVersion", older, Property="OLDERFOUND", IncludeMinimum="yes")
    newer = {"Minimum": version, "IncludeMinimum": "no", "OnlyDetect": "yes"}
    Xml.SubElement(upgrade, "UpgradeVersion", newer, Property="NEWERFOUND")


def _add_refusals(root: Xml.Element) -> None:
    refusals = {
        "Installed OR NOT NEWERFOUND": NEWER_REFUSAL,
        "Installed OR NOT (SETUPMACHINE OR SETUPUSER)": SETUP_REFUSAL,
        f"Installed OR (VersionNT64 AND WINDOWSBUILD >= {OLDEST_BUILD})": WINDOWS_REFUSAL,
    }
    for condition, message in refusals.items():
        Xml.SubElement(root, "Condition", Message=message).text = condition
    for name, hive in (("SETUPMACHINE", "HKLM"), ("SETUPUSER", "HKCU")):
        _add_search(root, name, hive, key=product.UNINSTALL_KEY, value="DisplayVersion")
    # what Windows tells an MSI by itself of Windows 8.1, 10 and 11 is 6.3
    windows = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion"
    _add_search(root, "WINDOWSBUILD", "HKLM", key=windows, value="CurrentBuildNumber")


def _add_search(root: Xml.Element, name: str, hive: str, *, key: str, value: str) -> None:
    found = Xml.SubElement(root, "Property", Id=name)
    words = {"Root": hive, "Key": key, "Name": value, "Type": "raw", "Win64": "yes"}
    Xml.SubElement(found, "RegistrySearch", words, Id=f"find{name}")


def _add_list_entry(root: Xml.Element, package: Package) -> None:
    """Fill the entry in Windows' list of programs; EstimatedSize is Windows' own work."""
    entry = {
        "ARPNOMODIFY": "1",
        "ARPNOREPAIR": "1",
        "ARPCOMMENTS": product.DESCRIPTION,
        "ARPCONTACT": product.VENDOR,
    }
    if package.icon is not None:
        entry["ARPPRODUCTICON"] = ICON_ID
        Xml.SubElement(root, "Icon", Id=ICON_ID, SourceFile=package.icon.as_posix())
    for name, value in entry.items():
        Xml.SubElement(root, "Property", Id=name, Value=value)


def _add_place(root: Xml.Element) -> None:
    """Let an upgrade stay in the folder that the first installation was given."""
    _add_search(root, "PREVIOUSDIR", "HKLM", key=product.REGISTRY_KEY, value="MsiInstallDir")
    for action, name, value in (
        ("KeepFolder", "INSTALLDIR", "[PREVIOUSDIR]"),
        ("TellFolder", "ARPINSTALLLOCATION", "[INSTALLDIR]"),
    ):
        words = {"Property": name, "Value": value, "Impersonate": "yes"}
        Xml.SubElement(root, "CustomAction", words, Id=action)


def _add_folders(root: Xml.Element, package: Package) -> list[str]:
    """Add the tree of folders with a component for each file; give the components' names."""
    target = Xml.SubElement(root, "Directory", Id="TARGETDIR", Name="SourceDir")
    programs = Xml.SubElement(target, "Directory", Id="ProgramFiles64Folder")
    top = Xml.SubElement(programs, "Directory", Id="INSTALLDIR", Name=product.NAME)
    folders = {Path(): top}
    components = [_add_menu(target, package)]
    for path in package.files():
        parent = _folder(folders, path.parent)
        components.append(_ident("c", path))
        words = {"Id": components[-1], "Guid": component_guid(path), "Win64": "yes"}
        source = (package.tree / path).as_posix()
        Xml.SubElement(
            Xml.SubElement(parent, "Component", words),
            "File",
            Id=_ident("f", path),
            Name=path.name,
            Source=source,
            KeyPath="yes",
        )
    return components


def _folder(folders: dict[Path, Xml.Element], path: Path) -> Xml.Element:
    if path not in folders:
        parent = _folder(folders, path.parent)
        folders[path] = Xml.SubElement(parent, "Directory", Id=_ident("d", path), Name=path.name)
    return folders[path]


def _add_menu(target: Xml.Element, package: Package) -> str:
    menu = Xml.SubElement(target, "Directory", Id="ProgramMenuFolder")
    name = "cMenu"
    words = {"Id": name, "Guid": component_guid(Path(name)), "Win64": "yes"}
    component = Xml.SubElement(menu, "Component", words)
    shortcut = {
        "Id": "sMenu",
        "Name": product.NAME,
        "Description": product.DESCRIPTION,
        "Target": f"[INSTALLDIR]{product.WINDOW}.exe",
        "WorkingDirectory": "INSTALLDIR",
    }
    if package.icon is not None:
        shortcut["Icon"] = ICON_ID
    Xml.SubElement(component, "Shortcut", shortcut)
    value = {"Root": "HKLM", "Key": product.REGISTRY_KEY, "Type": "string"}
    version = {**value, "Name": "MsiVersion", "Value": package.version, "KeyPath": "yes"}
    Xml.SubElement(component, "RegistryValue", version)
    place = {**value, "Name": "MsiInstallDir", "Value": "[INSTALLDIR]"}
    Xml.SubElement(component, "RegistryValue", place)
    return name


def _add_sequences(root: Xml.Element) -> None:
    execute = Xml.SubElement(root, "InstallExecuteSequence")
    for sequence in (execute, Xml.SubElement(root, "InstallUISequence")):
        keep = Xml.SubElement(sequence, "Custom", Action="KeepFolder", Sequence=_AFTER_SEARCH)
        keep.text = "PREVIOUSDIR AND NOT INSTALLDIR"
    tell = Xml.SubElement(execute, "Custom", Action="TellFolder", Sequence=_AFTER_COSTS)
    tell.text = "NOT Installed"
    Xml.SubElement(execute, "RemoveExistingProducts", Sequence=_REMOVE_OLD)


def _ident(kind: str, path: Path) -> str:
    return kind + hashlib.sha1(path.as_posix().encode(), usedforsecurity=False).hexdigest()[:16]


def _written(top: Xml.Element) -> str:
    Xml.indent(top)
    text = Xml.tostring(top, encoding="unicode")
    strange = sorted({sign for sign in text if not sign.isascii()})
    if strange:
        raise Stop(f"wixl cannot write {''.join(strange)} into an MSI.")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'
