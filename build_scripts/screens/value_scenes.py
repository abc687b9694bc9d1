"""Scenes of spellings: villages and occupations as senders write them."""

from collections.abc import Iterator
from itertools import count

from bpjsdesk.domain.agreements import Status
from build_scripts.screens.acts import agreement_of, open_page
from build_scripts.screens.stage import Stage
from ui.pages.batches.import_flow import ImportFlow
from ui.pages.batches.import_form import ImportStart
from ui.pages.batches.page import BatchesPage
from ui.pages.batches.steps import FlowStep

_HEAD = "NIK;Nama Lengkap;Tanggal Lahir;Jenis Kelamin;Kelurahan;No HP;Pekerjaan"
_VILLAGES = {
    "Molas": 60,
    "Kel. Tumumpa I": 41,
    "TUMUMPA 1": 14,
    "Tumumpa Stu": 3,
    "Sindulang I": 38,
    "Sindulang Satuu": 5,
    "Melalayang Satu": 33,
    "Malalayang Sattu": 22,
    "Bailnag": 19,
    "Pal IV": 17,
    "Paal Empat Barat": 9,
    "Kombos Tmr": 12,
    "Singkil Dua Atas": 8,
    "Perum GPI": 7,
    "Pondol Bawah": 4,
    "Lingk. 3 dekat gereja": 2,
}
_NAMES = ("MARLINA TUMBELAKA", "JHON RAWUNG", "SELVI MANOPPO", "FERRY KALIGIS", "YULIN WONGKAR")
_OCCUPATIONS = ("Nelayan", "NELAYAN", "Petani", "TANI", "Tukang ojek", "Ojek online", "Pedagang")


def spellings(stage: Stage) -> None:
    """Come to a list whose villages are written in many ways."""
    _opened(stage, _VILLAGES)
    stage.key("Down")


def choosing_value(stage: Stage) -> None:
    """Search among the villages."""
    spellings(stage)
    stage.key("F4")
    stage.write("valueSearch", "tumu")


def every_value(stage: Stage) -> None:
    """Show what is understood already, too."""
    spellings(stage)
    stage.key("F7")


def all_known(stage: Stage) -> None:
    """Come to a list that needs nobody here."""
    flow = _opened(stage, {"Molas": 12, "MERAS": 8}, occupations=())
    stage.key("Alt+Left")
    stage.until(lambda: not flow.values.is_reading, "the spellings to be read")


def _opened(
    stage: Stage, villages: dict[str, int], occupations: tuple[str, ...] = _OCCUPATIONS
) -> ImportFlow:
    path = stage.folder / "berkas" / "Kiriman Dinas Tenaga Kerja.csv"
    path.parent.mkdir(exist_ok=True)
    head = _HEAD if occupations else _HEAD.rpartition(";")[0]
    path.write_text("\n".join([head, *_rows(villages, occupations)]), encoding="utf-8")
    agreement_id = agreement_of(stage, Status.DRAFT).agreement_id
    start = ImportStart(agreement_id=agreement_id, category="VULNERABLE", path=path)
    open_page(stage, BatchesPage, "batches").open_import(start)
    stage.settle()
    flow = stage.shown(ImportFlow)
    flow.form.submit()
    opened = (FlowStep.COLUMNS, FlowStep.VALUES, FlowStep.CHECK)
    stage.until(lambda: flow.step in opened, "the check to end")
    stage.until(lambda: not flow.values.is_reading, "the spellings to be read")
    stage.settle()
    return flow


def _rows(villages: dict[str, int], occupations: tuple[str, ...]) -> Iterator[str]:
    number = count(1)
    for village, rows in villages.items():
        for _row in range(rows):
            at = next(number)
            day = 1 + at % 28
            name = _NAMES[at % len(_NAMES)]
            cells = f"717101{day:02}0585{at:04};{name};{day:02}-05-1985"
            phone = f"0813400{at:05}"
            work = f";{occupations[at % len(occupations)]}" if occupations else ""
            yield f"{cells};L;{village};{phone}{work}"
