"""Gather what the shipped program is made of: locked packages, and the parts that are none."""

import csv
import json
import platform
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path
from types import MappingProxyType

from packageurl import PackageURL
from packaging.markers import Marker
from packaging.utils import canonicalize_name

from build_scripts import freeze_rules
from build_scripts.licence_rules import REVIEWED, PaperProblem, refusal, told_licence
from build_scripts.product import ROOT

LOCK = ROOT / "build_scripts" / "requirements" / "gui.txt"
PARTS = ROOT / "build_scripts" / "components.csv"
_LOCKED = re.compile(r"^([a-z0-9.-]+)==([^\s;\\]+)\s*(?:;\s*([^\\]+?))?\s*\\?$")
_LICENCES = ROOT / "resources" / "licences"
# Their wheels carry no text of the licence under which they are used here, the LGPL.
_TEXTS_OF: Mapping[str, tuple[Path, ...]] = MappingProxyType(
    {
        name: (_LICENCES / "LGPL-3.0.txt", _LICENCES / "GPL-3.0.txt")
        for name in ("pyside6-essentials", "shiboken6")
    }
)
_OTHER_CHOICE = "LicenseRef-Qt-Commercial.txt"
# In a wheel's own list, yet not in the wheel: PIL.features denies it, no liq_ symbol is there.
_NOT_BUILT_IN = frozenset({("pillow", "libimagequant")})
_SYSTEMS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "win": MappingProxyType(
            {
                "os_name": "nt",
                "sys_platform": "win32",
                "platform_system": "Windows",
                "platform_machine": "AMD64",
            }
        ),
        "linux": MappingProxyType(
            {
                "os_name": "posix",
                "sys_platform": "linux",
                "platform_system": "Linux",
                "platform_machine": "x86_64",
            }
        ),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """Something compiled into a package, as the package itself lists it."""

    name: str
    version: str
    licence: str
    purl: PackageURL | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A package or another part of the program, with where its licence can be read."""

    name: str
    version: str
    licence: str
    inside: str  # the package, or what else it comes with
    texts: tuple[Path, ...]
    source: str = ""
    files: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()  # what it can be imported by
    purl: PackageURL | None = None
    built: tuple[Built, ...] = ()


def shipped(
    site_packages: Path, *, system: str, lock: Path = LOCK, parts: Path = PARTS
) -> tuple[Component, ...]:
    """Gather all components of one target, sorted; `system` is `win` or `linux`.

    Raises:
        PaperProblem: naming every missing package, stale part, missing text and refused licence.
    """
    gathering = _Gathering(site_packages, system)
    packages = sorted(gathering.packages(lock), key=lambda each: each.name)
    others = sorted(gathering.parts(parts), key=lambda each: each.name.lower())
    found = (*packages, *others)
    problems = [*gathering.problems, *_licence_problems(found)]
    if problems:
        raise PaperProblem(*problems)
    return found


def locked(lock: Path, *, system: str, python: str) -> dict[str, str]:
    """Read which version of each package the lock wants on a system."""
    names = {
        **_SYSTEMS[system],
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "python_full_version": python,
        "python_version": ".".join(python.split(".")[:2]),
    }
    wanted = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        told = _LOCKED.match(line)
        if told and (not told[3] or Marker(told[3]).evaluate(names)):
            wanted[told[1]] = told[2]
    return wanted


def python_version(site_packages: Path) -> str:
    """Find the version of the Python to which a folder of packages belongs."""
    for folder in site_packages.parents[:3]:
        settings = folder / "pyvenv.cfg"
        if settings.exists():
            told = re.search(
                r"^version(?:_info)?\s*=\s*(\d+\.\d+\.\d+)",
                settings.read_text(encoding="utf-8"),
                re.MULTILINE,
            )
            if told:
                return told[1]
        for library in sorted(folder.glob("python3?*.dll")):
            inside = re.search(rb"\0(3\.\d+\.\d+)\0", library.read_bytes())
            if inside:
                return inside[1].decode("ascii")
    if str(site_packages) in sys.path:
        return platform.python_version()
    raise PaperProblem(f"{site_packages}: cannot tell the version of its Python")


class _Gathering:
    """Collect components and, on the way, everything that is wrong with them."""

    def __init__(self, site_packages: Path, system: str) -> None:
        found = distributions(path=[str(site_packages)])
        self._there = {canonicalize_name(each.name): each for each in found}
        self._system = system
        self._python = python_version(site_packages)
        self._versions: dict[str, str] = {}
        self.problems: list[str] = []

    def packages(self, lock: Path) -> Iterator[Component]:
        left_out = {rule.pattern for rule in freeze_rules.EXCLUDED}
        self._versions = locked(lock, system=self._system, python=self._python)
        for name, version in sorted(self._versions.items()):
            there = self._there.get(canonicalize_name(name))
            if name in left_out:
                continue
            if there is None or there.version != version:
                has = "none" if there is None else there.version
                self.problems.append(f"{name}: the lock wants {version}, installed is {has}")
                continue
            yield self._package(name, there)

    def parts(self, table: Path) -> Iterator[Component]:
        with table.open(encoding="utf-8", newline="") as opened:
            for row in csv.DictReader(opened):
                if self._system in row["systems"].split():
                    yield self._part(row)

    def _package(self, name: str, there: Distribution) -> Component:
        texts = (*_dist_texts(there), *_TEXTS_OF.get(name, ()))
        if not texts:
            self.problems.append(f"{name}: its dist-info holds no licence text")
        return Component(
            name=name,
            version=there.version,
            licence=told_licence(there.metadata, name),
            inside="",
            texts=texts,
            modules=tuple(sorted(_modules(there))),
            purl=PackageURL("pypi", name=name, version=there.version),
            built=tuple(_built_in(name, there)),
        )

    def _part(self, row: Mapping[str, str]) -> Component:
        name, inside = row["name"], row["inside"]
        package, _, reviewed = inside.partition("==")
        if reviewed and self._versions.get(package) != reviewed:
            wanted = self._versions.get(package, "none")
            self.problems.append(
                f"components.csv: {name} was reviewed in {inside}, the lock wants {wanted}"
            )
        version = row["version"]
        if version == "see package":
            version = self._version_of(package)
        return Component(
            name=name,
            version=version,
            licence=row["licence"],
            inside=inside,
            texts=tuple(self._text(name, place) for place in row["texts"].split()),
            source=row["source"],
            files=tuple(row["files"].split()),
        )

    def _version_of(self, package: str) -> str:
        if package == "python":
            return self._python
        there = self._there.get(canonicalize_name(package))
        if there is None:
            self.problems.append(f"{package}: not installed, so its version cannot be told")
            return ""
        return there.version

    def _text(self, name: str, place: str) -> Path:
        package, _, ending = place.rpartition(":")
        there = self._there.get(canonicalize_name(package)) if package else None
        found = [ROOT / place] if not package else []
        if there is not None:
            found = [path for path in _dist_texts(there) if path.name == ending]
        if not found or not found[0].is_file():
            self.problems.append(f"components.csv: {name}: no licence text at {place}")
            return ROOT / place
        return found[0]


def _modules(there: Distribution) -> set[str]:
    return {
        file.parts[0].partition(".")[0]
        for file in there.files or ()
        if len(file.parts) > 1 or file.suffix in (".py", ".pyd", ".so")
    }


def _dist_texts(there: Distribution) -> tuple[Path, ...]:
    files = [Path(str(there.locate_file(file))) for file in there.files or ()]
    roots = sorted({path.parent for path in files if path.name == "METADATA"})
    named = there.metadata.get_all("License-File") or []
    places = [root / part / name for root in roots for name in named for part in ("licenses", "")]
    if not named:  # some wheels bring the texts without naming them
        places = sorted(path for path in files if path.parent.name == "licenses")
    return tuple(path for path in places if path.is_file() and path.name != _OTHER_CHOICE)


def _built_in(name: str, there: Distribution) -> Iterator[Built]:
    # PEP 770: wheels list what is compiled into them; twice is one
    seen: dict[tuple[str, str], Built] = {}
    for file in there.files or ():
        if "sboms" not in file.parts or file.suffix != ".json":
            continue
        listed = json.loads(Path(str(there.locate_file(file))).read_text(encoding="utf-8"))
        for each in listed.get("components", []):
            own = str(each.get("purl", "")).startswith(f"pkg:pypi/{name}@")
            absent = each.get("scope") == "excluded" or (name, each["name"]) in _NOT_BUILT_IN
            if own or absent:
                continue
            made = _built(each)
            seen.setdefault((made.name, made.version), made)
    yield from (seen[key] for key in sorted(seen))


def _built(each: Mapping[str, object]) -> Built:
    name, purl = str(each["name"]), str(each.get("purl") or "")
    licences = each.get("licenses")
    told = [_licence_of(part) for part in licences] if isinstance(licences, list) else []
    address = PackageURL.from_string(purl) if purl else None
    if address is not None:  # without qualifiers: they name folders of the machine that built it
        address = PackageURL(
            address.type, address.namespace, address.name, address.version, None, address.subpath
        )
    return Built(
        name=name,
        version=str(each.get("version") or ""),
        licence=" AND ".join(told) or REVIEWED.get(name.lower(), ""),
        purl=address,
    )


def _licence_of(part: Mapping[str, object]) -> str:
    inner = part.get("license")
    if isinstance(inner, dict):
        return str(inner.get("id") or inner.get("name"))
    return str(part.get("expression"))


def _licence_problems(found: tuple[Component, ...]) -> Iterator[str]:
    for each in found:
        reason = refusal(each.licence)
        if reason:
            yield f"{each.name}: {reason}"
        for part in each.built:
            reason = refusal(part.licence)
            if reason:
                yield f"{each.name}, {part.name} inside it: {reason}"
