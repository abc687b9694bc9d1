"""Load past claims from a workbook: check the whole file first, then store it in one go."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bpjsdesk.domain.cells import label_key
from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.claim_rows import ClaimFileReference, ClaimRow, ClaimRowReader, fault
from bpjsdesk.domain.claim_rules import CLOSED_WITHOUT_PAYMENT, is_death_claim
from bpjsdesk.domain.claims import ClaimDraft, ClaimFileIssue, ClaimFilePreview
from bpjsdesk.domain.names import city_index, place_index
from bpjsdesk.domain.row_kinds import RowKind
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, Progress, ProgressSink
from bpjsdesk.services.claims import claimant
from bpjsdesk.services.commands import Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.list_reader import ListEnd, ListRows, read_list
from bpjsdesk.storage import claim_import, enrollment, offices, reference, regions
from bpjsdesk.storage.batch_reference import synonyms
from bpjsdesk.storage.claim_import import ClaimMark, ClaimValues, day_text
from bpjsdesk.storage.claims import last_sequence, number_in_year
from bpjsdesk.storage.connection import Connection

_CITY, _VILLAGE = 2, 4
_ALL_TIME = date(1900, 1, 1)


def check_claims_file(
    context: AppContext, path: Path, *, progress: ProgressSink, cancel: CancelToken
) -> ClaimFilePreview:
    """Read a file of claims and say what would become of each row; nothing is written.

    Raises: UserError HEADER_NOT_FOUND, WORKBOOK_…, NOT_PERMITTED; Cancelled.
    """
    context.user.require("claim.import")
    with context.database.read() as connection:
        lists = _reference(connection, context.clock().date())
        spellings = synonyms(connection)
    reading = _FileReading(lists)
    for part in read_list(path, spellings, cancel=cancel):
        if isinstance(part, ListEnd):
            reading.digest = part.digest
            continue
        reading.take(part)
        total = max(part.expected, reading.read)
        progress(Progress(done=reading.read, total=total, text="Membaca dan memeriksa klaim"))
    with context.database.read() as connection:
        reading.hold_recorded(connection)
        reading.hold_second_deaths(connection)
    return reading.preview(path.name)


def import_claims(context: AppContext, preview: ClaimFilePreview, *, request_id: str) -> Answer:
    """Store every accepted row of a checked file; the answer names the first claim.

    Raises: UserError ALREADY_IMPORTED, CLAIMS_EMPTY, CHECK_OUTDATED, NOT_PERMITTED.
    """
    command = Command(name="claim.import", object_kind="claim", request_id=request_id, bulk=True)
    return execute(context, command, lambda connection: _store(context, connection, preview))


class _FileReading:
    """Count every row once, and keep the claims or the reasons."""

    def __init__(self, lists: ClaimFileReference) -> None:
        self.digest = ""
        self.read = 0
        self._lists = lists
        self._sheet = ""
        self._reader: ClaimRowReader | None = None
        self._blank = 0
        self._ignored = 0
        self._claims: list[tuple[str, int, ClaimDraft, str]] = []
        self._issues: list[ClaimFileIssue] = []

    def take(self, part: ListRows) -> None:
        """Read some rows of a sheet."""
        if self._reader is None or part.sheet != self._sheet:
            self._sheet, self._reader = part.sheet, ClaimRowReader(part.columns, self._lists)
        for number, cells, _raw in part.rows:
            self._count(part.sheet, number, self._reader.read(cells))

    def hold_recorded(self, connection: Connection) -> None:
        """Hold claims that are recorded already; two alike in the file need two recorded."""
        niks = {claim.participant_nik for _, _, claim, _ in self._claims}
        recorded = claim_import.recorded_marks(connection, niks)
        kept = []
        for sheet, number, claim, status in self._claims:
            mark = _mark(claim)
            if recorded[mark] > 0:
                recorded[mark] -= 1
                self._hold(sheet, number, fault("CLAIM_RECORDED"))
            else:
                kept.append((sheet, number, claim, status))
        self._claims = kept

    def hold_second_deaths(self, connection: Connection) -> None:
        """Hold death claims of people who have one already, recorded or further up."""
        niks = {claim.participant_nik for _, _, claim, _ in self._claims}
        dead = _niks_with_death_claim(connection, niks)
        kept = []
        for sheet, number, claim, status in self._claims:
            if is_death_claim(claim) and status not in CLOSED_WITHOUT_PAYMENT:
                if claim.participant_nik in dead:
                    self._hold(sheet, number, fault("DEATH_CLAIM_EXISTS"))
                    continue
                dead.add(claim.participant_nik)
            kept.append((sheet, number, claim, status))
        self._claims = kept

    def preview(self, source_name: str) -> ClaimFilePreview:
        """Give the finished value.

        Raises: UserError WORKBOOK_EMPTY.
        """
        if self.read == self._blank:
            raise UserError(
                "WORKBOOK_EMPTY",
                f"Berkas {source_name} tidak berisi baris klaim di bawah judul kolom. Periksa "
                "lembar yang disimpan, lalu ulangi.",
            )
        return ClaimFilePreview(
            source_name=source_name,
            digest=self.digest,
            read=self.read,
            blank=self._blank,
            ignored=self._ignored,
            claims=tuple(claim for _, _, claim, _ in self._claims),
            statuses=tuple(status for *_, status in self._claims),
            issues=tuple(sorted(self._issues, key=lambda issue: (issue.sheet, issue.row))),
        )

    def _count(self, sheet: str, number: int, row: ClaimRow) -> None:
        self.read += 1
        if row.kind is RowKind.BLANK:
            self._blank += 1
        elif row.kind is RowKind.IGNORED:
            self._ignored += 1
        elif row.claim is not None:
            self._claims.append((sheet, number, row.claim, row.status))
        else:
            for each in row.faults:
                self._hold(sheet, number, each)

    def _hold(self, sheet: str, number: int, told: tuple[str, str]) -> None:
        code, message = told
        self._issues.append(ClaimFileIssue(sheet=sheet, row=number, code=code, message=message))


def _mark(claim: ClaimDraft) -> ClaimMark:
    return (
        claim.participant_nik,
        claim.programme.value,
        claim.event_on,
        claim.paid_on,
        claim.amount,
    )


def _reference(connection: Connection, today: date) -> ClaimFileReference:
    categories = reference.categories(connection)
    statuses = reference.claim_statuses(connection)
    everywhere = regions.all_regions(connection)
    names = {region.code: region.name for region in everywhere}
    villages = [
        (region.code, names.get(region.parent_code or "", ""), region.name)
        for region in everywhere
        if region.level == _VILLAGE
    ]
    cities = [(region.code, region.name) for region in everywhere if region.level == _CITY]
    office = offices.find_office(connection)
    return ClaimFileReference(
        categories=_by_word([(each.code, each.name) for each in categories]),
        segments={each.code: each.default_segment for each in categories},
        statuses=_by_word([(each.code, each.name) for each in statuses]),
        places=place_index(villages, region_prefix=(office and office.region_code) or ""),
        cities=city_index(cities),
        today=today,
    )


def _by_word(pairs: list[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, name in pairs:
        # "Non-ASN / THL" is also known as "Non-ASN" and as "THL"
        for word in (code, name, *name.split("/")):
            found.setdefault(label_key(word), code)
    return found


def _niks_with_death_claim(connection: Connection, niks: set[str]) -> set[str]:
    known = _known_ids(connection, niks)
    dead = claim_import.death_claimants(connection, known.values())
    return {nik for nik, person_id in known.items() if person_id in dead}


def _known_ids(connection: Connection, niks: set[str]) -> dict[str, int]:
    found = enrollment.known_people(connection, niks, from_month=_ALL_TIME, to_month=_ALL_TIME)
    return {nik: known.person_id for nik, known in found.items()}


def _store(context: AppContext, connection: Connection, preview: ClaimFilePreview) -> Outcome:
    _require_new(connection, preview)
    created_at = context.clock().isoformat()
    people = _people(connection, preview, context.clock().date())
    first_id = claim_import.highest_claim_id(connection) + 1
    year = int(created_at[:4])
    sequence = last_sequence(connection, year) + 1
    rows = [
        _row(claim, status, (first_id + place, number_in_year(year, sequence + place)), people)
        for place, (claim, status) in enumerate(zip(preview.claims, preview.statuses, strict=True))
    ]
    components = [
        (first_id + place, component.code, component.name, component.amount)
        for place, claim in enumerate(preview.claims)
        for component in claim.components[:1]
    ]
    claim_import.add_many(
        connection,
        rows,
        components,
        source_digest=preview.digest,
        created_by=context.user.user_id,
        created_at=created_at,
    )
    return _outcome(preview, first_id)


def _outcome(preview: ClaimFilePreview, first_id: int) -> Outcome:
    payload: dict[str, object] = {
        "source": preview.source_name,
        "digest": preview.digest[:16],
        "read": preview.read,
        "blank": preview.blank,
        "ignored": preview.ignored,
        "accepted": preview.accepted,
        "held": preview.held,
        "amount": sum(claim.amount for claim in preview.claims),
    }
    changes = Changes(kinds=frozenset({"claim", "person"}))
    return Outcome(object_id=first_id, changes=changes, payload=payload)


def _require_new(connection: Connection, preview: ClaimFilePreview) -> None:
    loaded_at = claim_import.import_of(connection, preview.digest)
    if loaded_at is not None:
        raise UserError(
            "ALREADY_IMPORTED",
            "Isi berkas ini sudah dimuat pada "
            f"{loaded_at[8:10]}-{loaded_at[5:7]}-{loaded_at[:4]} pukul "
            f"{loaded_at[11:13]}.{loaded_at[14:16]}. Tidak ada yang disimpan.",
        )
    if not preview.claims:
        raise UserError(
            "CLAIMS_EMPTY", "Tidak ada baris klaim yang dapat disimpan. Perbaiki berkasnya dahulu."
        )
    niks = {claim.participant_nik for claim in preview.claims if is_death_claim(claim)}
    if _niks_with_death_claim(connection, niks) & _dying(preview):
        raise UserError(
            "CHECK_OUTDATED",
            "Klaim JKM untuk peserta di berkas ini dicatat sejak berkas diperiksa. Periksa ulang.",
        )


def _dying(preview: ClaimFilePreview) -> set[str]:
    return {
        claim.participant_nik
        for claim, status in zip(preview.claims, preview.statuses, strict=True)
        if is_death_claim(claim) and status not in CLOSED_WITHOUT_PAYMENT
    }


def _people(connection: Connection, preview: ClaimFilePreview, today: date) -> dict[str, int]:
    """Find or add the person of every claim; the first claim of a NIK gives the name."""
    by_nik: dict[str, ClaimDraft] = {}
    for claim in preview.claims:
        by_nik.setdefault(claim.participant_nik, claim)
    known = _known_ids(connection, set(by_nik))
    following = enrollment.highest_person_id(connection) + 1
    new = sorted(nik for nik in by_nik if nik not in known)
    added = {nik: following + place for place, nik in enumerate(new)}
    enrollment.add_people(connection, [claimant(added[nik], by_nik[nik], today) for nik in new])
    return {**known, **added}


def _row(
    claim: ClaimDraft, status: str, key: tuple[int, str], people: Mapping[str, int]
) -> ClaimValues:
    return (
        *key,
        claim.programme.value,
        people[claim.participant_nik],
        claim.participant_name,
        claim.kpj,
        claim.segment,
        claim.category,
        claim.region_code,
        day_text(claim.event_on),
        day_text(claim.filed_on),
        day_text(claim.complete_on),
        day_text(claim.paid_on),
        claim.note,
        claim.amount,
        status,
    )
