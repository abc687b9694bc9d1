"""How long work reports its progress and learns that it should stop."""

import threading
from dataclasses import dataclass
from typing import Protocol

from bpjsdesk.errors import Cancelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Say how far a piece of work is; `total` 0 means that the end is not known yet."""

    done: int
    total: int
    text: str


class ProgressSink(Protocol):
    """Receive progress; called from the worker's thread."""

    def __call__(self, progress: Progress, /) -> None: ...


def ignore_progress(_progress: Progress, /) -> None:
    """Drop progress where nobody watches."""


class CancelToken:
    """Ask running work to stop at its next step; safe to set from another thread."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        self._event.set()

    @property
    def is_cancelled(self) -> bool:
        return self._event.is_set()

    def raise_if_cancelled(self) -> None:
        """Raises: Cancelled."""
        if self._event.is_set():
            raise Cancelled
