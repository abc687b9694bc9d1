"""Where the fields of a list lie in its rows, made ready for picking them out of many rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from types import MappingProxyType

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.check_reference import Address

# Plain text fields: first those of a checked row from `birth_place` on, in its order, then those
# that only the rules read. A broken cell in a needed one holds the row, because a rule or an
# official list asks for it; in an optional one it leaves a blank.
ROW_TEXTS = (
    "birth_place",
    "mother_name",
    "family_card_no",
    "address",
    "neighbourhood",
    "village",
    "district",
    "category",
    "email",
    "occupation",
    "wage",
    "bank",
    "account_no",
    "note",
    "row_key",
)
_JUDGED_WORDS = "sex city heir_name desil claim_programme start_month month_count"
_TEXT_FIELDS = (*ROW_TEXTS, *_JUDGED_WORDS.split())
_OPTIONAL_WORDS = """email occupation wage bank account_no note row_key heir_name desil
claim_programme start_month month_count"""
_OPTIONAL = frozenset(_OPTIONAL_WORDS.split())
_NOWHERE: Mapping[str, int] = MappingProxyType({"nik": 256, "name": 257})
# Without these every row takes a second look.
_USUAL_FIELDS = frozenset({"birth_date", "sex"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLayout:
    """Positions in a row and, after `pick`, in its texts; -1 is the blank put behind the texts.

    `texts` holds where the plain text fields lie in a row; `is_usual` says that rows may be checked
    column by column.
    """

    width: int
    nik_at: int
    name_at: int
    birth_at: int | None
    birth_place_at: int | None
    phone_at: int | None
    has_village: bool
    has_address: bool
    has_mother: bool
    is_usual: bool
    texts: Mapping[str, int]
    sex_at: int
    category_at: int
    occupation_at: int
    mother_at: int
    needed_at: tuple[int, ...]
    pick: Callable[[Sequence[Cell]], Sequence[Cell]]
    spread: Callable[[Sequence[str | None]], tuple[str | None, ...]]
    address: Callable[[Sequence[str | None]], Address]


def layout_of(fields: Mapping[str, int]) -> RowLayout:
    """Make the layout of a sheet from the positions of its fields.

    NIK and name that nobody has pointed out yet are looked for where no sheet has a column.
    """
    fields = {**_NOWHERE, **fields}
    present = [field for field in _TEXT_FIELDS if field in fields]
    at = {field: present.index(field) if field in present else -1 for field in _TEXT_FIELDS}
    return RowLayout(
        width=max(fields.values()) + 1,
        nik_at=fields["nik"],
        name_at=fields["name"],
        birth_at=fields.get("birth_date"),
        birth_place_at=fields.get("birth_place_date"),
        phone_at=fields.get("phone"),
        has_village="village" in fields,
        has_address="village" in fields or "city" in fields,
        has_mother="mother_name" in fields,
        is_usual=fields.keys() >= _USUAL_FIELDS and "birth_place_date" not in fields,
        texts={field: fields[field] for field in present},
        sex_at=at["sex"],
        category_at=at["category"],
        occupation_at=at["occupation"],
        mother_at=at["mother_name"],
        needed_at=tuple(at[field] for field in present if field not in _OPTIONAL),
        pick=_picker([fields[field] for field in present]),
        spread=itemgetter(*(at[field] for field in ROW_TEXTS)),
        address=itemgetter(at["village"], at["district"], at["city"]),
    )


def _picker(indexes: Sequence[int]) -> Callable[[Sequence[Cell]], Sequence[Cell]]:
    # itemgetter gives a bare value for one index and takes at least one.
    if len(indexes) > 1:
        return itemgetter(*indexes)
    return lambda cells: [cells[index] for index in indexes]
