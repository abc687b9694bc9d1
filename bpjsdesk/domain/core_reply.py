"""What the core system answers about a batch that was sent to it, and who got no answer."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bpjsdesk.domain.batch_undo import UndoReason
from bpjsdesk.domain.cells import label_key
from bpjsdesk.domain.row_issues import IssueCode

_YES, _NO = "YES", "NO"
_CODES = frozenset(code.value for code in IssueCode)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyRow:
    """One answered person; `kpj` and `reason` are empty where the file says nothing."""

    nik: str
    accepted: bool
    reason: str = ""
    kpj: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyFault:
    """A row of the reply that was not taken, with what to do about it."""

    sheet: str
    row: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPerson:
    """Somebody whom a refusal does not take out of the register: a supervisor has to decide.

    `nik` is masked; `why` is a claim or a merge.
    """

    nik: str
    name: str
    place: str
    why: UndoReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A reply file as understood: every row is an answer, a fault, still open, or blank.

    `open_rows` name somebody who was sent, with nothing where the answer belongs. So many as
    `leaving` are registered and refused, besides those who are `kept`; `version` is the batch's.
    """

    batch_id: int
    version: int
    digest: str
    source_name: str
    rows: tuple[ReplyRow, ...]
    faults: tuple[ReplyFault, ...]
    blank: int
    open_rows: int = 0
    leaving: int = 0
    kept: tuple[KeptPerson, ...] = ()

    @property
    def read(self) -> int:
        return len(self.rows) + len(self.faults) + self.blank + self.open_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPerson:
    """Somebody who was sent, with what was answered; `nik` is masked.

    `accepted` is None while nothing was heard; `days` counts from the day of sending to the answer,
    or to today. `is_refused` says that the row waits for repair because of the answer.
    """

    line_id: int
    nik: str
    name: str
    place: str
    sent_on: date
    days: int
    accepted: bool | None
    reason: str = ""
    kpj: str = ""
    is_refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyState:
    """The three lists of a batch that went to the core system, `rejected` by reason.

    `late` of the unanswered ones wait longer than the `wait_days` of the reference data;
    `unsent` are accepted rows that were not sent yet, or were mended after a refusal. So many as
    `leaving` were refused and are registered until a supervisor takes them out, besides those who
    are `kept`; `version` is the batch's.
    """

    sent: int
    accepted: int
    rejected: Mapping[str, int]
    unanswered: tuple[SentPerson, ...]
    late: int
    wait_days: int
    unsent: int
    version: int
    leaving: int = 0
    kept: tuple[KeptPerson, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreWords:
    """What the core system writes: answers as keys, and what the words of a refusal are about.

    The first of `refusals` whose words stand whole in a reason tells what it means.
    """

    accepted: frozenset[str]
    refused: frozenset[str]
    refusals: tuple[tuple[re.Pattern[str], IssueCode], ...]

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str]]) -> "CoreWords":
        """Take words with what they mean: YES, NO, or an issue code; others mean nothing."""
        known = [(label_key(words), meaning) for words, meaning in rows]
        return cls(
            accepted=frozenset(key for key, meaning in known if meaning == _YES),
            refused=frozenset(key for key, meaning in known if meaning == _NO),
            refusals=tuple(
                (_whole(key), IssueCode(meaning))
                for key, meaning in known
                if key and meaning in _CODES
            ),
        )

    def answer(self, text: str) -> bool | None:
        """Read Y or T in the usual ways of writing; None when it is neither."""
        key = label_key(text)
        if key in self.accepted:
            return True
        return False if key in self.refused else None

    def refusal(self, reason: str) -> IssueCode:
        """Tell from the words of a refusal which of our reasons holds the row."""
        text = unicodedata.normalize("NFKC", reason).upper()
        found = (code for words, code in self.refusals if words.search(text))
        return next(found, IssueCode.CORE_REJECTED)


def _whole(key: str) -> re.Pattern[str]:
    """Find whole words by their key, however they are parted: "Peserta PU", not "peserta putus"."""
    return re.compile(rf"(?<![A-Z0-9]){'[^A-Z0-9]*'.join(key)}(?![A-Z0-9])")
