"""A table on the clipboard, made ready in the background for being read like a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bpjsdesk.domain.pasted import pasted_name, pasted_table
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ProgressSink
from ui.i18n import _
from ui.tasks import Work

SHOWN_ROWS = 3
_SHOWN_CELLS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """A table that was pasted; `first` shows the beginning of its rows."""

    name: str
    content: bytes
    rows: int
    width: int
    first: tuple[str, ...]


def paste_work(text: str, moment: datetime) -> Work:
    """Read the text of the clipboard; gives Pasted."""

    def work(_progress: ProgressSink, cancel: CancelToken) -> Pasted:
        table = pasted_table(text)
        cancel.raise_if_cancelled()
        if not table.filled or table.width < 2:  # noqa: PLR2004 - one column is no table
            raise UserError(
                "PASTE_EMPTY",
                _(
                    "Papan klip tidak berisi tabel. Di Excel, pilih baris dengan judulnya, tekan "
                    "Ctrl+C, lalu tempel lagi di sini."
                ),
            )
        return Pasted(
            name=pasted_name(moment),
            content=table.content(),
            rows=table.filled,
            width=table.width,
            first=tuple(_line(row) for row in table.rows[:SHOWN_ROWS]),
        )

    return work


def _line(row: Sequence[str]) -> str:
    shown = [" ".join(cell.split()) for cell in row[:_SHOWN_CELLS]]
    return " | ".join(shown) + (" | …" if len(row) > _SHOWN_CELLS else "")
