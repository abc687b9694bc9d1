"""Screen 3 of a list in work: what the spellings of villages, occupations and the like mean."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from bpjsdesk.domain.cells import Cell, label_key, tidy
from bpjsdesk.domain.check_reference import CheckReference
from bpjsdesk.domain.field_labels import FIELD_LABELS
from bpjsdesk.domain.names import place_key
from bpjsdesk.domain.row_check import CheckedRow
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.row_values import BrokenText, TextMemo
from bpjsdesk.domain.staging import SheetStep
from bpjsdesk.domain.value_groups import (
    VALUE_FIELDS,
    Meaning,
    Seen,
    ValueGroup,
    grouped,
    value_key,
)
from bpjsdesk.errors import UserError
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.sheet_steps import add_sheet_step, carry_out
from bpjsdesk.services.staged_rows import StagedRow
from bpjsdesk.services.staging import StagedList
from bpjsdesk.services.work_columns import joined_rows, parsed
from bpjsdesk.storage import regions, senders
from bpjsdesk.storage.connection import Connection

SEX_LABELS = {"L": "Laki-laki", "P": "Perempuan"}
LONGEST_VALUE = 60
_VILLAGE_DOTS = 3
_FREQUENT = 5  # rows; an occupation that a list writes so often is worth proposing


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldValues:
    """The spellings of a field by what they mean, and every value (with its name) to choose from.

    For an occupation any other word may be given too.
    """

    field: str
    groups: tuple[ValueGroup, ...]
    choices: tuple[tuple[str, str], ...]


def mappable_fields(work: StagedList) -> tuple[str, ...]:
    """Name the fields whose spellings can be mapped and that the list has a column for."""
    joined = set(work.rules.columns) - set(work.check.skipped_sheets)
    return tuple(
        field
        for field in VALUE_FIELDS
        if any(work.rules.columns[name].index(field) is not None for name in joined)
    )


def value_groups(context: AppContext, work: StagedList, field: str) -> tuple[ValueGroup, ...]:
    """Give the spellings of a field by what they mean, unknown ones first.

    Raises: UserError FIELD_UNKNOWN.
    """
    return field_values(context, work, field).groups


def field_values(context: AppContext, work: StagedList, field: str) -> FieldValues:
    """Give the spellings of a field, unknown ones first, and what they may be taken for.

    Raises: UserError FIELD_UNKNOWN.
    """
    context.user.require("read.batches")
    require_field(field)
    seen = Counter(_seen(work, field))
    with context.database.read() as connection:
        if field == "occupation":
            seen = _with_words_in_use(seen, senders.occupations_in_use(connection))
        candidates, labels = _choices(connection, work.rules.reference, field, seen)
        labels |= _region_labels(connection, field, seen, labels)
    choices = ((value, labels.get(value, value)) for value in candidates)
    return FieldValues(
        field=field,
        groups=grouped(field, seen, labels=labels, candidates=candidates),
        choices=tuple(sorted(choices, key=lambda choice: choice[1].casefold())),
    )


def _with_words_in_use(seen: Counter[Seen], words: Sequence[str]) -> Counter[Seen]:
    """Take an occupation for known that is written like a word of the office."""
    known = {label_key(word): word for word in words}
    found: Counter[Seen] = Counter()
    for item, rows in seen.items():
        word = "" if item.value else known.get(label_key(item.text), "")
        found[Seen(item.text, word, Meaning.KNOWN) if word else item] += rows
    return found


def map_values(
    context: AppContext,
    work: StagedList,
    field: str,
    meanings: Mapping[str, str],
    *,
    request_id: str,
) -> StagedList:
    """Say what spellings mean, "" to forget it; no cell is changed, the sender is remembered.

    Values are codes of villages and categories, L or P, or the office's word for an occupation.
    Raises: UserError FIELD_UNKNOWN, VALUE_UNKNOWN, NOT_PERMITTED, CONFLICT.
    """
    require_field(field)
    meant = {value_key(field, spelling): tidy(value) for spelling, value in meanings.items()}
    shown = {value_key(field, spelling): spelling for spelling in meanings}
    with context.database.read() as connection:
        for value in {value for value in meant.values() if value}:
            require_value(connection, work.rules.reference, field, value)

    def act(connection: Connection) -> Mapping[str, object]:
        own = senders.values_of_batch(connection, work.batch_id).get(field, {})
        before: dict[str, object] = {"values": {field: {key: own.get(key, "") for key in meant}}}
        before |= _remembered(connection, work, field, (meant, shown))
        note, rule = f"{len(meant)} ejaan {FIELD_LABELS[field].lower()}", SheetStep.MAP_VALUES
        add_sheet_step(context, connection, work.batch_id, rule, note=note, before=before)
        senders.set_values(connection, work.batch_id, field, meant)
        return {"rule": rule.value, "field": field, "spellings": len(meant)}

    return carry_out(context, work, act, request_id=request_id)


def _remembered(
    connection: Connection,
    work: StagedList,
    field: str,
    said: tuple[Mapping[str, str], Mapping[str, str]],
) -> dict[str, object]:
    meant, shown = said
    sender_id = senders.sender_of(connection, work.batch_id)
    if sender_id is None:
        return {}
    earlier = senders.remembered_values(connection, sender_id).get(field, {})
    texts = senders.remembered_texts(connection, sender_id)
    senders.remember_values(connection, sender_id, field, meant, shown=shown)
    values = {field: {key: earlier.get(key, "") for key in meant}}
    before = {key: texts[(field, key)] for key in meant if key in earlier}
    memory = {"sender_id": sender_id, "values": values, "shown": before, "taught": dict(meant)}
    return {"memory": memory}


def require_field(field: str) -> None:
    """Raises: UserError FIELD_UNKNOWN."""
    if field not in VALUE_FIELDS:
        raise UserError("FIELD_UNKNOWN", f"Ejaan isian “{field}” tidak dapat disamakan.")


def require_value(
    connection: Connection, reference: CheckReference, field: str, value: str
) -> None:
    """Raises: UserError VALUE_UNKNOWN: nobody makes a region or a category while loading a list."""
    if not _is_value(connection, reference, field, value):
        raise UserError(
            "VALUE_UNKNOWN",
            f"“{value}” bukan {FIELD_LABELS[field].lower()} yang dikenal. Pilih dari daftar; yang "
            "baru hanya dapat ditambah di Pengaturan.",
        )


def _is_value(connection: Connection, reference: CheckReference, field: str, value: str) -> bool:
    if field == "village":
        is_village = value.count(".") == _VILLAGE_DOTS
        return is_village and regions.get_region(connection, value) is not None
    if field == "category":
        return value in reference.categories
    if field == "sex":
        return value in SEX_LABELS
    return len(value) <= LONGEST_VALUE and bool(label_key(value))


def _seen(work: StagedList, field: str) -> Iterator[Seen]:
    """Give the spelling of each row and what the rules took it for; nothing where it is blank."""
    places = {name: columns.index(field) for name, columns in work.rules.columns.items()}
    items = [item for item in joined_rows(work) if places[item.row.sheet] is not None]
    meaning_of, tells = _MEANINGS[field], field == "village"
    memo: dict[tuple[str | None, object], Seen | None] = {}
    for row, text in _texts(work, field, items):
        key = (text, _told(row) if tells else None)
        if key not in memo:
            memo[key] = _seen_as(meaning_of, work.rules.reference, text, row)
        found = memo[key]
        if found is not None:
            yield found


def _texts(
    work: StagedList, field: str, items: Sequence[StagedRow]
) -> Iterator[tuple[CheckedRow, str | None]]:
    """Give what is written in each row; only where that was made a value the cells are read."""
    if field != "sex" and not (field == "occupation" and work.rules.reference.meant(field)):
        written = attrgetter(field)
        yield from ((item.row, written(item.row)) for item in items)
        return
    texts = TextMemo()
    places = {name: columns.index(field) for name, columns in work.rules.columns.items()}
    for row, cells in parsed(items):
        yield row, _text_at(texts, cells, places[row.sheet])


def _text_at(texts: TextMemo, cells: list[Cell], at: int | None) -> str | None:
    if at is None or at >= len(cells):
        return None
    cell = cells[at]
    return None if isinstance(cell, list) else texts[cell]


MeaningOf = Callable[[CheckReference, str, CheckedRow], tuple[str, Meaning]]


def _seen_as(
    meaning_of: MeaningOf, reference: CheckReference, text: str | None, row: CheckedRow
) -> Seen | None:
    if text is None or isinstance(text, BrokenText):
        return None
    return Seen(text, *meaning_of(reference, text, row))


def _told(row: CheckedRow) -> object:
    """Give what the meaning of a village's spelling depends on besides the spelling."""
    return row.region_code or IssueCode.OUT_OF_REGION in row.codes


