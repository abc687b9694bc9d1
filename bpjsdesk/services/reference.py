"""Give the reference lists to forms and settings, and keep the signatories.

Lists that every form needs are open to every role; rates and benefits belong to the settings.
"""

from collections.abc import Iterable
from datetime import date

from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.claims import ClaimMove
from bpjsdesk.domain.office import SignatoryPerson
from bpjsdesk.domain.problems import FieldProblem, refuse_if_any
from bpjsdesk.domain.reference import (
    AgreementKind,
    BenefitRow,
    BracketRow,
    Category,
    ClaimStatus,
    FundingSource,
    RateRow,
    Region,
    RegionFound,
    SignatoryEntry,
)
from bpjsdesk.services.commands import Outcome, execute, saving
from bpjsdesk.services.context import AppContext
from bpjsdesk.storage import reference, regions, signatories
from bpjsdesk.storage.connection import Connection


def list_categories(context: AppContext) -> tuple[Category, ...]:
    """Give the categories of participants."""
    with context.database.read() as connection:
        return reference.categories(connection)


def list_funding_sources(context: AppContext) -> tuple[FundingSource, ...]:
    """Give where contributions may be paid from."""
    with context.database.read() as connection:
        return reference.funding_sources(connection)


def list_agreement_kinds(context: AppContext) -> tuple[AgreementKind, ...]:
    """Give the kinds of agreement of domain.md §7.1."""
    with context.database.read() as connection:
        return reference.agreement_kinds(connection)


def list_regions(
    context: AppContext, parent_code: str | None = None, level: int | None = None
) -> tuple[Region, ...]:
    """Give the regions right below one; without a parent those of a level, else provinces."""
    with context.database.read() as connection:
        return regions.regions_below(connection, parent_code, level)


def find_regions(context: AppContext, text: str, limit: int = 20) -> tuple[RegionFound, ...]:
    """Find regions by any part of the name or the start of the code; nothing for no text."""
    wanted = " ".join(text.split())
    if not wanted:
        return ()
    with context.database.read() as connection:
        return regions.find_regions(connection, wanted, limit)


def region_names(context: AppContext, codes: Iterable[str]) -> dict[str, str]:
    """Give the name of each code that is known."""
    with context.database.read() as connection:
        return regions.region_names(connection, codes)


def list_claim_statuses(context: AppContext) -> tuple[ClaimStatus, ...]:
    """Give the steps of a claim with the colour of each."""
    with context.database.read() as connection:
        return reference.claim_statuses(connection)


def list_claim_moves(context: AppContext) -> tuple[ClaimMove, ...]:
    """Give every allowed step and what must be given with it."""
    with context.database.read() as connection:
        return reference.claim_moves(connection)


def list_rates(context: AppContext) -> tuple[RateRow, ...]:
    """Give every dated contribution rate."""
    context.user.require("read.settings")
    with context.database.read() as connection:
        return reference.rates(connection)


def list_brackets(context: AppContext) -> tuple[BracketRow, ...]:
    """Give the income table of the self-employed."""
    context.user.require("read.settings")
    with context.database.read() as connection:
        return reference.brackets(connection)


def list_benefits(context: AppContext) -> tuple[BenefitRow, ...]:
    """Give every dated benefit."""
    context.user.require("read.settings")
    with context.database.read() as connection:
        return reference.benefits(connection)


def list_signatories(context: AppContext, *, on: date | None = None) -> tuple[SignatoryEntry, ...]:
    """Give who signs on a day, or everyone who ever did; their names stand on public papers."""
    with context.database.read() as connection:
        return signatories.signatories(connection, on)


def save_signatory(
    context: AppContext, person: SignatoryPerson, *, request_id: str, version: int | None = None
) -> Answer:
    """Add a signatory (`signatory_id` 0) or change one.

    Raises: FormProblems; UserError CONFLICT, NOT_PERMITTED.
    """
    command = saving(
        "signatory.save",
        kind="signatory",
        request_id=request_id,
        object_id=person.signatory_id or None,
        version=version,
    )
    return execute(context, command, lambda connection: _save_signatory(connection, person))


def _save_signatory(connection: Connection, person: SignatoryPerson) -> Outcome:
    refuse_if_any(_signatory_problems(person))
    signatory_id = person.signatory_id
    if not signatory_id:
        signatory_id = signatories.add_signatory(connection, person)
    else:
        signatories.change_signatory(connection, person)
    payload = {"name": person.name, "position": person.position}
    return Outcome(
        object_id=signatory_id, changes=Changes.of(signatory=signatory_id), payload=payload
    )


def _signatory_problems(person: SignatoryPerson) -> Iterable[FieldProblem]:
    labels = {"institution": "nama instansi", "name": "nama", "position": "jabatan"}
    for field, label in labels.items():
        if not getattr(person, field).strip():
            yield FieldProblem(
                field=field, code="FIELD_MISSING", message=f"Isi {label} penanda tangan."
            )
    if person.valid_to is not None and person.valid_to < person.valid_from:
        yield FieldProblem(
            field="valid_to",
            code="PERIOD_REVERSED",
            message="Tanggal akhir jabatan mendahului tanggal mulainya. Periksa kedua tanggal.",
        )
