"""What was done to the rows of a list, added up by kind: repairs, and decisions about rows."""

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from bpjsdesk.domain.cell_tools import TOOL_LABELS
from bpjsdesk.domain.ignored_warnings import IGNORE
from bpjsdesk.domain.receipt import DoneLine
from bpjsdesk.domain.repairs import REPAIR_LABELS
from bpjsdesk.domain.staging import DecidedOutcome, SheetStep, Step
from bpjsdesk.domain.wording import shortened
from bpjsdesk.services.correction_steps import CORRECTION
from bpjsdesk.services.nik_confirmation import NIK_CONFIRMED
from bpjsdesk.services.repairs import EDITED

_REPAIRS: Mapping[str, str] = MappingProxyType(
    {
        **{rule.value: label for rule, label in REPAIR_LABELS.items()},
        **{tool.value: label for tool, label in TOOL_LABELS.items()},
        EDITED: "Ubah sel satu per satu",
        CORRECTION: "Muat berkas koreksi",
        SheetStep.MAP_VALUES.value: "Samakan ejaan",
    }
)
_DECISIONS: Mapping[str, str] = MappingProxyType(
    {
        DecidedOutcome.SKIPPED.value: "Tidak dimuat",
        DecidedOutcome.REJECTED.value: "Ditolak",
        DecidedOutcome.RETURNED.value: "Dikirim balik ke pengirim",
        SheetStep.LEAVE_SHEET.value: "Lembar tidak digabung",
        NIK_CONFIRMED: "NIK dipastikan sesuai KTP",
    }
)
_DOUBLES = "Putusan duplikat"
_REASON_SHOWN = 90


def repaired_lines(steps: Iterable[Step]) -> tuple[DoneLine, ...]:
    """Add up what has changed rows, the most rows first."""
    return _added((_REPAIRS[step.rule], step.rows) for step in _holding(steps, _REPAIRS))


def decided_lines(steps: Iterable[Step]) -> tuple[DoneLine, ...]:
    """Add up what was decided of rows without changing them, the most rows first.

    Rows of which the same was decided for another reason count on their own; ignored warnings are
    told by their own list.
    """
    known = {*_REPAIRS, IGNORE, *(step.value for step in SheetStep)} - set(_DECISIONS)
    return _added(
        (_decided(step), step.rows)
        for step in steps
        if not step.undone_at and step.rule not in known
    )


def _decided(step: Step) -> str:
    what = _DECISIONS.get(step.rule, _DOUBLES)
    has_reason = step.rule in _DECISIONS and step.rule != SheetStep.LEAVE_SHEET
    return f"{what}: {shortened(step.note, _REASON_SHOWN)}" if has_reason else what


def _holding(steps: Iterable[Step], rules: Mapping[str, str]) -> Iterable[Step]:
    return (step for step in steps if not step.undone_at and step.rule in rules)


def _added(done: Iterable[tuple[str, int]]) -> tuple[DoneLine, ...]:
    counts: Counter[str] = Counter()
    for what, rows in done:
        counts[what] += rows
    return tuple(DoneLine(what=what, rows=rows) for what, rows in counts.most_common() if rows)
