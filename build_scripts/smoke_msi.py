"""The trial of the MSI: install, upgrade, refuse, remove, in its usual folder and in another."""

from pathlib import Path

from build_scripts import product
from build_scripts.installers import SetupCode
from build_scripts.smoke_pc import digests
from build_scripts.smoke_setup import ODD_FOLDER, install
from build_scripts.smoke_tries import OWN_FILE, STALE, Tries


def try_msi(tries: Tries) -> None:
    """Go through all of it; the PC is empty before and after."""
    place = tries.pc.folder("ProgramW6432") / product.NAME
    office = _install_and_upgrade(tries, place)
    _refusals(tries, place)
    _while_running(tries, place)
    tries.findings.start("MSI, removal")
    tries.plant(place)
    tries.code("uninstall", tries.pc.run_msi("/x", tries.editions.msi), 0)
    _nothing_left(tries)
    tries.kept(office)
    _clear(place)
    tries.drop_office()
    _other_folder(tries)


def _clear(place: Path) -> None:
    """Take away what was planted: an MSI removes only what it has installed."""
    for planted in (place / OWN_FILE, place / STALE):
        planted.unlink(missing_ok=True)
    for folder in ((place / STALE).parent, place):
        if folder.exists() and not any(folder.iterdir()):
            folder.rmdir()


def _install_and_upgrade(tries: Tries, place: Path) -> dict[str, str]:
    findings, editions = tries.findings, tries.editions
    findings.start("MSI")
    tries.code("install the older version", tries.pc.run_msi("/i", editions.older_msi), 0)
    _look(tries, place, version=editions.older)
    tries.starts(place)
    office = tries.found_office(place)
    tries.plant(place)
    findings.start("MSI, upgrade")
    tries.code("install over it", tries.pc.run_msi("/i", editions.msi), 0)
    findings.note("a file of somebody else is kept", (place / OWN_FILE).exists())
    _clear(place)
    tries.kept(office)
    tries.opens_office(place)
    _look(tries, place, version=editions.version)
    return digests(tries.pc.data)


def _look(tries: Tries, place: Path, *, version: str) -> None:
    tries.whole(place, besides=())
    wanted: dict[str, str | int] = {
        "DisplayName": product.NAME,
        "DisplayVersion": version,
        "Publisher": product.VENDOR,
        "Comments": product.DESCRIPTION,
        "NoModify": 1,
        "WindowsInstaller": 1,
    }
    tries.entry(wanted, hive="HKEY_LOCAL_MACHINE")
    entry = next(iter(tries.pc.own_entries().values()), {})
    remover = str(entry.get("UninstallString", ""))
    tries.findings.note("entry's way to remove", "MsiExec.exe /" in remover, remover)
    told = str(tries.pc.own_values("HKLM").get("MsiInstallDir", "C:\\"))
    tries.findings.equal("place told", tries.pc.machine.local(told), place)
    links = [mode for mode, path in tries.pc.links().items() if path.exists()]
    tries.findings.note("start menu entry", len(links) == 1, ", ".join(links))


def _refusals(tries: Tries, place: Path) -> None:
    findings, editions, before = tries.findings, tries.editions, digests(place)
    findings.start("MSI, downgrade")
    code = tries.pc.run_msi("/i", editions.older_msi)
    findings.note("refused", code != 0, f"code {code}")
    findings.note("the newer version is whole", digests(place) == before)
    findings.start("MSI beside the setup")
    for mode in ("AllUsers", "CurrentUser"):
        code = install(tries, editions.setup, f"/{mode}")
        tries.code(f"the setup refuses ({mode})", code, SetupCode.MSI)
    findings.equal("entries", len(tries.pc.own_entries()), 1)
    findings.note("the MSI's version is whole", digests(place) == before)


def _while_running(tries: Tries, place: Path) -> None:
    """Tell what Windows Installer does with files in use, and mend it as IT would: once more.

    Its own way decides (it may close the program, replace it, or ask for a restart with 3010), so
    that only the state after the second run is good or bad.
    """
    findings, editions = tries.findings, tries.editions
    findings.start("MSI while the program runs")
    tries.code("remove the newer version", tries.pc.run_msi("/x", editions.msi), 0)
    tries.code("install the older version", tries.pc.run_msi("/i", editions.older_msi), 0)
    with tries.pc.running([str(place / f"{product.WINDOW}.exe")]):
        code = tries.pc.run_msi("/i", editions.msi)
    versions = [entry.get("DisplayVersion") for entry in tries.pc.own_entries().values()]
    is_whole = digests(place) == digests(editions.bundle)
    findings.note("told", True, f"code {code}, listed {versions}, files as built: {is_whole}")
    findings.start("MSI once more, after the program has ended")
    tries.code("install", tries.pc.run_msi("/i", editions.msi), 0)
    tries.whole(place, besides=())
    findings.equal("entries", len(tries.pc.own_entries()), 1)


def _other_folder(tries: Tries) -> None:
    findings, editions = tries.findings, tries.editions
    findings.start("MSI in a folder with spaces and accents")
    place = tries.pc.machine.local(ODD_FOLDER)
    tries.code(
        "install the older version",
        tries.pc.run_msi("/i", editions.older_msi, folder=ODD_FOLDER),
        0,
    )
    _look(tries, place, version=editions.older)
    tries.code("upgrade, folder not named", tries.pc.run_msi("/i", editions.msi), 0)
    _look(tries, place, version=editions.version)
    tries.starts(place)
    tries.code("uninstall", tries.pc.run_msi("/x", editions.msi), 0)
    _nothing_left(tries)
    findings.equal("left in the folder", digests(place), {})


def _nothing_left(tries: Tries) -> None:
    tries.findings.equal("entries left", tries.pc.own_entries(), {})
    tries.findings.equal("values left in the registry", tries.pc.own_values("HKLM"), {})
    links = [mode for mode, path in tries.pc.links().items() if path.exists()]
    tries.findings.equal("links left", links, [])
