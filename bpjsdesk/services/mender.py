"""Show rows of a list to its repairs; what all rows need is made once."""

import json
from collections.abc import Sequence
from functools import partial

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.repairs import RepairRule, mended
from bpjsdesk.domain.row_check import CheckedRow, RowChecker
from bpjsdesk.domain.row_to_mend import RowToMend
from bpjsdesk.services.row_rules import Rules
from bpjsdesk.services.staged_rows import StagedRow


class Mender:
    """Mends rows of one list on one thread."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._checker: RowChecker | None = None
        self._sheet = ""

    def mended(self, rule: RepairRule, item: StagedRow) -> list[Cell] | None:
        """Give the cells of a row after a repair; None where it would change nothing."""
        before: list[Cell] = json.loads(item.cells)
        row = RowToMend(
            row=item.row,
            cells=before,
            columns=self._rules.columns[item.row.sheet],
            registered_on=self._rules.registered_on,
            check=partial(self._check, item.row),
            villages=self._rules.villages,
        )
        after = mended(rule, row)
        return None if after == before else after

    def _check(self, row: CheckedRow, cells: Sequence[Cell]) -> CheckedRow:
        rules, columns = self._rules, self._rules.columns[row.sheet]
        if self._checker is None:
            self._checker = RowChecker(columns, rules.reference, rules.registered_on)
        elif self._sheet != row.sheet:
            self._checker.use_columns(columns)
        self._sheet = row.sheet
        return self._checker.check(row.sheet, row.row_no, cells)