def _village(reference: CheckReference, text: str, row: CheckedRow) -> tuple[str, Meaning]:
    code = row.region_code
    if code is None and IssueCode.OUT_OF_REGION in row.codes:
        # the city contradicts, the village's spelling may be sound
        code = reference.region_lookup.get(("", place_key(text)))
    if code is None:
        return "", Meaning.UNKNOWN
    mapped = reference.meant("village").get(place_key(text)) == code
    return code, Meaning.MAPPED if mapped else Meaning.KNOWN


def _occupation(reference: CheckReference, text: str, _row: CheckedRow) -> tuple[str, Meaning]:
    word = reference.meant("occupation").get(label_key(text))
    return (word, Meaning.MAPPED) if word else ("", Meaning.UNKNOWN)


def _sex(reference: CheckReference, text: str, row: CheckedRow) -> tuple[str, Meaning]:
    is_mapped = label_key(text) in reference.meant("sex")
    found = Meaning.MAPPED if is_mapped else Meaning.KNOWN
    return (row.sex, found) if row.sex else ("", Meaning.UNKNOWN)


def _category(reference: CheckReference, text: str, _row: CheckedRow) -> tuple[str, Meaning]:
    key = label_key(text)
    if key in reference.meant("category"):
        return reference.meant("category")[key], Meaning.MAPPED
    for code, name in reference.categories.items():
        if key in (label_key(code), label_key(name)):
            return code, Meaning.KNOWN
    return "", Meaning.UNKNOWN


