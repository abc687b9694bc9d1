"""The parts of Linux that pip cannot bring: Qt's shared libraries and Debian's venv module."""

import ctypes
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence

from build_scripts.dev_report import Stop, say

# What PySide6 loads even without a screen.
OFFSCREEN_LIBRARIES = (
    "libEGL.so.1",
    "libGL.so.1",
    "libglib-2.0.so.0",
    "libdbus-1.so.3",
    "libfontconfig.so.1",
    "libxkbcommon.so.0",
)
# What its xcb plug-in loads to show a window.
SCREEN_LIBRARIES = (
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-keysyms.so.1",
    "libxcb-shape.so.0",
    "libxcb-xkb.so.1",
    "libxkbcommon-x11.so.0",
    "libxcb-randr.so.0",
    "libxcb-render-util.so.0",
    "libxcb-image.so.0",
)
WAYLAND_LIBRARIES = (
    "libwayland-client.so.0",
    "libwayland-cursor.so.0",
    "libwayland-egl.so.1",
)
QT_PACKAGES = (
    "libegl1",
    "libgl1",
    "libglib2.0-0",
    "libdbus-1-3",
    "libfontconfig1",
    "libxkbcommon0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-image0",
    "libwayland-client0",
    "libwayland-cursor0",
    "libwayland-egl1",
)
# What the tests of the installers and of the freezing start, and the packages they come in.
INSTALLER_TOOLS = {
    "makensis": "nsis",
    "wixl": "wixl",
    "msibuild": "msitools",
    "osslsigncode": "osslsigncode",
    "objdump": "binutils",
}


def has_screen(environment: Mapping[str, str]) -> bool:
    """Tell whether a window can be shown here."""
    if not _is_linux():
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def see_to_system(*, qt: bool, window: bool, new_environment: bool) -> None:
    """Make sure that Qt's libraries and, for a new environment, Python's venv module are there.

    Raises: Stop with the exact line to type when this script may not install them itself.
    """
    if not _is_linux():
        return
    reasons: list[str] = []
    packages: list[str] = []
    libraries = _missing_libraries(window=window) if qt else []
    if libraries:
        reasons.append("Qt needs these shared libraries: " + ", ".join(libraries))
        packages += QT_PACKAGES
    if new_environment and not _can_make_environments():
        reasons.append("This Python cannot make virtual environments yet")
        packages.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    if packages:
        _install(packages, reason=". ".join(reasons))
    if libraries and _missing_libraries(window=window):
        still = ", ".join(_missing_libraries(window=window))
        raise Stop(f"These shared libraries are still missing: {still}")


def see_to_installer_tools() -> None:
    """Fetch what the installers' tests need where this script may; they are left out elsewhere."""
    if not _is_linux():
        return
    missing = [name for name in INSTALLER_TOOLS if shutil.which(name) is None]
    if not missing:
        return
    reason = "The tests of the installers need " + ", ".join(missing)
    if shutil.which("apt-get") is None or _root_prefix() is None:
        say(f"{reason}; they are left out.")
        return
    _install([INSTALLER_TOOLS[name] for name in missing], reason=reason)


def _is_linux() -> bool:
    # mypy knows `sys.platform` and would call the rest unreachable on Windows
    return platform.system() == "Linux"


def _missing_libraries(*, window: bool) -> list[str]:
    needed = list(OFFSCREEN_LIBRARIES)
    if window:
        needed += SCREEN_LIBRARIES if os.environ.get("DISPLAY") else WAYLAND_LIBRARIES
    return [name for name in needed if not _loads(name)]


def _can_make_environments() -> bool:
    # Debian packs both apart from Python.
    return bool(importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"))


def _install(packages: Sequence[str], *, reason: str) -> None:
    say(f"{reason}.")
    prefix = _root_prefix()
    if shutil.which("apt-get") is None:
        raise Stop("Install them with this system's package manager, then start again.")
    if prefix is None:
        line = " ".join(("sudo apt-get install -y --no-install-recommends", *packages))
        raise Stop(f"Type this line, then start again:\n\n  sudo apt-get update && {line}\n")
    say("Installing with apt-get: " + " ".join(packages))
    _apt([*prefix, "apt-get", "update", "-qq"])
    _apt([*prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages])


def _root_prefix() -> list[str] | None:
    if not hasattr(os, "geteuid"):
        return None
    # Without this apt-get would stop at the first question of a package.
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive"]
    if os.geteuid() == 0:
        return quiet
    if shutil.which("sudo") is None:
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n", *quiet] if asked.returncode == 0 else None


def _apt(command: Sequence[str]) -> None:
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise Stop(f"{done.stdout[-2000:]}\nThis command failed: {' '.join(command)}")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
