"""Write and check SHA256SUMS, in the format of the sha256sum command."""

import hashlib
import re
from pathlib import Path

NAME = "SHA256SUMS"
_LINE = re.compile(r"^([0-9a-f]{64}) [ *](.+)$")


def write_sums(folder: Path) -> Path:
    """Sum every file below a folder, sorted by name; gives the file written."""
    places = sorted(each.relative_to(folder).as_posix() for each in _files(folder))
    text = "".join(f"{sha256(folder / place)}  {place}\n" for place in places)
    target = folder / NAME
    target.write_text(text, encoding="utf-8", newline="\n")
    return target


def verify(folder: Path) -> list[str]:
    """Name everything that does not fit the sums: changed, missing and unlisted files."""
    if not (folder / NAME).is_file():
        return [f"{NAME}: missing"]
    listed: dict[str, str] = {}
    faults = []
    for line in (folder / NAME).read_text(encoding="utf-8").splitlines():
        told = _LINE.match(line)
        if told:
            listed[told[2]] = told[1]
        else:
            faults.append(f"{NAME}: not a line of sums: {line}")
    there = {each.relative_to(folder).as_posix() for each in _files(folder)}
    faults += [f"{place}: missing" for place in sorted(listed.keys() - there)]
    faults += [f"{place}: not in {NAME}" for place in sorted(there - listed.keys())]
    for place in sorted(there & listed.keys()):
        if sha256(folder / place) != listed[place]:
            faults.append(f"{place}: changed")
    return faults


def sha256(file: Path) -> str:
    """Sum one file, in pieces."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _files(folder: Path) -> list[Path]:
    return [each for each in folder.rglob("*") if each.is_file() and each != folder / NAME]
