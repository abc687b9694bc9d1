"""The office's main job, done by the installed program, and compared with what Linux finds."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from build_scripts.product import ROOT
from build_scripts.wine.findings import joined, require
from build_scripts.wine.machine import WineMachine

ROWS = 5_000
PASSWORD = "perahu biru berlayar"
USER = "rina"
_AGREEMENT: Mapping[str, Any] = {
    "kind": "COOPERATION",
    "title": "Perlindungan Pekerja Rentan di Kota Manado",
    "region_code": "71.71",
    "signed_on": "2025-12-15",
    "valid_from": "2026-01-01",
    "valid_to": "2026-12-31",
    "parties": [
        {"role_no": 1, "institution": "Pemerintah Kota Manado", "number": "560/PKS/1/2026"},
        {"role_no": 2, "institution": "BPJS Ketenagakerjaan", "number": "PER/1/012026"},
    ],
    "quotas": [
        {
            "category": "VULNERABLE",
            "programmes": ["JKK", "JKM"],
            "heads": ROWS,
            "months": 12,
            "from_month": "2026-01",
            "payer_type": "APBD",
        }
    ],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """The installed command line, the office it works on and its machine."""

    machine: WineMachine
    program: Path
    office: Path
    work: Path

    def told(self, *words: str, timeout_s: float = 300) -> Any:
        """Run one command of the office; gives its JSON object.

        Raises: Refuted with what the program said.
        """
        told = self.machine.path(self.office)
        command = [str(self.program), "--data", told, "--user", USER, "--json", *words]
        settings = {"BPJSDESK_PASSWORD": PASSWORD}
        done = self.machine.run(command, variables=settings, timeout_s=timeout_s)
        said = f"{' '.join(words[:2])}: {done.returncode} {done.stdout[-500:]}{done.stderr[-500:]}"
        require(done.returncode == 0, said)
        return json.loads(done.stdout)


def dirty_list(work: Path) -> tuple[Path, Mapping[str, int]]:
    """Have the checkout write its practice list and read it on Linux; gives the list and counts."""
    folder = work / "latihan"
    shutil.rmtree(folder, ignore_errors=True)
    command = [sys.executable, "-m", "bpjsdesk", "--data", str(folder), "--json"]
    done = subprocess.run(
        [*command, "demo", "--rows", str(ROWS)], cwd=ROOT, capture_output=True, check=True
    )
    counts: Mapping[str, int] = json.loads(done.stdout)["batches"][0]["counts"]
    return next((folder / "contoh").glob("Daftar Pekerja Rentan Manado*.xlsx")), counts


def do_the_main_job(office: Installed, book: Path, expected: Mapping[str, int]) -> str:
    """Found an office, record an agreement, load the list, write PDFs, back up and check.

    Raises: Refuted when a command fails or counts otherwise than Linux did.
    """
    office.told("init", "--office", "Kantor Cabang Contoh")
    agreement = office.work / "perjanjian.json"
    agreement.write_text(json.dumps(_AGREEMENT), encoding="utf-8")
    wine = office.machine.path
    number = str(office.told("agreement", "add", wine(agreement))["agreement_id"])
    when = ["--registered", "2026-11-20", "--from", "2026-01", "--months", "12"]
    options = ["--agreement", number, "--category", "VULNERABLE", *when]
    loaded = office.told("batch", "import", *options, wine(book))
    found = {name: loaded[name] for name in expected}
    require(found == expected, f"Windows counts {found}, Linux counted {dict(expected)}.")
    pages = [_printed(office, "agreement", number), _printed(office, "batch", "1")]
    office.told("backup", wine(office.work / "cadangan.db"))
    office.told("check")
    counts = joined(f"{name} {count}" for name, count in found.items())
    return joined([f"{ROWS} people: {counts}", *pages, "backup opened again, check sound"])


def _printed(office: Installed, subject: str, number: str) -> str:
    from pypdf import PdfReader

    out = office.work / f"{subject}.pdf"
    out.unlink(missing_ok=True)
    office.told(subject, "pdf", "--out", office.machine.path(out), number)
    pages = PdfReader(out).pages
    require("Kantor Cabang Contoh" in pages[0].extract_text(), f"{out.name} lacks its letterhead.")
    return f"{out.name} {len(pages)} pages"
