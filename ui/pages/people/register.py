"""The whole register as a row source: its top at once, its full order when it is needed."""

from array import array
from collections.abc import Sequence

from bpjsdesk.domain.people import PersonListItem
from bpjsdesk.progress import CancelToken
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.people import (
    count_people,
    first_people,
    people_order,
    people_page,
    with_standing,
)


class Register:
    """Read people block by block; safe to use from several threads.

    The order of a million people takes a quarter of a second, so the first block is read
    without it and the rest waits for it once.
    """

    def __init__(self, app: AppContext) -> None:
        self._app = app
        self._ids: array[int] | None = None
        self._cancel = CancelToken()

    def close(self) -> None:
        """Stop reading the order; the source is not used any more."""
        self._cancel.cancel()

    def count(self) -> int:
        return count_people(self._app)

    def load(self, first: int, n: int) -> Sequence[PersonListItem]:
        if first == 0 and self._ids is None:
            return with_standing(self._app, first_people(self._app, n))
        return with_standing(self._app, people_page(self._app, self.order()[first : first + n]))

    def order(self) -> "array[int]":
        """Give everybody's ids in name order, read once. Raises: Cancelled."""
        # two blocks asked for at once may read it twice; both come to the same
        ids = self._ids
        if ids is None:
            ids = people_order(self._app, self._cancel)
            self._ids = ids
        return ids
