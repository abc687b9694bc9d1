"""Now, as a function that is passed in; every office of the programme lives in WITA."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

WITA = timezone(timedelta(hours=8), "WITA")

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Tell the present moment in WITA, to the second."""
    return datetime.now(WITA).replace(microsecond=0)
