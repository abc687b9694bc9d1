"""Nothing that a clerk may meet is without a name."""

from bpjsdesk.domain.columns import FIELDS, DateOrder
from bpjsdesk.domain.field_labels import FIELD_LABELS, ORDER_WORDS, SHEET_STEP_LABELS
from bpjsdesk.domain.staging import SheetStep


def test_every_field_order_and_step_has_its_words() -> None:
    assert tuple(FIELD_LABELS) == FIELDS
    assert list(ORDER_WORDS) == list(DateOrder)
    assert list(SHEET_STEP_LABELS) == list(SheetStep)
