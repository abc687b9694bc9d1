"""The letter to whoever has sent a list: what is wrong with it, and how to send it again."""

from dataclasses import dataclass
from datetime import date

from bpjsdesk.domain.ignored_warnings import IgnoredLine


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterReason:
    """Why rows are held, how to mend them, and how many they are."""

    wrong: str
    mend: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterExample:
    """One held row by its place in the sender's own file; its NIK is masked."""

    sheet: str
    row_no: int
    nik: str
    wrong: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderLetter:
    """What a letter says; `cut_column` is the sentence on a NIK column that Excel has cut.

    `is_decided` tells whether the sound rows are registered already or only will be.
    """

    document_no: str
    day: date
    place: str
    sender: str
    sender_letter: str
    agreement: str
    category: str
    source_name: str
    read: int
    sound: int
    held: int
    is_decided: bool
    due_on: date
    reasons: tuple[LetterReason, ...]
    examples: tuple[LetterExample, ...]
    cut_column: str
    template_name: str
    corrections_name: str
    ignored_warnings: tuple[IgnoredLine, ...] = ()

    @property
    def enclosures(self) -> tuple[str, ...]:
        """Name the files that go with the letter."""
        return tuple(name for name in (self.template_name, self.corrections_name) if name)
