"""Python's search for values that hold one another in a circle, and when to let it rest."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Let the search rest while values are made by the ten thousands that hold no circle.

    It begins anew with every 700 values, goes through all of them, three times before they count as
    old, and finds nothing: that would be two fifths of the check of a large list. What is dropped
    meanwhile is freed at once as ever. What was made counts as old right away, as it would after
    those passes: it is looked through with everything else, once there is enough of it. A
    window searches at moments of its own choice (`ui/collector.py`); there nothing changes, nor
    does it inside another rest.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        # the one way to let values grow old without a pass over them
        gc.freeze()
        gc.unfreeze()
        gc.enable()
