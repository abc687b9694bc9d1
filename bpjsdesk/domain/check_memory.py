"""What is remembered while one file is checked: each distinct text read once, all that was seen."""

from datetime import date

from bpjsdesk.domain.cells import label_key
from bpjsdesk.domain.check_reference import CheckReference, RegionMemo
from bpjsdesk.domain.occupations import OccupationMemo
from bpjsdesk.domain.period import latest_birth_date
from bpjsdesk.domain.row_values import (
    OLDEST_BIRTH_DATE,
    BirthReader,
    SexMemo,
    TextMemo,
    WageMemo,
)
from bpjsdesk.domain.value_faults import text_faults


class CheckMemory:
    """Readers of a file's cells and the limits of the check.

    `usual_births` are written dates: whoever was born after the first and no later than the last
    needs no second look.
    """

    def __init__(self, reference: CheckReference, registered_on: date) -> None:
        self.reference = reference
        self.registered_on = registered_on
        self.oldest = _birth_limit(reference.over_age, registered_on, otherwise=date.min)
        self.youngest = _birth_limit(reference.under_age, registered_on, otherwise=date.max)
        self.prefixes = frozenset(p.replace(".", "") for p in reference.known_prefixes)
        self.texts, self.sexes, self.wages = TextMemo(), SexMemo(reference.sexes), WageMemo()
        self.births = BirthReader(reference.today)
        self.regions = RegionMemo(reference)
        self.categories = CategoryMemo(reference)
        self.occupations = OccupationMemo(reference)
        self.text_faults = text_faults(reference)
        first, last = max(self.oldest, OLDEST_BIRTH_DATE), min(self.youngest, reference.today)
        self.usual_births = (first.isoformat(), last.isoformat())


class CategoryMemo(dict[str | None, bool]):
    """Whether each distinct text, or none, means the category that was chosen for the batch."""

    def __init__(self, reference: CheckReference) -> None:
        super().__init__({None: True})
        chosen = reference.category
        names = {label_key(chosen), label_key(reference.categories.get(chosen, chosen))}
        self._chosen = names | reference.category_keys

    def __missing__(self, text: str | None) -> bool:
        is_chosen = self[text] = label_key(text or "") in self._chosen
        return is_chosen


def _birth_limit(age: int | None, day: date, *, otherwise: date) -> date:
    return otherwise if age is None else latest_birth_date(age, day)
