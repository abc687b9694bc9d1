"""The trial of the setup program: per machine, per user, in odd folders, with things in the way."""

from pathlib import Path

from build_scripts import product
from build_scripts.installers import ASIDE, INTERNAL, OPEN, STAGED, SetupCode, size_kb
from build_scripts.smoke_pc import await_that, digests
from build_scripts.smoke_tries import OWN_FILE, STALE, Tries

ODD_FOLDER = r"C:\Aplikasi Saya\Désk Ünï"
_HELD_S = 90
_HIVES = {"AllUsers": "HKEY_LOCAL_MACHINE", "CurrentUser": "HKEY_CURRENT_USER"}


def try_setup(tries: Tries) -> None:
    """Go through all of it; the PC is empty before and after."""
    _per_machine(tries)
    _per_user(tries)
    _odd_folders(tries)


def install(tries: Tries, setup: Path, *words: str, place: str = "") -> int:
    """Run a setup program silently.

    NSIS takes /D= last and unquoted, so that a place with spaces travels in pieces.
    """
    pieces = f"/D={place}".split(" ") if place else []
    return tries.pc.run_silent([str(setup), "/S", *words, *pieces])


def uninstall(tries: Tries, place: Path, mode: str) -> None:
    """Run the uninstaller, which comes back at once, and wait until its work is done."""
    program = place / "uninstall.exe"
    tries.code("uninstaller started", tries.pc.run_silent([str(program), f"/{mode}", "/S"]), 0)
    gone = await_that(lambda: not program.exists())
    tries.findings.note("uninstaller came to its end", gone)
    tries.findings.equal("entries left", tries.pc.own_entries(), {})
    own = [hive for hive in ("HKLM", "HKCU") if tries.pc.own_values(hive)]
    tries.findings.equal("values left in the registry", own, [])
    links = [mode for mode, path in tries.pc.links().items() if path.exists()]
    tries.findings.equal("links left", links, [])


def _per_machine(tries: Tries) -> None:
    place = tries.pc.folder("ProgramW6432") / product.NAME
    office = _older_per_machine(tries, place)
    _refusals_in_use(tries, place)
    _killed(tries, place)
    _newer_per_machine(tries, place, office)
    _downgrade(tries, place)
    _power_cut(tries, place)
    _beside_msi(tries)
    _removal_per_machine(tries, place)
    tries.drop_office()


def _older_per_machine(tries: Tries, place: Path) -> dict[str, str]:
    tries.findings.start("setup per machine")
    code = install(tries, tries.editions.older_setup, "/AllUsers")
    tries.code("install the older version", code, 0)
    _look(tries, place, "AllUsers", version=tries.editions.older)
    tries.starts(place)
    tries.plant(place)
    return tries.found_office(place)


def _newer_per_machine(tries: Tries, place: Path, office: dict[str, str]) -> None:
    tries.findings.start("setup, upgrade per machine")
    tries.code("install over it", install(tries, tries.editions.setup), 0)
    tries.planted(place, stale=False)
    tries.kept(office)
    tries.opens_office(place)
    (place / OWN_FILE).unlink(missing_ok=True)
    _look(tries, place, "AllUsers", version=tries.editions.version)


def _beside_msi(tries: Tries) -> None:
    tries.findings.start("setup beside the MSI")
    code = tries.pc.run_msi("/i", tries.editions.msi)
    tries.findings.note("the MSI refuses", code != 0, f"code {code}")
    tries.findings.equal("entries", len(tries.pc.own_entries()), 1)


def _removal_per_machine(tries: Tries, place: Path) -> None:
    tries.findings.start("setup, removal per machine")
    office = digests(tries.pc.data)
    tries.plant(place)
    uninstall(tries, place, "AllUsers")
    tries.findings.equal("left in the program folder", list(digests(place)), [OWN_FILE.as_posix()])
    (place / OWN_FILE).unlink(missing_ok=True)
    tries.kept(office)


def _look(tries: Tries, place: Path, mode: str, *, version: str) -> None:
    tries.whole(place)
    windows = _told_place(tries, mode)
    remover = f'"{windows}\\uninstall.exe" /{mode}'
    wanted: dict[str, str | int] = {
        "DisplayName": product.NAME,
        "DisplayVersion": version,
        "Publisher": product.VENDOR,
        "Comments": product.DESCRIPTION,
        "DisplayIcon": f"{windows}\\{product.WINDOW}.exe,0",
        "InstallLocation": windows,
        "UninstallString": remover,
        "QuietUninstallString": f"{remover} /S",
        "NoModify": 1,
        "NoRepair": 1,
        "EstimatedSize": size_kb(tries.editions.bundle),
    }
    tries.entry(wanted, hive=_HIVES[mode])
    tries.findings.equal("place told", tries.pc.machine.local(windows), place)
    tries.link(mode, target=place / f"{product.WINDOW}.exe")


def _told_place(tries: Tries, mode: str) -> str:
    hive = "HKLM" if mode == "AllUsers" else "HKCU"
    return str(tries.pc.own_values(hive).get("InstallDir", "C:\\"))


