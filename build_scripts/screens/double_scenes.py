"""Scenes of doubles: a register, and a list that holds some of its people again."""

from collections.abc import Sequence

from bpjsdesk.domain.agreements import Status
from bpjsdesk.domain.enrollment import BatchRequest
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.acceptance import accept
from bpjsdesk.services.agreements import get_agreement, list_agreements
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.staging import open_list, stage_list
from build_scripts.screens.acts import agreement_of, main_window, open_page
from build_scripts.screens.stage import Stage
from ui.pages.batches.import_flow import ImportFlow
from ui.pages.batches.import_form import ImportStart
from ui.pages.batches.page import BatchesPage
from ui.pages.batches.steps import FlowStep

_HEAD = "NIK;Nama Lengkap;Tanggal Lahir;Jenis Kelamin;Kelurahan;No HP;Pekerjaan"
_EARLIER = (
    "7171011504910012;MUHAMMAD RIZKI PAPUTUNGAN;15-04-1991;L;Molas;081340002210;Pengemudi bentor",
    "7171014307880031;SILVI MANOPPO;03-07-1988;P;Molas;081340002211;Pedagang",
    "7171012109790044;JOHN RAWUNG;21-09-1979;L;Meras;081340002212;Nelayan",
    "7171010211850052;ABDURRAHMAN MOKODOMPIT;02-11-1985;L;Pandu;081340002213;Petani",
    "7171016503930061;CITRA WALANGITAN;25-03-1993;P;Molas;081340002214;Penjahit",
    "7171011001820072;JUFRI LAMATO;10-01-1982;L;Meras;081340002215;Buruh harian",
    "7171015812760083;MARTA SUMAMPOW;18-12-1976;P;Pandu;081340002216;Pedagang",
)
_LISTED = (
    "7171011504910002;MOH. RIZKI PAPUTUNGAN;15-04-1991;L;Molas;085255017733;Pengemudi ojek",
    "7171014307880039;SELVI MANOPPO;03-07-1988;P;Molas;081340002211;Pedagang",
    "7171012109790045;JHON RAWUNG;21-09-1979;L;Meras;081340002212;Nelayan",
    "7171010211850057;ABDUL RAHMAN MOKODOMPIT;02-11-1985;L;Pandu;081340002213;Petani",
    "7171016503930068;TJITRA WALANGITAN;25-03-1993;P;Molas;081340002214;Penjahit",
    "7171011001820077;DJUFRI LAMATO;10-01-1982;L;Meras;085240002215;Buruh harian",
    "7171015812760083;MARTHA SUMAMPOUW;18-12-1976;P;Pandu;081340002216;Pedagang",
    "7171011203850101;STEVEN KALIGIS;12-03-1985;L;Molas;081340002217;Petani",
    "7171011203850101;STEVEN KALIGIS;12-03-1985;L;Molas;081340002217;Petani",
    "7171015507900102;GRACE WOWILING;15-07-1990;P;Molas;081340002218;Pedagang",
    "7171015507900102;GRACE WOWILING;15-07-1990;P;Molas;081340002218;Pedagang",
)


def doubles(stage: Stage) -> None:
    """Come to the pairs of a list whose people the register knows a little otherwise."""
    running, _other = _running(stage)
    _accepted(stage, running, _EARLIER)
    _at_doubles(stage, _staged(stage, agreement_of(stage, Status.DRAFT).agreement_id, _LISTED))
    for _pair in range(4):
        stage.key("Down")


def doubles_in_file(stage: Stage) -> None:
    """Show rows that only repeat another one."""
    doubles(stage)
    stage.key("Left")
    stage.key("Left")


def doubles_left_out(stage: Stage) -> None:
    """Show months that another agreement pays, and the question for a reason."""
    running, other = _running(stage)
    _accepted(stage, running, _EARLIER)
    _at_doubles(stage, _staged(stage, other, _EARLIER))
    stage.key("1")


def searching_doubles(stage: Stage) -> None:
    """Catch the search while it runs."""
    doubles(stage)
    stage.shown(ImportFlow).doubles.search_again()
    stage.take()


def no_doubles(stage: Stage) -> None:
    """Come to a list in which nobody is like anybody."""
    _at_doubles(stage, _staged(stage, agreement_of(stage, Status.DRAFT).agreement_id, _EARLIER[:3]))


def _running(stage: Stage) -> tuple[int, int]:
    """Give two agreements that are in force for vulnerable workers."""
    app = main_window(stage).context.app
    found = [
        item.agreement_id
        for item in list_agreements(app)
        if item.status in (Status.ACTIVE, Status.EXPIRING)
        and any(
            quota.draft.category == "VULNERABLE"
            for quota in get_agreement(app, item.agreement_id).quotas
        )
    ]
    return found[0], found[1]


def _staged(stage: Stage, agreement_id: int, lines: Sequence[str]) -> int:
    name = f"DATA PEKERJA RENTAN {agreement_id}-{len(lines)}.csv"
    path = stage.folder / "berkas" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join((_HEAD, *lines, "")), encoding="utf-8")
    app = main_window(stage).context.app
    request = BatchRequest(
        path=path,
        agreement_id=agreement_id,
        category="VULNERABLE",
        registered_on=app.clock().date(),
    )
    return stage_list(
        app,
        request,
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
    ).object_id


def _accepted(stage: Stage, agreement_id: int, lines: Sequence[str]) -> None:
    app, batch_id = main_window(stage).context.app, _staged(stage, agreement_id, lines)
    work = open_list(app, batch_id, progress=ignore_progress, cancel=CancelToken())
    accept(
        app,
        work,
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
    )


def _at_doubles(stage: Stage, batch_id: int) -> None:
    open_page(stage, BatchesPage, "batches").open_import(ImportStart())
    stage.settle()
    flow = stage.shown(ImportFlow)
    flow.open_batch(batch_id)
    opened = (FlowStep.COLUMNS, FlowStep.CHECK)
    stage.until(lambda: flow.step in opened, "the list to be opened")
    for _step in FlowStep:
        stage.settle()
        if flow.step is not FlowStep.DOUBLES:
            stage.key("Ctrl+Return")
    stage.until(lambda: not flow.doubles.is_searching, "the search to end")
    stage.settle()
