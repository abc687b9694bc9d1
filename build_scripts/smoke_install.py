"""Installs, upgrades, refuses and removes on one PC, and tells everything that it finds.

On a Windows that has no BPJS Desk, in an elevated terminal, after a build:

    python build_scripts/smoke_install.py --report findings.json

Under Wine the driver calls `smoke` with a machine of its own. Older editions are the same program
folder packed under a lower number.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from build_scripts import product
from build_scripts.dev_report import Stop, complain, say
from build_scripts.installers import make_msi, make_setup
from build_scripts.machines import LocalMachine, Machine
from build_scripts.smoke_msi import try_msi
from build_scripts.smoke_pc import Finding, Findings, Pc
from build_scripts.smoke_setup import try_setup
from build_scripts.smoke_tries import Editions, Tries

OLDER = "0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Name what is tried: the two installers, and the folder that they were made of."""

    bundle: Path
    setup: Path
    msi: Path
    licence: Path
    version: str


def smoke(machine: Machine, sources: Sources, *, work: Path) -> tuple[Finding, ...]:
    """Try both editions from an empty PC to an empty PC.

    Raises: Stop when the PC holds BPJS Desk or its data already.
    """
    pc = Pc(machine, work)
    if pc.own_entries() or pc.data.exists():
        raise Stop(f"{product.NAME} or its data is on this PC already; use one without.")
    tries = Tries(pc=pc, editions=_editions(sources, work), findings=Findings())
    try_setup(tries)
    try_msi(tries)
    return tries.findings.all()


def write_report(findings: Sequence[Finding], out: Path) -> None:
    """Write the findings as JSON, for whoever prints them."""
    listed = [asdict(finding) for finding in findings]
    out.write_text(json.dumps(listed, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _editions(sources: Sources, work: Path) -> Editions:
    older_setup, older_msi = work / f"older-{OLDER}-setup.exe", work / f"older-{OLDER}.msi"
    make_setup(sources.bundle, older_setup, version=OLDER, licence=sources.licence, is_quick=True)
    make_msi(sources.bundle, older_msi, version=OLDER)
    return Editions(
        bundle=sources.bundle,
        version=sources.version,
        setup=sources.setup,
        msi=sources.msi,
        older=OLDER,
        older_setup=older_setup,
        older_msi=older_msi,
    )


def main(words: Sequence[str]) -> int:
    """Run on this Windows; 0 when all is well, 1 when a finding is bad."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bundle", type=Path, default=product.bundle_folder("win"))
    parser.add_argument("--setup", type=Path, default=product.setup_file())
    parser.add_argument("--msi", type=Path, default=product.msi_file())
    parser.add_argument("--licence", type=Path, default=product.LICENCE)
    parser.add_argument("--report", type=Path, help="write the findings here as JSON")
    chosen = parser.parse_args(words)
    sources = Sources(
        bundle=chosen.bundle.resolve(),
        setup=chosen.setup.resolve(),
        msi=chosen.msi.resolve(),
        licence=chosen.licence,
        version=product.version(),
    )
    try:
        with tempfile.TemporaryDirectory(prefix="bpjsdesk-smoke-") as work:
            findings = smoke(LocalMachine(), sources, work=Path(work))
    except Stop as reason:
        complain(str(reason))
        return 1
    if chosen.report:
        write_report(findings, chosen.report)
    bad = sum(not finding.ok for finding in findings)
    say(f"\n{len(findings)} findings, {bad} bad.")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
