"""PROOF.md: the last result of the proof, written by the proof alone."""

import json
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from build_scripts.product import ROOT
from build_scripts.wine.findings import Finding, Record

TARGET = ROOT / "build_scripts" / "PROOF.md"
KEPT = ROOT / "build" / "win" / "proof"
_HEAD = """# What the Windows product has been seen to do under Wine

Written by `python3 build_scripts/wine/proof.py`, never by hand; `--only PART` repeats a part and
leaves the others as they were. Wine is evidence, not proof: what only a real Windows can show
stands as not verified in `RELEASE_CHECKLIST.md`.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one part of the proof has found, when and on which commit."""

    name: str
    moment: str
    commit: str
    findings: tuple[Finding, ...]

    @property
    def is_good(self) -> bool:
        return bool(self.findings) and all(finding.ok for finding in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Everything that PROOF.md tells: the newest result of each part."""

    versions: Mapping[str, str]
    sizes: Sequence[tuple[str, int, int | None]]
    parts: Sequence[Part]


def keep(name: str, record: Record, *, commit: str, moment: datetime, folder: Path = KEPT) -> Part:
    """Keep the result of a part, in place of its last one."""
    part = Part(
        name=name,
        moment=f"{moment:%Y-%m-%d %H:%M} WITA",
        commit=commit,
        findings=tuple(record.findings),
    )
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(part), ensure_ascii=False, indent=1)
    (folder / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
    return part


def kept_parts(names: Sequence[str], folder: Path = KEPT) -> list[Part]:
    """Read what is kept, in this order; a part that never ran has no findings."""
    return [_kept(name, folder / f"{name}.json") for name in names]


def _kept(name: str, path: Path) -> Part:
    if not path.exists():
        return Part(name=name, moment="never", commit="", findings=())
    told = json.loads(path.read_text(encoding="utf-8"))
    findings = tuple(Finding(**each) for each in told["findings"])
    return Part(name=name, moment=told["moment"], commit=told["commit"], findings=findings)


def commit_of_checkout() -> str:
    """Name the commit, and say when the files differ from it; asked for before the first trial."""
    told = _git("log", "-1", "--format=%H")
    # PROOF.md itself is what the proof changes
    changed = _git("status", "--porcelain", "--", ".", f":(exclude){TARGET.relative_to(ROOT)}")
    return f"{told} with uncommitted changes" if changed else told


def write(proof: Proof, target: Path = TARGET) -> None:
    """Replace the file with this result."""
    target.write_text("\n".join(_lines(proof)) + "\n", encoding="utf-8", newline="\n")


def _lines(proof: Proof) -> Iterable[str]:
    findings = [finding for part in proof.parts for finding in part.findings]
    holding = sum(finding.ok for finding in findings)
    yield _HEAD
    yield f"Result: {holding} of {len(findings)} trials hold."
    yield from ("", "| part | when | commit | trials | hold |", "|---|---|---|---|---|")
    for part in proof.parts:
        good = sum(finding.ok for finding in part.findings)
        counts = f"{len(part.findings)} | {good}"
        yield f"| {part.name} | {part.moment} | {part.commit} | {counts} |"
    yield from ("", "## Versions", "", "| what | version |", "|---|---|")
    yield from (f"| {name} | {version} |" for name, version in proof.versions.items())
    yield from ("", "## Sizes", "", "| what | MB | ceiling |", "|---|---|---|")
    for name, size, ceiling in proof.sizes:
        told = f"{ceiling / 1e6:.0f}" if ceiling else ""
        yield f"| {name} | {size / 1e6:.1f} | {told} |"
    for part in proof.parts:
        yield from ("", f"## Trials: {part.name}", "", "| trial | result | s | detail |")
        yield "|---|---|---|---|"
        yield from map(_row, part.findings)


def _row(finding: Finding) -> str:
    detail = " ".join(finding.detail.replace("|", "/").split())
    result = "holds" if finding.ok else "**fails**"
    seconds = "" if finding.seconds is None else f"{finding.seconds:.1f}"
    return f"| {finding.name} | {result} | {seconds} | {detail} |"


def _git(*arguments: str) -> str:
    command = ["git", *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
