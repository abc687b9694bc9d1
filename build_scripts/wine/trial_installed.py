"""The installed program: its main job, its window, and an office of an earlier version."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from build_scripts import product
from build_scripts.sign import Signer, verify_file
from build_scripts.wine.cache import Cache
from build_scripts.wine.findings import Record, require
from build_scripts.wine.machine import WineMachine
from build_scripts.wine.older_office import OLD_REVISION, make_older_office
from build_scripts.wine.trial_office import PASSWORD, USER, Installed, dirty_list, do_the_main_job
from build_scripts.wine.trial_window import first_window_ratio, picture

_DISPLAY = 76
_INSTALL_S = 300
# The folder names an office might have: blanks and letters outside ASCII.
_OFFICE = "Data Kantor Désk ünï"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A PC on which the setup program has been run for all users."""

    machine: WineMachine
    programs: Path
    work: Path

    def program(self, name: str) -> Path:
        return self.programs / f"{name}.exe"

    def office(self, name: str) -> Installed:
        cli = self.program(product.CLI)
        return Installed(machine=self.machine, program=cli, office=self.work / name, work=self.work)


@contextmanager
def installed(cache: Cache) -> Iterator[Place]:
    """Give a fresh PC with the program installed; it is ended afterwards.

    Raises: Refuted when the setup program fails.
    """
    machine = WineMachine(cache, "proof", display=_DISPLAY)
    shutil.rmtree(machine.prefix, ignore_errors=True)
    machine.boot()
    work = cache.work / "installed"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    with machine.screen():
        try:
            words = [str(product.setup_file()), "/S", "/AllUsers"]
            done = machine.run(words, timeout_s=_INSTALL_S)
            require(done.returncode == 0, f"setup ended with {done.returncode}")
            programs = machine.local(rf"C:\Program Files\{product.NAME}")
            yield Place(machine=machine, programs=programs, work=work)
        finally:
            machine.stop()


def try_installed(record: Record, cache: Cache, signer: Signer, shown: Path) -> None:
    """Make every trial that needs the installed program."""
    with installed(cache) as place:
        record.tried("Signature of the uninstaller", lambda: _signed_uninstaller(place, signer))
        record.tried("Self-test of the installed window", lambda: _window_self_test(place))
        record.tried("Main job by the installed command line", lambda: _main_job(place))
        record.tried("Office of an earlier version", lambda: _older_office(place))
        window, office = place.program(product.WINDOW), place.work / _OFFICE
        record.tried("Picture of the window", lambda: picture(place.machine, window, office, shown))
        record.tried(
            "First window, installed against Python",
            lambda: first_window_ratio(place.machine, window, office),
        )


def _signed_uninstaller(place: Place, signer: Signer) -> str:
    verify_file(place.program("uninstall"), signer)
    return "verified where it was installed"


def _main_job(place: Place) -> str:
    book, counts = dirty_list(place.work)
    return do_the_main_job(place.office(_OFFICE), book, counts)


def _window_self_test(place: Place) -> str:
    report = place.work / "self-test.json"
    words = [str(place.program(product.WINDOW)), "--self-test"]
    words += ["--report", place.machine.path(report)]
    done = place.machine.run(words, timeout_s=_INSTALL_S)
    told = json.loads(report.read_text(encoding="utf-8"))
    failed = [step["name"] for step in told["steps"] if not step["ok"]]
    require(done.returncode == 0 and not failed, f"code {done.returncode}, failed: {failed}")
    return f"{len(told['steps'])} steps"


def _older_office(place: Place) -> str:
    """Open an office of an earlier shape: it is copied first, then brought up to date."""
    office = place.office("Kantor lama")
    make_older_office(office.office, user=USER, password=PASSWORD)
    office.told("check")
    copies = list((office.office / "cadangan").glob("*.db"))
    require(bool(copies), "no backup was made before the migration")
    return f"revision {OLD_REVISION} opened, backup {copies[0].name} made first, check sound"
