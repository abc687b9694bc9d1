"""An office lies on a disk of this PC: not on the network, not in a synchronised folder."""

import subprocess
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from bpjsdesk.errors import UserError
from bpjsdesk.storage.data_place import (
    Place,
    cloud_of,
    file_system_of,
    is_unc,
    require_place_for_new,
    require_place_to_open,
    survey,
)
from tests.systems import not_on_windows, not_under_wine, only_on_windows

MOUNTS = r"""
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw,discard
31 27 0:30 / /mnt/kantor rw,relatime - cifs //server/kantor rw,vers=3.1.1
32 27 0:31 / /mnt/Folder\040Bersama rw - nfs4 10.0.0.2:/ekspor rw
33 31 8:1 / /mnt/kantor/lokal rw - ext4 /dev/sdb1 rw
34 27 0:32 / /home/rina/jauh rw - ext4 /dev/sdc1 rw
35 34 0:33 / /home/rina/jauh rw - fuse.sshfs rina@server: rw
""".strip()
LINUX_ONLY = not_on_windows("links need a right that users do not have; see the junction below")
WINDOWS_ONLY = only_on_windows("asks Windows itself")


@pytest.mark.parametrize(
    ("folder", "file_system"),
    [
        ("/home/rina/data", "ext4"),
        ("/mnt/kantor", "cifs"),
        ("/mnt/kantor/a/b", "cifs"),
        ("/mnt/kantor-lama", "ext4"),
        ("/mnt/kantor/lokal/a", "ext4"),
        ("/mnt/Folder Bersama/a", "nfs4"),
        ("/home/rina/jauh/a", "fuse.sshfs"),
    ],
)
def test_the_deepest_and_newest_mount_tells_the_file_system(folder: str, file_system: str) -> None:
    assert file_system_of(PurePosixPath(folder), MOUNTS) == file_system


def test_a_system_that_tells_no_mounts_is_not_guessed_about() -> None:
    assert file_system_of(PurePosixPath("/a"), "") == ""
    assert file_system_of(PurePosixPath("/a"), "unreadable\n1 2 3 - x") == ""


@pytest.mark.parametrize(
    ("folder", "is_far"),
    [
        (r"\\server\kantor\data", True),
        ("//server/kantor/data", True),
        (r"\\?\UNC\server\kantor\data", True),
        (r"\\wsl.localhost\Debian\home", True),
        (r"C:\Data", False),
        (r"\\?\C:\Data", False),
        (r"\\.\C:\Data", False),
        (r"Data\sub", False),
    ],
)
def test_a_windows_path_to_another_machine_is_known(folder: str, is_far: bool) -> None:
    assert is_unc(PureWindowsPath(folder)) is is_far


@pytest.mark.parametrize(
    "folder",
    [
        r"C:\Users\rina\OneDrive\data",
        r"C:\Users\rina\OneDrive - BPJS Ketenagakerjaan\data",
        r"C:\Users\rina\Dropbox\data",
        r"C:\Users\rina\Dropbox (Kantor)",
        r"G:\My Drive\data",
        r"G:\Drive Saya\data",
        r"C:\Users\rina\iCloudDrive\x",
        r"C:\Users\rina\NEXTCLOUD\x",
        r"C:\Users\rina\ownCloud",
        r"C:\Users\rina\Box\x",
        r"C:\Users\rina\Google Drive",
    ],
)
def test_folders_of_known_clouds_are_known_by_name(folder: str) -> None:
    assert cloud_of(PureWindowsPath(folder), ()) != ""


@pytest.mark.parametrize(
    "folder",
    [
        r"C:\Users\rina\AppData\Local\BPJS Desk",
        r"D:\Data Boxer\x",
        r"D:\Dropboxes",
        r"D:\Cloud",
        r"D:\Drive",
    ],
)
def test_other_folders_are_not_taken_for_a_cloud(folder: str) -> None:
    assert cloud_of(PureWindowsPath(folder), (PureWindowsPath(r"C:\Users\rina\Awan"),)) == ""


