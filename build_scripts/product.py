"""What the spec, the installers and the papers call the program, each thing in one place."""

import os
import subprocess
from pathlib import Path

import bpjsdesk
from build_scripts.dev_report import Stop

ROOT = Path(__file__).resolve().parent.parent
WINDOW, CLI = "bpjsdesk", "bpjsdesk-cli"  # the two executables
NAME = "BPJS Desk"  # start menu, list of programs, program folder
VENDOR = "Tim BPJS Desk"
DESCRIPTION = "Perjanjian, daftar peserta, dan klaim kantor BPJS Ketenagakerjaan"
COPYRIGHT = "© 2026 Tim BPJS Desk. Lisensi MIT."
LICENCE = ROOT / "resources" / "licences" / "LISENSI.txt"  # what the setup program shows
REGISTRY_KEY = r"Software\BPJS Desk"
UNINSTALL_KEY = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\BPJS Desk"
# Never changes: by these Windows knows that a new installer replaces an old one.
UPGRADE_CODE = "5e0d0a3a-54f5-4f43-9c0a-7b2f6f0c1d68"
COMPONENT_NAMESPACE = "b2d4f1c7-20f5-4b58-8a56-0c4c1a9a7e35"
TARGETS = ("win", "linux")
# What the guide for IT promises, in bytes.
MAX_SETUP, MAX_INSTALLED, MAX_MSI = 45_000_000, 130_000_000, 60_000_000


def version() -> str:
    """Give the one version number, three parts."""
    return bpjsdesk.__version__


def bundle_folder(target: str) -> Path:
    """Name the frozen program's folder; the two executables and `_internal` lie in it."""
    return ROOT / "build" / target / "bundle" / WINDOW


def licences_folder(target: str) -> Path:
    """Name the folder of the licence texts of all that ships; filled before freezing."""
    return ROOT / "build" / target / "licences"


def release_folder(target: str) -> Path:
    """Name the folder in which everything that IT receives is collected."""
    return ROOT / "build" / "release" / f"{version()}-{target}"


def setup_file() -> Path:
    return release_folder("win") / f"BPJSDesk-{version()}-x64-setup.exe"


def msi_file() -> Path:
    return release_folder("win") / f"BPJSDesk-{version()}-x64.msi"


def archive_file() -> Path:
    return release_folder("linux") / f"BPJSDesk-{version()}-linux-x86_64.tar.xz"


def source_date() -> int:
    """Give the moment that all files of a build carry: SOURCE_DATE_EPOCH, or that of the commit.

    Raises: Stop where neither is known.
    """
    named = os.environ.get("SOURCE_DATE_EPOCH")
    if named:
        return int(named)
    command = ["git", "log", "-1", "--format=%ct"]
    try:
        told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as problem:
        raise Stop("Set SOURCE_DATE_EPOCH: there is no git here that tells it.") from problem
    return int(told.stdout)
