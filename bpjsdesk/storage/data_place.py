"""Whether a folder may hold an office's data: on a disk of this PC, and no cloud copies it away.

SQLite's write-ahead log needs memory that all who have the file open share, which no network
folder gives (SQLite, "Write-Ahead Logging", limits). A cloud's program copies files that are half
written, puts older ones back, and carries personal data out of the office.
"""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath

from bpjsdesk.errors import UserError
from bpjsdesk.files import IS_WINDOWS, WINDOWS_LIMIT, is_too_long_for_windows

if sys.platform == "win32":
    from bpjsdesk.storage.windows_places import is_network_drive, synced_folders

LONGEST_INSIDE = len("cadangan/sebelum-pembaruan-20261120-104200.db.kunci.json")
MOUNTS = Path("/proc/self/mountinfo")
NETWORK_FILE_SYSTEMS = frozenset(
    {
        *("9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "glusterfs", "gpfs", "lustre"),
        *("ncpfs", "nfs", "nfs4", "orangefs", "smb2", "smb3", "smbfs", "sshfs"),
        *("fuse.davfs2", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.s3fs"),
        *("fuse.smbnetfs", "fuse.sshfs"),
    }
)
CLOUD_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
CLOUD_NAME = re.compile(
    r"onedrive.*|dropbox( \(.*\))?|google ?drive|(my|shared) drives?|drive (saya|bersama)"
    r"|icloud ?drive|nextcloud|owncloud|box( sync)?",
    re.IGNORECASE,
)
_OCTAL = re.compile(r"\\([0-7]{3})")  # how the kernel writes a blank in a path

_POINT = 4  # the field of the mount point, proc_pid_mountinfo(5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What the system says of a folder; `cloud` is the synchronised folder that holds it, if any.

    `folder` is where the folder really lies, behind links, junctions and mapped letters.
    """

    folder: PurePath
    is_network: bool = False
    cloud: str = ""
    is_too_long: bool = False


def survey(folder: Path, variables: Mapping[str, str] = os.environ) -> Place:
    """Ask the system about a folder that may not exist yet."""
    named, real = Path(os.path.abspath(folder)), _behind_links(folder)
    roots = tuple(PurePath(told) for told in _told(variables) if PurePath(told).is_absolute())
    return Place(
        folder=real,
        is_network=_is_network(named) or _is_network(real),
        # a link may lead into a synchronised folder, or stand in for one that lies elsewhere
        cloud=cloud_of(real, roots) or cloud_of(named, roots),
        is_too_long=IS_WINDOWS and is_too_long_for_windows(real, LONGEST_INSIDE),
    )


def require_place_for_new(place: Place) -> None:
    """Refuse a place before an office is founded there.

    Raises: UserError DATA_ON_NETWORK, DATA_IN_CLOUD or PATH_TOO_LONG.
    """
    if place.is_too_long:
        raise UserError(
            "PATH_TOO_LONG",
            f"Nama folder {place.folder} terlalu panjang: berkas kantor di dalamnya melampaui "
            f"{WINDOWS_LIMIT} huruf yang diterima Windows. Pilih folder yang lebih pendek.",
        )
    if place.is_network:
        raise UserError(
            "DATA_ON_NETWORK",
            f"Folder {place.folder} berada di jaringan, dan data di folder jaringan dapat rusak. "
            "Pilih folder di disk PC ini. Pemakaian bersama dari beberapa PC memerlukan server "
            "basis data (PostgreSQL) dan belum tersedia; tanyakan kepada TI.",
        )
    if place.cloud:
        raise UserError(
            "DATA_IN_CLOUD",
            f"Folder {place.folder} disinkronkan ke cloud melalui {place.cloud}. Penyinkronan "
            "dapat merusak data dan membawa data pribadi ke luar kantor. Pilih folder lain di "
            "disk PC ini.",
        )


def require_place_to_open(place: Place) -> None:
    """Raises: UserError DATA_ON_NETWORK or DATA_IN_CLOUD, before the office there is opened."""
    if place.is_network:
        raise UserError(
            "DATA_ON_NETWORK",
            f"Kantor ini berada di folder jaringan {place.folder} dan tidak dibuka agar datanya "
            "tidak rusak. Tutup program di semua PC, pindahkan seluruh folder itu ke disk PC "
            "ini, lalu pilih folder yang baru. Pemakaian bersama dari beberapa PC memerlukan "
            "server basis data (PostgreSQL) dan belum tersedia.",
        )
    if place.cloud:
        raise UserError(
            "DATA_IN_CLOUD",
            f"Kantor ini berada di {place.folder}, yang disinkronkan ke cloud melalui "
            f"{place.cloud}, dan tidak dibuka agar datanya tidak rusak. Tunggu sinkronisasi "
            "selesai, pindahkan seluruh folder itu ke folder lain di disk PC ini, lalu pilih "
            "folder yang baru.",
        )


def cloud_of(folder: PurePath, roots: tuple[PurePath, ...]) -> str:
    """Name the synchronised folder that a folder lies in: one of `roots`, or known by its name."""
    for root in roots:
        if folder.is_relative_to(root):
            return str(root)
    return next((part for part in folder.parts if CLOUD_NAME.fullmatch(part)), "")


def is_unc(folder: PurePath) -> bool:
    r"""Tell a Windows path to another machine: `\\server\share`, also written `\\?\UNC\…`."""
    drive = folder.drive.replace("/", "\\").casefold()
    is_local_device = drive.startswith(("\\\\?\\", "\\\\.\\")) and drive[4:7] != "unc"
    return drive.startswith("\\\\") and not is_local_device


def file_system_of(folder: PurePosixPath, mounts: str) -> str:
    """Name the file system below a path, from the text of `/proc/self/mountinfo`."""
    found, deepest = "", -1
    for line in mounts.splitlines():
        before, dash, after = line.partition(" - ")
        fields = before.split(" ")
        if not dash or len(fields) <= _POINT:
            continue
        point = PurePosixPath(_OCTAL.sub(_sign, fields[_POINT]))
        # of several mounts at one point the last one is seen
        if folder.is_relative_to(point) and len(point.parts) >= deepest:
            found, deepest = after.split(" ")[0], len(point.parts)
    return found


def _sign(octal: "re.Match[str]") -> str:
    return chr(int(octal[1], 8))


def _behind_links(folder: Path) -> Path:
    try:
        return folder.resolve()
    except (OSError, RuntimeError):
        # links in a circle, a server that is away: whoever opens the folder next says what is wrong
        return Path(os.path.abspath(folder))


def _is_network(folder: Path) -> bool:
    if sys.platform == "win32":
        return is_unc(folder) or is_network_drive(folder.anchor)
    else:  # mypy takes what follows a branch that returns for unreachable on Windows
        return file_system_of(PurePosixPath(folder), _mounts()) in NETWORK_FILE_SYSTEMS


def _mounts() -> str:
    try:
        return MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:  # not every system tells; without it only the names of folders are judged
        return ""


def _told(variables: Mapping[str, str]) -> Iterator[str]:
    yield from filter(None, (variables.get(name) for name in CLOUD_VARIABLES))
    if sys.platform == "win32":
        yield from synced_folders()
