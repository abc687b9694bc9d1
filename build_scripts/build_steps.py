"""What build.py is asked to do, and the values that its steps share; standard library only."""

import argparse
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from build_scripts import product
from build_scripts.dev_report import Stop
from build_scripts.machines import LocalMachine, Machine

STEPS = (
    "deps",
    "test",
    "freeze",
    "audit",
    "selftest",
    "sign",
    "installers",
    "smoke",
    "sbom",
    "sums",
)
# Each step that runs Windows programs in Wine has a PC, and a screen, of its own.
_ON_A_FRESH_PC = frozenset({"smoke"})
_DISPLAYS = {"freeze": 71, "selftest": 72, "smoke": 73, "test": 74}

Facts = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """Name one build: for which system, made where, and which steps of it."""

    target: str
    is_wine: bool
    steps: tuple[str, ...] = STEPS
    folder: Path = product.ROOT / "build"

    @property
    def bundle(self) -> Path:
        return product.bundle_folder(self.target)

    @property
    def release(self) -> Path:
        return product.release_folder(self.target)

    @property
    def work(self) -> Path:
        """What may be thrown away at any time."""
        return self.folder / self.target / "work"

    @property
    def record(self) -> Path:
        """What the steps told; the release receives a copy."""
        return self.folder / self.target / "build.json"

    def program(self, name: str) -> Path:
        """Give one of the two executables, named without its ending."""
        return self.bundle / (f"{name}.exe" if self.target == "win" else name)

    @contextmanager
    def machine(self, step: str) -> Iterator[Machine]:
        """Give the PC that a step runs the target's programs on."""
        if not self.is_wine:
            yield LocalMachine()
            return
        from build_scripts.wine.cache import default_cache
        from build_scripts.wine.machine import WineMachine

        pc = WineMachine(default_cache(), step, display=_DISPLAYS[step])
        if step in _ON_A_FRESH_PC:
            shutil.rmtree(pc.prefix, ignore_errors=True)
        pc.boot()
        try:
            with pc.screen():
                yield pc
        finally:
            pc.stop()

    @property
    def site_packages(self) -> Path:
        """The target's Python packages, which were frozen."""
        import sysconfig

        if not self.is_wine:
            return Path(sysconfig.get_paths()["purelib"])
        from build_scripts.wine.cache import default_cache

        return default_cache().python / "Lib" / "site-packages"


StepFunction = Callable[[Build], Facts]


def chosen_by(words: Sequence[str]) -> Build:
    """Read the command line; it ends the program when it is wrong."""
    parser = argparse.ArgumentParser(prog="build.py")
    parser.add_argument("--target", choices=product.TARGETS, required=True)
    parser.add_argument("--wine", action="store_true", help="run Windows programs in Wine")
    parser.add_argument("--only", nargs="+", choices=STEPS, metavar="STEP", help=", ".join(STEPS))
    chosen = parser.parse_args(words)
    fault = misfit(chosen.target, system=sys.platform, is_wine=chosen.wine)
    if fault:
        parser.error(fault)
    steps = tuple(step for step in STEPS if step in (chosen.only or STEPS))
    return Build(target=chosen.target, is_wine=chosen.wine, steps=steps)


def misfit(target: str, *, system: str, is_wine: bool) -> str:
    """Say why this system cannot make the target so; empty when it can."""
    here = {"win32": "win", "linux": "linux"}.get(system, "")
    if is_wine:
        fits = here == "linux" and target == "win"
        return "" if fits else "--wine makes the target win on Linux"
    if target != here:
        return f"the target {target} is made on its own system, or win with --wine on Linux"
    return ""


def require(done_code: int, *, what: str, told: str) -> None:
    """End the step when a program did not end well.

    Raises: Stop with the last lines that it told.
    """
    if done_code != 0:
        raise Stop(f"{told[-3000:]}\n{what} ended with {done_code}.")
