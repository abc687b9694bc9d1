"""Everything that goes back to a list's sender, written into one folder in one go."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from bpjsdesk.domain.report_values import Paper
from bpjsdesk.domain.sender_letter import SenderLetter
from bpjsdesk.file_names import safe_name
from bpjsdesk.reports.issue import signers
from bpjsdesk.reports.sender_letter import render_sender_letter
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.office import get_office
from bpjsdesk.services.printing import issue, letterhead_of, paper_of, print_stamp
from bpjsdesk.services.sender_letters import letter_facts, sender_letter, write_enclosures


class SenderFiles(NamedTuple):
    """What was written: the letter and what it encloses, with the number of held rows."""

    letter: Path
    enclosures: tuple[Path, ...]
    held: int


def sender_letter_pdf(context: AppContext, batch_id: int, *, paper: Paper | None = None) -> bytes:
    """Draw the letter to the sender of a list.

    Raises: UserError NOTHING_TO_TELL, BATCH_MISSING, NOT_PERMITTED.
    """
    return _drawn(context, sender_letter(context, letter_facts(context, batch_id)), paper)


def issue_sender_letter(context: AppContext, batch_id: int, folder: Path) -> SenderFiles:
    """Write the letter, a fresh template and the workbook of the held rows; note that they go out.

    Raises: UserError NOTHING_TO_TELL, BATCH_MISSING, NOT_PERMITTED; EnvironmentProblem.
    """
    context.user.require("report.print")
    facts = letter_facts(context, batch_id)
    letter = sender_letter(context, facts)
    pdf = _drawn(context, letter, None)
    enclosures = write_enclosures(context, facts, letter, folder)
    path = folder / safe_name(f"Surat kepada {letter.sender}.pdf")
    issue(context, path, pdf, letter.document_no, kind="batch", object_id=batch_id)
    return SenderFiles(path, enclosures, letter.held)


def _drawn(context: AppContext, letter: SenderLetter, paper: Paper | None) -> bytes:
    office = get_office(context)
    # the day stands at the head of a letter, and only the office signs it
    signer = replace(signers(context, office.place)[-1], above="")
    return render_sender_letter(
        letter,
        letterhead_of(office),
        print_stamp(context, letter.document_no),
        paper=paper or paper_of(office),
        signatories=(signer,),
    )
