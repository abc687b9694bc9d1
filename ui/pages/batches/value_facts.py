"""What "Samakan nilai" shows of a list, read in the background."""

from collections.abc import Mapping
from dataclasses import dataclass

from bpjsdesk.domain.cells import tidy
from bpjsdesk.domain.value_groups import VALUE_FIELDS, Meaning, Proposal, ValueGroup
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.staging import StagedList
from bpjsdesk.services.value_mapping import (
    LONGEST_VALUE,
    FieldValues,
    field_values,
    map_values,
    mappable_fields,
)
from ui.tasks import Work

_SURE = 90  # of 100; a proposal as near as this may be taken together with others
_NO_RIVAL = 3  # points between the best proposal and the next one


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueFacts:
    """The spellings of every field that the list has a column for."""

    work: StagedList
    fields: Mapping[str, FieldValues]

    def unknown(self, field: str) -> tuple[ValueGroup, ...]:
        """Give the spellings of a field that nobody understands yet."""
        found = self.fields.get(field)
        groups = found.groups if found is not None else ()
        return tuple(group for group in groups if group.meaning is Meaning.UNKNOWN)

    @property
    def open_fields(self) -> tuple[str, ...]:
        return tuple(field for field in VALUE_FIELDS if self.unknown(field))

    @property
    def spellings(self) -> int:
        return sum(len(g.spellings) for found in self.fields.values() for g in found.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueAct:
    """Say what spellings of one field mean; means the same after somebody else's change."""

    field: str
    meanings: Mapping[str, str]

    def __call__(self, app: AppContext, work: StagedList) -> StagedList:
        request_id = new_request_id()
        return map_values(app, work, self.field, self.meanings, request_id=request_id)


def value_facts_work(app: AppContext, work: StagedList) -> Work:
    """Read the spellings of a list; gives ValueFacts."""

    def read(_progress: ProgressSink, cancel: CancelToken) -> ValueFacts:
        found = {}
        for field in mappable_fields(work):
            cancel.raise_if_cancelled()
            found[field] = field_values(app, work, field)
        return ValueFacts(work=work, fields=found)

    return read


def proposal_of(field: str, group: ValueGroup) -> Proposal | None:
    """Give what Enter takes: the likeliest value; an occupation may stay as it is written."""
    if group.meaning is not Meaning.UNKNOWN:
        return None
    if group.proposals:
        return group.proposals[0]
    own = own_word(field, group)
    return Proposal(value=own, label=own, score=0) if own else None


def own_word(field: str, group: ValueGroup) -> str:
    """Give the word that an occupation would be known by; only occupations are not a fixed list."""
    word = tidy(group.spellings[0].text)
    return word if field == "occupation" and len(word) <= LONGEST_VALUE else ""


def sure_meanings(facts: ValueFacts, field: str) -> dict[str, str]:
    """Give what the spellings with a proposal that has no rival most probably mean."""
    found: dict[str, str] = {}
    for group in facts.unknown(field):
        scores = [proposal.score for proposal in group.proposals]
        if scores and scores[0] >= _SURE and all(scores[0] - s >= _NO_RIVAL for s in scores[1:]):
            found |= dict.fromkeys(texts_of(group), group.proposals[0].value)
    return found


def texts_of(group: ValueGroup) -> list[str]:
    return [spelling.text for spelling in group.spellings]
