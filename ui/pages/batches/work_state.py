"""A list in work with everything that its screens show, made ready in the background."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bpjsdesk.domain.enrollment import BatchListItem
from bpjsdesk.domain.quota_meter import QuotaMeter
from bpjsdesk.domain.row_issues import FIELD_OF_ISSUE, IssueCode
from bpjsdesk.domain.staging import Stage
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.acceptance import (
    Breakdown,
    Doubles,
    breakdown,
    quota_meter,
    with_doubles,
)
from bpjsdesk.services.batches import get_batch
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.list_history import arrived_cells
from bpjsdesk.services.put_aside import put_aside_reasons
from bpjsdesk.services.reference import region_names
from bpjsdesk.services.staging import StagedList, open_list
from bpjsdesk.services.work_place import place_of
from ui.i18n import _
from ui.pages.batches.column_doubts import has_doubts
from ui.pages.batches.words import issue_sentence, issue_title, issue_tone
from ui.pages.batches.work_rows import RowMaker

_EXAMPLES = 2
_LOOKED_AT = 40
_EXAMPLE_LENGTH = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why rows need a look: its rows are counted, and two of the texts that it found are shown."""

    code: IssueCode
    title: str
    advice: str
    example: str
    count: int
    tone: str


@dataclass(frozen=True, kw_only=True)
class WorkState:
    """A list in work and its rows by reason; `problems` are the open rows with any reason.

    `asks_for_columns` says that its columns wanted a look when it was opened, `place` at which
    screen it was left.
    """

    item: BatchListItem
    work: StagedList
    counts: Breakdown
    meter: QuotaMeter
    maker: RowMaker
    every: "array[int]"
    problems: "array[int]"
    by_code: Mapping[IssueCode, "array[int]"]
    reasons: tuple[Reason, ...]
    asks_for_columns: bool = False
    place: Stage = Stage.READ

    def reason(self, code: IssueCode | None) -> Reason | None:
        """Give a reason that still has rows."""
        return next((reason for reason in self.reasons if reason.code == code), None)


def open_state(
    app: AppContext, batch_id: int, *, progress: ProgressSink, cancel: CancelToken
) -> WorkState:
    """Open a list and make everything ready.

    Raises: UserError BATCH_MISSING; Cancelled.
    """
    work = open_list(app, batch_id, progress=progress, cancel=cancel)
    cancel.raise_if_cancelled()
    item, meter = get_batch(app, batch_id).item, quota_meter(app, work)
    state = _state(app, work, arrived_cells(app, work), item=item, meter=meter)
    doubts, place = has_doubts(work, item.status), place_of(app, batch_id)
    return replace(state, asks_for_columns=doubts, place=place)


def with_held_doubles(state: WorkState, doubles: Doubles | None) -> WorkState:
    """Count as acceptance will: it holds whoever is surely a double and not decided."""
    if not doubles:
        return state
    counts = with_doubles(state.work, state.counts, doubles)
    meter = replace(state.meter, entering=counts.entering, held=counts.held)
    return replace(state, counts=counts, meter=meter)


def state_after(app: AppContext, before: WorkState, work: StagedList) -> WorkState:
    """Make ready what a step has left; cells are remembered as they were before the first one."""
    if work.line_ids != before.work.line_ids:  # a sheet was taken in or left out
        return _state(app, work, arrived_cells(app, work), item=before.item, meter=before.meter)
    arrived = dict(before.maker.arrived)
    old, new = before.work.check.staged, work.check.staged
    for place in new.places_other_than(old):
        if old[place].cells != new[place].cells:
            arrived.setdefault(work.line_ids[place], old[place].cells)
    return _state(app, work, arrived, item=before.item, meter=before.meter)


def _state(
    app: AppContext,
    work: StagedList,
    arrived: Mapping[int, str],
    *,
    item: BatchListItem,
    meter: QuotaMeter,
) -> WorkState:
    regions = set(work.check.staged.column("region_code")) - {None}
    why = put_aside_reasons(app, work) if work.outcomes else {}
    maker = RowMaker(work=work, arrived=arrived, regions=region_names(app, regions), why=why)
    problems, by_code = array("I"), dict[IssueCode, "array[int]"]()
    told = work.check.staged.column("codes")
    for place in work.check.staged.places_with_codes():
        if work.line_ids[place] not in work.outcomes:
            codes = work.ignored.open_codes(work.line_ids[place], told[place])
            if codes:
                problems.append(place)
            for code in codes:
                by_code.setdefault(code, array("I")).append(place)
    counts = breakdown(work)
    # made here once: the window asks for them with every row that is chosen
    _made = work.places, work.rules.villages
    return WorkState(
        item=item,
        work=work,
        counts=counts,
        meter=replace(meter, entering=counts.entering, held=counts.held),
        maker=maker,
        every=array("I", range(len(work.line_ids))),
        problems=problems,
        by_code=by_code,
        reasons=tuple(_reasons(maker, by_code, in_full=app.user.may("batch.repair"))),
    )


def _reasons(
    maker: RowMaker, by_code: Mapping[IssueCode, "array[int]"], *, in_full: bool
) -> list[Reason]:
    found = [
        Reason(
            code=code,
            title=issue_title(code),
            advice=issue_sentence(code),
            example=_example(maker, code, places if in_full else array("I")),
            count=len(places),
            tone=issue_tone(code, maker.work.check.levels),
        )
        for code, places in by_code.items()
    ]
    return sorted(found, key=lambda reason: -reason.count)


def _example(maker: RowMaker, code: IssueCode, places: "array[int]") -> str:
    """Show what the cells of a reason hold: the eye knows the fault sooner than its name."""
    texts: dict[str, None] = {}
    for place in places[:_LOOKED_AT]:
        row = maker.row(place)
        field = field_of(code)
        text = row.cells.get(field, "") if field else ""
        if text:
            texts[text if len(text) <= _EXAMPLE_LENGTH else f"{text[:_EXAMPLE_LENGTH]}…"] = None
        if len(texts) == _EXAMPLES:
            break
    if texts:
        return _("mis. {texts}").format(texts=", ".join(f"“{text}”" for text in texts))
    holds = maker.work.check.levels.is_error(code)
    return _("menahan baris") if holds else _("tidak menahan baris")


def field_of(code: IssueCode) -> str:
    """Name the field that a reason is about; empty where it is about none that is shown."""
    return FIELD_OF_ISSUE.get(code, "")
