"""From a record to its printed page: gather the value, draw it, put it in place, write it down."""

from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType

from bpjsdesk.domain.access import ROLE_LABELS
from bpjsdesk.domain.list_comparison import ListDifference
from bpjsdesk.domain.office import SignatoryPerson
from bpjsdesk.domain.report_values import ClaimsReportQuery, Paper, Signatory
from bpjsdesk.domain.wording import format_date
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.reports.agreement_summary import render_agreement_summary
from bpjsdesk.reports.batch_receipt import render_batch_receipt
from bpjsdesk.reports.claims_report import render_claims_report
from bpjsdesk.reports.list_comparison import render_list_comparison
from bpjsdesk.reports.participant_list import render_participant_list
from bpjsdesk.services.acceptance import Doubles
from bpjsdesk.services.agreements import agreement_summary, get_agreement
from bpjsdesk.services.batches import get_batch, participant_list
from bpjsdesk.services.claims_report import claims_report
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.office import get_office
from bpjsdesk.services.printing import (
    agreement_document,
    batch_document,
    claims_document,
    comparison_document,
    issue,
    letterhead_of,
    paper_of,
    print_stamp,
    receipt_document,
)
from bpjsdesk.services.receipts import batch_receipt
from bpjsdesk.services.reference import list_signatories
from bpjsdesk.services.staging import StagedList

OWN_SIDE = "BPJS Ketenagakerjaan"


def agreement_summary_pdf(
    context: AppContext, agreement_id: int, *, paper: Paper | None = None
) -> bytes:
    """Draw the one-page summary of an agreement."""
    office = get_office(context)
    return render_agreement_summary(
        agreement_summary(context, agreement_id),
        letterhead_of(office),
        print_stamp(context, agreement_document(agreement_id)),
        paper=paper or paper_of(office),
    )


def claims_report_pdf(
    context: AppContext, query: ClaimsReportQuery, *, paper: Paper | None = None
) -> bytes:
    """Draw the claim report with its signature block."""
    office = get_office(context)
    return render_claims_report(
        claims_report(context, query),
        letterhead_of(office),
        print_stamp(context, claims_document(query)),
        paper=paper or paper_of(office),
        signatories=signers(context, office.place),
    )


def participant_list_pdf(
    context: AppContext, batch_id: int, *, progress: ProgressSink, cancel: CancelToken
) -> bytes:
    """Draw the list of one batch; always A4, as pdf.md asks."""
    office = get_office(context)
    return render_participant_list(
        participant_list(context, batch_id, progress=progress, cancel=cancel),
        letterhead_of(office),
        print_stamp(context, batch_document(batch_id)),
        signatories=signers(context, office.place),
        progress=progress,
        cancel=cancel,
    )


def batch_receipt_pdf(
    context: AppContext,
    batch_id: int,
    *,
    paper: Paper | None = None,
    work: StagedList | None = None,
    doubles: Doubles = MappingProxyType({}),
) -> bytes:
    """Draw the receipt of a list; `work` and `doubles` spare opening one that is in work."""
    office = get_office(context)
    return render_batch_receipt(
        batch_receipt(context, batch_id, work=work, doubles=doubles),
        letterhead_of(office),
        print_stamp(context, receipt_document(batch_id)),
        paper=paper or paper_of(office),
        signatories=signers(context, office.place),
    )


def list_comparison_pdf(
    context: AppContext, found: ListDifference, *, paper: Paper | None = None
) -> bytes:
    """Draw what a new list changes against an earlier one, for partner and office to sign."""
    office = get_office(context)
    number = comparison_document(found.before.batch_id, found.after.batch_id)
    agreement_id = get_batch(context, found.after.batch_id).item.agreement_id
    return render_list_comparison(
        found,
        letterhead_of(office),
        print_stamp(context, number),
        paper=paper or paper_of(office),
        signatories=_both_sides(context, agreement_id, office.place),
    )


def issue_agreement_summary(context: AppContext, agreement_id: int, out: Path) -> Path:
    """Write the summary as a file and note that it went out.

    Raises: UserError; EnvironmentProblem.
    """
    context.user.require("report.print")
    pdf = agreement_summary_pdf(context, agreement_id)
    document = agreement_document(agreement_id)
    issue(context, out, pdf, document, kind="agreement", object_id=agreement_id)
    return out


def issue_claims_report(context: AppContext, query: ClaimsReportQuery, out: Path) -> Path:
    """Write the claim report as a file and note that it went out.

    Raises: UserError; EnvironmentProblem.
    """
    context.user.require("report.print")
    pdf = claims_report_pdf(context, query)
    issue(context, out, pdf, claims_document(query), kind="claims_report")
    return out


def issue_participant_list(
    context: AppContext, batch_id: int, out: Path, *, progress: ProgressSink, cancel: CancelToken
) -> Path:
    """Write the list of a batch as a file and note that it went out.

    Raises: UserError; Cancelled; EnvironmentProblem.
    """
    context.user.require("report.print")
    pdf = participant_list_pdf(context, batch_id, progress=progress, cancel=cancel)
    issue(context, out, pdf, batch_document(batch_id), kind="batch", object_id=batch_id)
    return out


def issue_batch_receipt(context: AppContext, batch_id: int, out: Path) -> Path:
    """Write the receipt of a list as a file and note that it went out.

    Raises: UserError; EnvironmentProblem.
    """
    context.user.require("report.print")
    pdf = batch_receipt_pdf(context, batch_id)
    issue(context, out, pdf, receipt_document(batch_id), kind="batch", object_id=batch_id)
    return out


def issue_list_comparison(context: AppContext, found: ListDifference, out: Path) -> Path:
    """Write the comparison of two lists as a file and note that it went out.

    Raises: UserError; EnvironmentProblem.
    """
    context.user.require("report.print")
    pdf = list_comparison_pdf(context, found)
    number = comparison_document(found.before.batch_id, found.after.batch_id)
    issue(context, out, pdf, number, kind="batch", object_id=found.after.batch_id)
    return out


def _both_sides(context: AppContext, agreement_id: int, place: str) -> Sequence[Signatory]:
    """The partner at the left, whoever signs for the office at the right."""
    own = signers(context, place)[-1]
    parties = get_agreement(context, agreement_id).draft.parties
    partner = next((party for party in parties if not _is_ours(party.institution)), None)
    if partner is None:
        return (own,)
    signer = Signatory(
        above="Menyetujui,",
        position=partner.signatory_position or partner.institution,
        name=partner.signatory_name or partner.institution,
    )
    return (signer, own)


def signers(context: AppContext, place: str) -> Sequence[Signatory]:
    """The maker at the left; at the right whoever signs for the office on this day."""
    today = context.clock().date()
    maker = Signatory(
        above="Disusun oleh",
        position=ROLE_LABELS[context.user.role],
        name=context.user.display_name,
        id_line="",
    )
    people = [entry.person for entry in list_signatories(context, on=today)]
    own = next((person for person in people if _is_own(person)), None)
    if own is None:
        return (maker,)
    dated = f"{place}, {format_date(today)}" if place else format_date(today)
    signer = Signatory(above=dated, position=own.position, name=own.name, id_line=own.identity_line)
    return (maker, signer)


def _is_own(person: SignatoryPerson) -> bool:
    return _is_ours(person.institution)


def _is_ours(institution: str) -> bool:
    return institution.casefold().startswith(OWN_SIDE.casefold())