def test_a_folder_that_the_system_names_is_one_whatever_it_is_called() -> None:
    roots = (PureWindowsPath(r"C:\Users\rina\Awan"),)
    assert cloud_of(PureWindowsPath(r"c:\users\RINA\awan\data"), roots) == str(roots[0])
    assert cloud_of(PureWindowsPath(r"C:\Users\rina\Awan2"), roots) == ""


def test_an_ordinary_folder_may_hold_an_office_even_before_it_exists(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "belum" / "ada"):
        place = survey(folder, {})
        assert place == Place(folder=folder.resolve())
        require_place_for_new(place)
        require_place_to_open(place)


def test_the_variables_of_onedrive_name_its_folder(tmp_path: Path) -> None:
    root = tmp_path / "Awan"
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        assert survey(root / "data", {name: str(root)}).cloud == str(root)
    assert survey(tmp_path / "lain", {"OneDrive": str(root), "OneDriveConsumer": ""}).cloud == ""


@LINUX_ONLY
def test_a_link_into_a_synchronised_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Dropbox" / "data").mkdir(parents=True)
    link = tmp_path / "kantor"
    link.symlink_to(tmp_path / "Dropbox" / "data")
    assert survey(link / "isi", {}).cloud == "Dropbox"


@LINUX_ONLY
def test_a_synchronised_folder_that_lies_behind_a_link_is_one_too(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "Nextcloud").symlink_to(tmp_path / "disk")
    assert survey(tmp_path / "Nextcloud" / "data", {}).cloud == "Nextcloud"


@LINUX_ONLY
def test_links_in_a_circle_are_left_to_whoever_opens_them(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert not survey(tmp_path / "a" / "data", {}).is_network


@WINDOWS_ONLY
@not_under_wine("its cmd makes no junctions")
def test_a_junction_into_a_synchronised_folder_is_followed(tmp_path: Path) -> None:
    target, junction = tmp_path / "Dropbox", tmp_path / "kantor"
    target.mkdir()
    command = ["cmd", "/c", "mklink", "/J", str(junction), str(target)]
    subprocess.run(command, capture_output=True, check=True)
    assert survey(junction / "data", {}).cloud == "Dropbox"


@WINDOWS_ONLY
def test_a_folder_of_another_machine_is_on_the_network() -> None:
    assert survey(Path(r"\\server-yang-tidak-ada\kantor\data"), {}).is_network


@WINDOWS_ONLY
def test_a_folder_that_leaves_no_room_for_the_office_s_files_is_known(tmp_path: Path) -> None:
    room = 259 - len(str(tmp_path.resolve())) - 1
    assert not survey(tmp_path / ("x" * (room - 80)), {}).is_too_long
    assert survey(tmp_path / ("x" * (room - 40)), {}).is_too_long


def test_a_folder_without_room_is_refused_for_a_new_office_only() -> None:
    place = Place(folder=PureWindowsPath("C:/" + "x" * 240), is_too_long=True)
    with pytest.raises(UserError, match="PATH_TOO_LONG"):
        require_place_for_new(place)
    require_place_to_open(place)


def test_each_refusal_says_what_to_do() -> None:
    far = Place(folder=PureWindowsPath(r"\\server\kantor"), is_network=True)
    cloud = Place(folder=PureWindowsPath(r"C:\OneDrive\x"), cloud="OneDrive")
    for place, code, word in (
        (far, "DATA_ON_NETWORK", "PostgreSQL"),
        (cloud, "DATA_IN_CLOUD", "cloud"),
    ):
        with pytest.raises(UserError, match=code) as new:
            require_place_for_new(place)
        assert "Pilih folder" in new.value.message
        with pytest.raises(UserError, match=code) as existing:
            require_place_to_open(place)
        assert "pindahkan seluruh folder" in existing.value.message
        assert word in new.value.message
        assert str(place.folder) in existing.value.message
