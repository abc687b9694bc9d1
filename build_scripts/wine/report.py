"""PROOF.md: the last result of the proof, written by the proof alone."""

import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from build_scripts.product import ROOT
from build_scripts.wine.findings import Finding

TARGET = ROOT / "build_scripts" / "PROOF.md"
_HEAD = """# What the Windows product has been seen to do under Wine

Written by `python3 build_scripts/wine/proof.py`, never by hand. Wine is evidence, not proof: what
only a real Windows can show stands as not verified in `RELEASE_CHECKLIST.md`.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Everything that PROOF.md tells."""

    moment: datetime
    commit: str
    versions: Mapping[str, str]
    sizes: Sequence[tuple[str, int, int | None]]
    findings: Sequence[Finding]

    @property
    def seconds(self) -> float:
        return sum(finding.seconds for finding in self.findings)


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
    failed = [finding for finding in proof.findings if not finding.ok]
    yield _HEAD
    yield f"- Date: {proof.moment:%Y-%m-%d %H:%M} WITA"
    yield f"- Commit: {proof.commit}"
    yield f"- Result: {len(proof.findings) - len(failed)} of {len(proof.findings)} trials hold"
    yield f"- Time: {proof.seconds / 60:.1f} minutes"
    yield from ("", "## Versions", "", "| what | version |", "|---|---|")
    yield from (f"| {name} | {version} |" for name, version in proof.versions.items())
    yield from ("", "## Sizes", "", "| what | MB | ceiling |", "|---|---|---|")
    for name, size, ceiling in proof.sizes:
        told = f"{ceiling / 1e6:.0f}" if ceiling else ""
        yield f"| {name} | {size / 1e6:.1f} | {told} |"
    yield from ("", "## Trials", "", "| trial | result | s | detail |", "|---|---|---|---|")
    yield from map(_row, proof.findings)


def _row(finding: Finding) -> str:
    detail = " ".join(finding.detail.replace("|", "/").split())
    result = "holds" if finding.ok else "**fails**"
    return f"| {finding.name} | {result} | {finding.seconds:.1f} | {detail} |"


def _git(*arguments: str) -> str:
    command = ["git", *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
