"""What the occupations of a list are called by the office, and who may not be in a list at all."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bpjsdesk.domain.cells import label_key
from bpjsdesk.domain.check_reference import CheckReference
from bpjsdesk.domain.row_issues import IssueCode

_NOT_WORD = re.compile(r"[^A-Z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServantWords:
    """Words that make a servant of the state of an occupation, and those that make none of him."""

    servants: frozenset[str]
    others: frozenset[str]

    @classmethod
    def of(cls, servants: Iterable[str], others: Iterable[str]) -> "ServantWords":
        """Take words as they are written."""
        return cls(servants=frozenset(map(_words, servants)), others=frozenset(map(_words, others)))

    def names_servant(self, occupation: str) -> bool:
        """Say whether an occupation is a servant's: "PNS Pemkot" is, "Pensiunan PNS" is not."""
        words = _words(occupation)
        is_servant = any(word in words for word in self.servants)
        return is_servant and not any(word in words for word in self.others)


class OccupationMemo(dict[str | None, tuple[str | None, IssueCode | None]]):
    """The office's word for each distinct occupation, and what is to be said about it.

    Words can only be unknown where a clerk has said what some of the list mean.
    """

    def __init__(self, reference: CheckReference) -> None:
        super().__init__({None: (None, None)})
        self._servants = ServantWords.of(reference.servant_words, reference.other_words)
        self._meant = reference.meant("occupation")
        self._known = {*self._meant, *map(label_key, self._meant.values())}

    def __missing__(self, text: str | None) -> tuple[str | None, IssueCode | None]:
        found = self[text] = self._read(text or "")
        return found

    def _read(self, text: str) -> tuple[str, IssueCode | None]:
        key = label_key(text)
        word = self._meant.get(key) or text
        if self._servants.names_servant(word):
            return word, IssueCode.IS_ASN_TNI_POLRI
        is_strange = bool(self._known) and key not in self._known
        return word, IssueCode.OCCUPATION_UNKNOWN if is_strange else None


def _words(text: str) -> str:
    """Give the words of a text between spaces, so that whole ones can be looked for in it."""
    return f" {_NOT_WORD.sub(' ', text.upper()).strip()} "
