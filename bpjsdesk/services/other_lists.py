"""What the register and the other lists say against a row of a list."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bpjsdesk.domain.batch_target import BatchTarget
from bpjsdesk.domain.checked_row import CheckedRow
from bpjsdesk.domain.list_comparison import Listed
from bpjsdesk.domain.names import same_name
from bpjsdesk.domain.row_identity import read_nik
from bpjsdesk.domain.row_issues import IssueCode, Levels
from bpjsdesk.services.cut_columns import CutColumns
from bpjsdesk.storage import carry_forward, other_lists
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.enrollment import Known

FROM_REGISTER = frozenset(
    {
        IssueCode.DUP_ACTIVE,
        IssueCode.NAME_DIFFERS,
        IssueCode.DOB_DIFFERS,
        IssueCode.DECEASED,
        IssueCode.MEMBERSHIP_ENDED,
        IssueCode.NIK_REPLACED,
        IssueCode.DUP_OTHER_DRAFT,
        IssueCode.SAME_AS_LAST,
        IssueCode.NIK_TRUNCATED,
        IssueCode.SAME_PERSON,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherLists:
    """What a row cannot tell of itself.

    `in_work` are the NIKs of other lists in work, with the number of one; `last` is the last batch
    by NIK; `cut` are the NIKs whose whole column has lost its last digit, by `cut_columns`;
    `shared` are those of somebody whom another NIK of the list names, too, with the person.
    """

    in_work: Mapping[str, str] = field(default_factory=dict)
    last: Mapping[str, Listed] = field(default_factory=dict)
    cut: frozenset[str] = frozenset()
    cut_columns: CutColumns = field(default_factory=CutColumns)
    shared: Mapping[str, int] = field(default_factory=dict)

    def with_cut(self, columns: CutColumns, now: Callable[[int], str | None]) -> "OtherLists":
        """Give the same with what cut columns say of rows of which `now` gives the NIK by line."""
        return replace(self, cut_columns=columns, cut=columns.niks(now))


def read_other_lists(
    connection: Connection,
    target: BatchTarget,
    months: tuple[date, date],
    levels: Levels,
    *,
    but: int | None = None,
) -> OtherLists:
    """Read what the levels want looked at; `but` is the list itself."""
    in_work: dict[str, str] = {}
    if IssueCode.DUP_OTHER_DRAFT not in levels.off:
        first, last = months
        for found in other_lists.lists_in_work(
            connection, from_month=first, to_month=last, but=but
        ):
            _take_niks(connection, found, in_work)
    return OtherLists(
        in_work=in_work,
        last={} if IssueCode.SAME_AS_LAST in levels.off else _last_batch(connection, target),
    )


def register_codes(
    row: CheckedRow, known: Mapping[str, Known], others: OtherLists
) -> tuple[IssueCode, ...]:
    """Say what speaks against a row whose NIK is known somewhere already."""
    nik = row.nik
    if nik is None:
        return ()
    codes = () if (found := known.get(nik)) is None else _codes_of(row, found)
    if nik in others.in_work:
        codes = (*codes, IssueCode.DUP_OTHER_DRAFT)
    if nik in others.last and others.last[nik] == _listed(row):
        codes = (*codes, IssueCode.SAME_AS_LAST)
    if nik in others.cut:
        codes = (*codes, IssueCode.NIK_TRUNCATED)
    return codes


def without_strangers(
    known: Mapping[str, Known], rows: Iterable[tuple[str | None, str | None]]
) -> Mapping[str, Known]:
    """Leave out former NIKs that a row, given as NIK and name, gives to somebody of another name.

    A NIK that was corrected often belonged to somebody else, who is a person of their own.
    """
    former = {nik for nik, found in known.items() if found.is_former}
    if not former:
        return known
    strangers = {nik for nik, name in rows if nik in former and not _may_be(name, known[nik or ""])}
    return {nik: found for nik, found in known.items() if nik not in strangers}


def _may_be(name: str | None, found: Known) -> bool:
    names = (found.name, *found.former_names)
    return name is None or any(same_name(name, other) for other in names)


def shared_niks(known: Mapping[str, Known]) -> Mapping[str, int]:
    """Give the NIKs of people whom a list names by several, with the person."""
    if len({found.person_id for found in known.values()}) == len(known):
        return {}
    niks = Counter(found.person_id for found in known.values())
    return {nik: found.person_id for nik, found in known.items() if niks[found.person_id] > 1}


def _codes_of(row: CheckedRow, found: Known) -> tuple[IssueCode, ...]:
    name, born = row.name, row.birth_date
    said = {
        IssueCode.DUP_ACTIVE: found.is_active,
        IssueCode.DECEASED: found.has_died,
        IssueCode.MEMBERSHIP_ENDED: found.has_left,
        IssueCode.NIK_REPLACED: found.is_former,
        IssueCode.NAME_DIFFERS: (
            name is not None and name != found.name and not same_name(name, found.name)
        ),
        IssueCode.DOB_DIFFERS: bool(born and found.born) and str(born) != found.born,
    }
    return tuple(code for code, holds in said.items() if holds)


def _take_niks(
    connection: Connection, found: other_lists.OpenList, in_work: dict[str, str]
) -> None:
    for sheet, at in other_lists.nik_places(found.header).items():
        for cell in other_lists.open_cells(connection, found.batch_id, sheet, at):
            nik = read_nik(cell, []) if isinstance(cell, str) else None
            if nik is not None:
                in_work.setdefault(nik, found.number)


def _last_batch(connection: Connection, target: BatchTarget) -> dict[str, Listed]:
    batch_id = other_lists.last_settled(connection, target.agreement_id, target.category)
    if batch_id is None:
        return {}
    listed = (member.listed for member in carry_forward.members(connection, batch_id))
    return {each.nik: each for each in listed}


def _listed(row: CheckedRow) -> Listed:
    return Listed(
        row.nik or "",
        row.name or "",
        row.birth_date,
        row.sex or "",
        row.phone or "",
        row.region_code or "",
    )
