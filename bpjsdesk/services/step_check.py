"""Check again what a step on a list in work has touched, and nothing else."""

from collections.abc import Mapping
from dataclasses import replace

from bpjsdesk.progress import CancelToken
from bpjsdesk.services.batch_check import mark_same_person, with_register_codes
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.other_lists import OtherLists, shared_niks, without_strangers
from bpjsdesk.services.repeats_again import mark_repeats
from bpjsdesk.services.staged_rows import RowEdits, StagedRow
from bpjsdesk.services.staging import StagedList
from bpjsdesk.storage import enrollment
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.enrollment import Known
from bpjsdesk.storage.staging import StagedLine


def after_step(
    context: AppContext,
    work: StagedList,
    outcomes: Mapping[int, str],
    cells: Mapping[int, str] | None = None,
) -> StagedList:
    """Check again what a step has touched, and nothing else."""
    items, known = RowEdits(work.check.staged), dict(work.check.known)
    with context.database.read() as connection:
        changed = _checked_again(work, cells or {})
        others, levels = _with_cut(work, changed), work.check.levels
        if new := _newly_known(connection, work, changed):
            known |= new
            others = replace(others, shared=shared_niks(known))
        changed |= _freed_or_cut(work, changed, others)
        for line_id, item in changed.items():
            items[work.places[line_id]] = with_register_codes(item, known, levels, others)
    cells_of = [work.places[line_id] for line_id in changed]
    mark_repeats(
        items,
        work.check.staged,
        cells_of=cells_of,
        fates_of=[
            work.places[line_id]
            for line_id in work.outcomes.keys() ^ outcomes.keys()
            if line_id in work.places
        ],
        finder=work.finder,
        is_out=lambda at: work.line_ids[at] in outcomes,
        levels=levels,
    )
    finder = work.finder.after(items, cells_of)
    mark_same_person(
        items,
        sorted(finder.sharing(items, others.shared)),
        others,
        levels,
        out={work.places[line_id] for line_id in outcomes if line_id in work.places},
    )
    check = replace(work.check, staged=items.done(), known=known, others=others)
    after = replace(work, check=check, finder=finder, outcomes=outcomes)
    return replace(after, ignored=work.ignored.after(changed, levels, after.line_cells))


def _checked_again(work: StagedList, cells: Mapping[int, str]) -> dict[int, StagedRow]:
    lines = []
    for line_id in sorted(cells):
        row = work.check.staged[work.places[line_id]].row
        lines.append(StagedLine(line_id, row.sheet, row.row_no, cells[line_id], ""))
    rows = work.rules.check(lines, cancel=CancelToken())
    return {line.line_id: item for line, item in zip(lines, rows, strict=True)}


def _with_cut(work: StagedList, changed: Mapping[int, StagedRow]) -> OtherLists:
    """Say anew which NIKs are cut; until somebody has confirmed one, cells change nothing in it."""
    others = work.check.others
    if not changed or not others.cut_columns.confirmed:
        return others
    niks = work.check.staged.column("nik")

    def now(line_id: int) -> str | None:
        item, place = changed.get(line_id), work.places.get(line_id)
        return item.row.nik if item else None if place is None else niks[place]

    return others.with_cut(others.cut_columns, now)


def _freed_or_cut(
    work: StagedList, changed: Mapping[int, StagedRow], others: OtherLists
) -> dict[int, StagedRow]:
    """Check the rows again that a step has not touched, but whose NIK it has freed or refused."""
    moved = others.cut ^ work.check.others.cut
    cells = {
        work.line_ids[at]: work.check.staged[at].cells
        for at in work.finder.sharing(work.check.staged, moved)
        if work.line_ids[at] not in changed
    }
    return _checked_again(work, cells)


def _newly_known(
    connection: Connection, work: StagedList, changed: Mapping[int, StagedRow]
) -> Mapping[str, Known]:
    niks = {item.row.nik for item in changed.values() if item.row.nik}
    unknown = niks - work.check.known.keys()
    if not unknown:
        return {}
    found = enrollment.known_people(
        connection, unknown, from_month=work.check.from_month, to_month=work.check.to_month
    )
    return without_strangers(found, ((item.row.nik, item.row.name) for item in changed.values()))
