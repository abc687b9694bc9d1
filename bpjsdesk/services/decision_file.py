"""A file that decides beforehand: which rows stay out, which warnings are in order, who is one."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bpjsdesk.domain.duplicates import Choice, PairKind
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.errors import UserError
from bpjsdesk.services.json_files import ObjectReader, read_object

CONFIRMED = "CONFIRMED"
_OUTCOMES = ("SKIPPED", "REJECTED", "RETURNED", CONFIRMED)
_CHOICES = tuple(choice.name for choice in Choice if choice is not Choice.LATER)
_KINDS = tuple(kind.value for kind in PairKind)
_CODES = tuple(code.value for code in IssueCode)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDecision:
    """One row of the list, as the spreadsheet numbers it, and what becomes of it.

    `outcome` is that of a decided row, or CONFIRMED.
    """

    sheet: str
    row: int
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IgnoreDecision:
    """A warning that is in order, of every row or of one; all warnings of a row without a code."""

    code: IssueCode | None
    sheet: str
    row: int | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairDecision:
    """What is said of one row and another, or somebody registered, or of all pairs of a kind.

    `row` is None where a kind is meant; the other side is only needed where a row has several.
    It stands on the same sheet unless `with_sheet` names another.
    """

    choice: Choice
    sheet: str = ""
    row: int | None = None
    with_sheet: str = ""
    with_row: int | None = None
    with_nik: str = ""
    kind: PairKind | None = None
    identical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """All that a file decides."""

    rows: Sequence[RowDecision] = ()
    ignored: Sequence[IgnoreDecision] = ()
    pairs: Sequence[PairDecision] = ()


def read_decision_file(path: Path) -> Decisions:
    """Read `{"rows": […], "ignore": […], "pairs": […]}`, each of which may be left out.

    A row is `{"sheet", "row", "outcome", "reason"}` with SKIPPED, REJECTED, RETURNED, or CONFIRMED
    for a NIK of a cut column that was seen on its card.
    An ignored warning is `{"code", "reason"}`; of one row with `"sheet", "row"`, then the code may
    be left out for all that the row has.
    A pair is `{"sheet", "row", "choice"}` with LINK, UPDATE or NOT_SAME, and `"with_row"`
    (`"with_sheet"`) or `"with_nik"` where the row has several; all of a kind are
    `{"kind", "choice"}`, only those that add nothing with `"identical": true`.

    Raises: UserError JSON_…; FormProblems naming each faulty field; DECISIONS_MISSING,
        DECISION_UNCLEAR.
    """
    file = read_object(path)
    found = Decisions(
        rows=tuple(map(_row, file.objects("rows"))),
        ignored=tuple(map(_ignored, file.objects("ignore"))),
        pairs=tuple(map(_pair, file.objects("pairs"))),
    )
    file.end()
    file.refuse()
    if found == Decisions():
        raise UserError(
            "DECISIONS_MISSING", f"{path.name}: daftar “rows”, “ignore”, dan “pairs” kosong."
        )
    for ignored in found.ignored:
        _require_meaning(path, ignored, ignored.code, "code")
    for pair in found.pairs:
        _require_meaning(path, pair, pair.kind, "kind")
        _require_whole_pair(path, pair)
    return found


def _row(fields: ObjectReader) -> RowDecision:
    found = RowDecision(
        sheet=fields.text("sheet", required=True),
        row=fields.whole("row", required=True) or 0,
        outcome=fields.choice("outcome", _OUTCOMES),
        reason=fields.text("reason", required=True),
    )
    fields.end()
    return found


def _ignored(fields: ObjectReader) -> IgnoreDecision:
    code = fields.optional_choice("code", _CODES)
    found = IgnoreDecision(
        code=IssueCode(code) if code else None,
        sheet=fields.text("sheet"),
        row=fields.whole("row"),
        reason=fields.text("reason", required=True),
    )
    fields.end()
    return found


def _pair(fields: ObjectReader) -> PairDecision:
    kind = fields.optional_choice("kind", _KINDS)
    found = PairDecision(
        choice=Choice[fields.choice("choice", _CHOICES)],
        sheet=fields.text("sheet"),
        row=fields.whole("row"),
        with_sheet=fields.text("with_sheet"),
        with_row=fields.whole("with_row"),
        with_nik=fields.text("with_nik"),
        kind=PairKind(kind) if kind else None,
        identical=fields.flag("identical") or False,
    )
    fields.end()
    return found


def _require_meaning(
    path: Path, each: IgnoreDecision | PairDecision, meant: object, what: str
) -> None:
    """Raises: UserError DECISION_UNCLEAR where neither a row nor a group of rows is named."""
    is_row = bool(each.row and each.sheet)
    if not is_row and (meant is None or each.row is not None or each.sheet):
        raise _unclear(
            path, f"sebutkan “sheet” dan “row” bersama, atau “{what}” untuk semua barisnya."
        )


def _require_whole_pair(path: Path, pair: PairDecision) -> None:
    """Raises: UserError DECISION_UNCLEAR for half a pair, which must not be one about all."""
    is_other_named = bool(pair.with_sheet or pair.with_nik) or pair.with_row is not None
    if pair.row is None and is_other_named:
        raise _unclear(path, "“with_row” dan “with_nik” hanya berlaku bersama “sheet” dan “row”.")
    if pair.with_row == 0 or (pair.with_sheet and pair.with_row is None):
        raise _unclear(path, "sebutkan pada “with_row” baris mana yang dimaksud, mulai dari 1.")
    if pair.row is not None and pair.identical:
        raise _unclear(path, "“identical” hanya berlaku bersama “kind”, tanpa “row”.")


def _unclear(path: Path, words: str) -> UserError:
    return UserError("DECISION_UNCLEAR", f"{path.name}: {words}")
