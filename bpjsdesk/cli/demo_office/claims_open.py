"""Claims that are being worked on today, so that the first page has something to ask for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bpjsdesk.cli.demo_office.cases import Benefits, CaseMaker, treatment
from bpjsdesk.cli.demo_office.founding import Staff
from bpjsdesk.cli.demo_office.people import Worker
from bpjsdesk.domain.claims import ClaimComponent, ClaimDraft, Programme
from bpjsdesk.services.claims import get_claim, move_claim, save_claim
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext

NO_HEIR_LETTER = "Surat keterangan ahli waris dari kelurahan belum ada."
NO_POLICE_REPORT = "Laporan polisi untuk kecelakaan lalu lintas belum dilampirkan."
NOT_ACTIVE = "Kepesertaan tidak aktif pada tanggal kejadian."
WRONG_ACCOUNT = "Nomor rekening bukan atas nama ahli waris."
WITHDRAWN = "Dicabut pelapor; kejadian bukan kecelakaan kerja."


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """A claim with the steps that it has gone; days are counted back from today.

    A step is (status, reason); where a status asks for a day, the claim has it already.
    """

    programme: Programme
    filed: int | None
    complete: int | None = None
    steps: tuple[tuple[str, str], ...] = ()
    pays: bool = False


COMPLETE_THEN_VERIFIED = (("VERIFICATION", ""),)
APPROVED = (*COMPLETE_THEN_VERIFIED, ("APPROVED", ""))
JKM, JKK = Programme.JKM, Programme.JKK
CASES = (
    OpenCase(programme=JKM, filed=None),
    OpenCase(programme=JKK, filed=None, steps=(("REPORTED", ""),)),
    OpenCase(programme=JKM, filed=1),
    OpenCase(programme=JKK, filed=2),
    OpenCase(programme=JKM, filed=8),
    OpenCase(programme=JKM, filed=9, steps=(("INCOMPLETE", NO_HEIR_LETTER),)),
    OpenCase(programme=JKK, filed=14, steps=(("INCOMPLETE", NO_POLICE_REPORT),)),
    OpenCase(programme=JKM, filed=6, complete=3),
    OpenCase(programme=JKM, filed=5, complete=3),
    OpenCase(programme=JKM, filed=12, complete=8),
    OpenCase(programme=JKK, filed=4, complete=2, steps=COMPLETE_THEN_VERIFIED),
    OpenCase(programme=JKK, filed=15, complete=13, steps=COMPLETE_THEN_VERIFIED),
    OpenCase(programme=JKM, filed=3, complete=1, steps=COMPLETE_THEN_VERIFIED),
    OpenCase(programme=JKM, filed=4, complete=2, steps=APPROVED),
    OpenCase(programme=JKK, filed=7, complete=5, steps=APPROVED),
    OpenCase(programme=JKM, filed=5, complete=2, steps=APPROVED, pays=True),
    OpenCase(
        programme=JKM,
        filed=21,
        complete=17,
        steps=(*COMPLETE_THEN_VERIFIED, ("REJECTED", NOT_ACTIVE)),
    ),
    OpenCase(programme=JKM, filed=11, complete=9, steps=(*APPROVED, ("RETURNED", WRONG_ACCOUNT))),
    OpenCase(programme=JKK, filed=18, steps=(("CANCELLED", WITHDRAWN),)),
)


def record_open_cases(
    staff: Staff, makers: tuple[Benefits, CaseMaker], workers: Iterator[Worker], agreement_id: int
) -> int:
    """Record every case as the clerk, with the steps that it has gone; the supervisor pays.

    Returns the number of claims.
    """
    clerk = staff.clerk
    today = clerk.clock().date()
    for case in CASES:
        draft = _draft(case, makers, next(workers), today=today, agreement_id=agreement_id)
        claim_id = save_claim(clerk, draft, request_id=new_request_id()).object_id
        for status, reason in case.steps:
            _step(clerk, claim_id, status, reason, on=None)
        if case.pays:
            _step(staff.supervisor, claim_id, "PAID", "", on=today)
    return len(CASES)


def _step(context: AppContext, claim_id: int, status: str, reason: str, *, on: date | None) -> None:
    version = get_claim(context, claim_id).version
    move_claim(
        context,
        claim_id,
        to_status=status,
        version=version,
        request_id=new_request_id(),
        note=reason,
        on=on,
    )


def _draft(
    case: OpenCase,
    makers: tuple[Benefits, CaseMaker],
    worker: Worker,
    *,
    today: date,
    agreement_id: int,
) -> ClaimDraft:
    benefits, maker = makers
    event_on = today - timedelta(days=(case.filed or 0) + 16)
    return ClaimDraft(
        programme=case.programme,
        participant_nik=worker.nik,
        participant_name=worker.name,
        category="VULNERABLE",
        segment="",
        agreement_id=agreement_id,
        region_code=worker.village.code,
        event_on=event_on,
        filed_on=None if case.filed is None else today - timedelta(days=case.filed),
        complete_on=None if case.complete is None else today - timedelta(days=case.complete),
        payee_name=maker.payee(case.programme, worker),
        components=_components(case, benefits, maker, event_on),
    )


def _components(
    case: OpenCase, benefits: Benefits, maker: CaseMaker, event_on: date
) -> tuple[ClaimComponent, ...]:
    if case.complete is None:
        return ()  # what is due is known once the file is complete
    if case.programme is Programme.JKM:
        return benefits.death(event_on)
    return treatment(maker.dice.randrange(80, 240) * 100_000)