def _refusals_in_use(tries: Tries, place: Path) -> None:
    findings, setup, before = tries.findings, tries.editions.setup, digests(place)
    for program, words in (
        (product.WINDOW, ()),
        (product.CLI, ("demo", "--data", _scratch(tries))),
    ):
        findings.start(f"setup while {program}.exe runs")
        with tries.pc.running([str(place / f"{program}.exe"), *words]):
            tries.code("refused", install(tries, setup, "/AllUsers"), SetupCode.RUNNING)
        findings.note("the old version is whole", digests(place) == before)
        _version_is(tries, tries.editions.older)
    findings.start("setup while another program holds a file open")
    # Python opens files so that others may write to them, not rename them.
    target = f"{tries.pc.machine.local(_told_place(tries, 'AllUsers')) / f'{product.CLI}.exe'}"
    told = tries.pc.machine.path(Path(target))
    holding = f"import time; held = open({told!r}, 'rb'); time.sleep({_HELD_S})"
    with tries.pc.running([str(tries.pc.machine.python), "-c", holding]):
        tries.code("refused", install(tries, setup, "/AllUsers"), SetupCode.FOLDER)
    findings.note("the old version is whole", digests(place) == before)
    _version_is(tries, tries.editions.older)


def _killed(tries: Tries, place: Path) -> None:
    """End the setup by force while it unpacks; a quick PC may be done before that."""
    findings, setup, before = tries.findings, tries.editions.setup, digests(place)
    findings.start("setup ended by force")
    with tries.pc.running([str(setup), "/S", "/AllUsers"]):
        await_that((place / STAGED / INTERNAL).exists, timeout_s=10)
    was_cut = (place / STAGED).exists()
    rest = {name: code for name, code in digests(place).items() if not name.startswith(STAGED)}
    detail = "cut while unpacking" if was_cut else "it was done already"
    findings.note("the old version is whole", rest == before or not was_cut, detail)
    program = str(place / f"{product.CLI}.exe")
    told = tries.pc.run([program, "--version"])
    tries.code("the program starts", told.returncode, 0)


def _scratch(tries: Tries) -> str:
    return tries.pc.machine.path(tries.pc.work / "kantor latihan")


def _version_is(tries: Tries, wanted: str) -> None:
    versions = [values.get("DisplayVersion") for values in tries.pc.own_entries().values()]
    tries.findings.equal("version in the list of programs", versions, [wanted])


def _downgrade(tries: Tries, place: Path) -> None:
    findings, editions = tries.findings, tries.editions
    findings.start("setup, downgrade")
    before = digests(place)
    tries.code("refused", install(tries, editions.older_setup, "/AllUsers"), SetupCode.NEWER)
    findings.note("the newer version is whole", digests(place) == before)
    _version_is(tries, editions.version)
    forced = install(tries, editions.older_setup, "/AllUsers", "/FORCEDOWNGRADE")
    tries.code("with /FORCEDOWNGRADE", forced, 0)
    _version_is(tries, editions.older)
    tries.code("up again", install(tries, editions.setup, "/AllUsers"), 0)


def _power_cut(tries: Tries, place: Path) -> None:
    """Leave what a cut in the middle of an exchange leaves; the next run makes it whole."""
    tries.findings.start("setup after a power cut")
    (place / ASIDE).mkdir()
    (place / ASIDE / OPEN).touch()
    (place / STAGED).mkdir()
    for name in (f"{product.WINDOW}.exe", f"{product.CLI}.exe"):
        (place / name).rename(place / ASIDE / name)
        (place / STAGED / name).write_bytes(b"half a program")
    (place / STAGED / INTERNAL).mkdir()
    tries.code("install again", install(tries, tries.editions.setup, "/AllUsers"), 0)
    tries.whole(place)


def _per_user(tries: Tries) -> None:
    findings, editions = tries.findings, tries.editions
    findings.start("setup per user")
    code = install(tries, editions.older_setup, "/CurrentUser")
    tries.code("install the older version", code, 0)
    place = tries.pc.folder("LOCALAPPDATA") / "Programs" / product.NAME
    _look(tries, place, "CurrentUser", version=editions.older)
    tries.starts(place)
    office = tries.found_office(place)
    tries.plant(place)
    findings.start("setup, upgrade per user")
    tries.code("install over it", install(tries, editions.setup), 0)
    tries.planted(place, stale=False)
    (place / OWN_FILE).unlink(missing_ok=True)
    tries.kept(office)
    _look(tries, place, "CurrentUser", version=editions.version)
    findings.start("setup, removal per user")
    uninstall(tries, place, "CurrentUser")
    findings.note("program folder gone", not place.exists())
    tries.kept(office)
    tries.drop_office()


def _odd_folders(tries: Tries) -> None:
    findings, setup = tries.findings, tries.editions.setup
    findings.start("setup in a folder with spaces and accents")
    place = tries.pc.machine.local(ODD_FOLDER)
    tries.code("install", install(tries, setup, "/CurrentUser", place=ODD_FOLDER), 0)
    _look(tries, place, "CurrentUser", version=tries.editions.version)
    tries.starts(place)
    findings.start("setup, move to another folder")
    moved = f"{ODD_FOLDER} Dua"
    tries.code("install", install(tries, setup, "/CurrentUser", place=moved), 0)
    _look(tries, tries.pc.machine.local(moved), "CurrentUser", version=tries.editions.version)
    findings.note("nothing left in the first folder", not place.exists())
    uninstall(tries, tries.pc.machine.local(moved), "CurrentUser")
    findings.start("setup in the folder of another program")
    other = place / STALE
    other.parent.mkdir(parents=True)
    other.write_bytes(b"of another program")
    refused = install(tries, setup, "/CurrentUser", place=ODD_FOLDER)
    tries.code("refused", refused, SetupCode.FOLDER)
    findings.equal("that program is whole", list(digests(place)), [STALE.as_posix()])
    other.unlink()