_MEANINGS: Mapping[str, MeaningOf] = {
    "village": _village,
    "occupation": _occupation,
    "sex": _sex,
    "category": _category,
}


def _choices(
    connection: Connection, reference: CheckReference, field: str, seen: Mapping[Seen, int]
) -> tuple[dict[str, str], dict[str, str]]:
    """Give the key of each value that may be chosen, and how it is called."""
    if field == "sex":
        return {sex: label_key(label) for sex, label in SEX_LABELS.items()}, dict(SEX_LABELS)
    if field == "category":
        names = dict(reference.categories)
        return {code: label_key(name) for code, name in names.items()}, names
    if field == "occupation":
        often = (item.text for item, rows in seen.items() if rows >= _FREQUENT)
        words = {word: label_key(word) for word in senders.occupations_in_use(connection)}
        taken = set(words.values())
        new = {text: label_key(text) for text in often if label_key(text) not in taken}
        return words | new, {}
    if not reference.region_prefix:
        return {}, {}
    names = regions.village_names(connection, reference.region_prefix)
    return {code: place_key(name) for code, name in names.items()}, names


def _region_labels(
    connection: Connection, field: str, seen: Mapping[Seen, int], names: Mapping[str, str]
) -> dict[str, str]:
    """Name villages with their district: several districts may have one of the same name."""
    if field != "village":
        return {}
    codes = {*names, *(item.value for item in seen if item.value)}
    known = regions.region_names(connection, codes | {code.rpartition(".")[0] for code in codes})
    return {
        code: f"{known[code]}, {known.get(code.rpartition('.')[0], '')}"
        for code in codes
        if code in known
    }
