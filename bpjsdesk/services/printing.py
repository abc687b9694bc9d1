"""What every printed page carries: letterhead, stamp, document number, who signs."""

import hashlib
import hmac
from functools import partial
from pathlib import Path

from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.office import Office
from bpjsdesk.domain.report_values import ClaimsReportQuery, Letterhead, Paper, PrintStamp
from bpjsdesk.files import atomic_write
from bpjsdesk.services.commands import Command, Outcome, execute, new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.office import get_office
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.keys import ALPHABET, derived_key

CODE_HALF = 4


def letterhead_of(office: Office) -> Letterhead:
    """Take the letterhead from the settings."""
    return Letterhead(
        institution=office.institution,
        office=office.name,
        address=office.address,
        phone=office.phone,
        website=office.website,
        place=office.place,
    )


def paper_of(office: Office) -> Paper:
    """Give the paper that the office prints on."""
    return Paper[office.paper]


def agreement_document(agreement_id: int) -> str:
    """Number the summary of an agreement."""
    return f"RPJ-{agreement_id:05d}"


def claims_document(query: ClaimsReportQuery) -> str:
    """Number a claim report by what it was asked."""
    region = (query.region_code or "semua").replace(".", "")
    return f"LPK-{query.date_from:%Y%m%d}-{query.date_to:%Y%m%d}-{region}"


def batch_document(batch_id: int) -> str:
    """Number the participant list of a batch."""
    return f"DPS-{batch_id:05d}"


def receipt_document(batch_id: int) -> str:
    """Number the receipt of a list."""
    return f"TTD-{batch_id:05d}"


def comparison_document(before_id: int, after_id: int) -> str:
    """Number the comparison of two lists."""
    return f"PBD-{before_id:05d}-{after_id:05d}"


def letter_document(batch_id: int) -> str:
    """Number the letter to the sender of a list."""
    return f"SPD-{batch_id:05d}"


def print_stamp(context: AppContext, document_no: str) -> PrintStamp:
    """Say who prints what and when; the check code can only be made with the office's key."""
    now = context.clock()
    return PrintStamp(
        printed_at=now,
        printed_by=context.user.display_name,
        data_as_of=now.date(),
        document_no=document_no,
        check_code=check_code(context, document_no),
        sample=get_office(context).practice,
    )


def check_code(context: AppContext, document_no: str) -> str:
    """Give the eight letters by which the office recognises its own page."""
    key = derived_key(context.data_key, "document")
    digest = hmac.new(key, document_no.encode(), hashlib.sha256).digest()
    letters = [ALPHABET[byte % len(ALPHABET)] for byte in digest[: 2 * CODE_HALF]]
    return "".join(letters[:CODE_HALF]) + "-" + "".join(letters[CODE_HALF:])


def issue(
    context: AppContext, out: Path, pdf: bytes, document_no: str, *, kind: str, object_id: int = 0
) -> None:
    """Write a page as a file and write down that it went out, or neither.

    Raises: UserError NOT_PERMITTED; EnvironmentProblem.
    """
    record = partial(note_print, context, document_no, kind=kind, object_id=object_id)
    atomic_write(out, pdf, record=record)


def note_print(context: AppContext, document_no: str, *, kind: str, object_id: int) -> Answer:
    """Write down that a page went out.

    Raises: UserError NOT_PERMITTED.
    """
    command = Command(
        name="report.print", object_kind=kind, object_id=object_id, request_id=new_request_id()
    )

    def act(_connection: Connection) -> Outcome:
        payload = {"document": document_no}
        return Outcome(object_id=object_id, changes=Changes(), payload=payload)

    return execute(context, command, act)
