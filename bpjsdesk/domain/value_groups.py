"""Spellings of one value put together, and what an unknown one may mean."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from rapidfuzz import fuzz, process

from bpjsdesk.domain.cells import label_key
from bpjsdesk.domain.names import place_key

VALUE_FIELDS = ("village", "occupation", "sex", "category")
_MOST_PROPOSALS = 3
_LIKELY = 70  # of 100; below this a proposal would only distract
_SAME_WORD = 88  # of 100; two unknown spellings this near are shown together
_SHORTEST_LIKE = 4


class Meaning(StrEnum):
    """How a spelling came by its value."""

    KNOWN = "KNOWN"
    MAPPED = "MAPPED"
    UNKNOWN = "UNKNOWN"


class Spelling(NamedTuple):
    """One way in which a list writes a value, and the number of its rows."""

    text: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A value that an unknown spelling may mean, the likeliest first; `score` is out of 100."""

    value: str
    label: str
    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueGroup:
    """Spellings that mean one value, or are so near that they probably do.

    `value` and `label` are empty while nobody knows what is meant.
    """

    meaning: Meaning
    value: str
    label: str
    spellings: tuple[Spelling, ...]
    proposals: tuple[Proposal, ...] = ()

    @property
    def rows(self) -> int:
        return sum(spelling.rows for spelling in self.spellings)


class Seen(NamedTuple):
    """A spelling as rows show it, with what the rules took it for; no value where they did not."""

    text: str
    value: str
    meaning: Meaning


def value_key(field: str, text: str) -> str:
    """Give the key by which equal spellings are known."""
    return place_key(text) if field == "village" else label_key(text)


def grouped(
    field: str,
    seen: Mapping[Seen, int],
    *,
    labels: Mapping[str, str],
    candidates: Mapping[str, str],
) -> tuple[ValueGroup, ...]:
    """Put spellings together: unknown ones first, each half by the number of rows.

    `labels` name the values, `candidates` give the values that a clerk may choose, each by a key.
    """
    known: defaultdict[tuple[str, Meaning], list[Spelling]] = defaultdict(list)
    unknown: defaultdict[str, list[Spelling]] = defaultdict(list)
    for item, rows in seen.items():
        if item.value:
            known[item.value, item.meaning].append(Spelling(item.text, rows))
        else:
            unknown[value_key(field, item.text)].append(Spelling(item.text, rows))
    groups = [
        _unknown(keys, [s for key in keys for s in unknown[key]], labels, candidates)
        for keys in _alike(unknown)
    ]
    for (value, meaning), found in known.items():
        label, spellings = labels.get(value, value), _by_rows(found)
        groups.append(ValueGroup(meaning=meaning, value=value, label=label, spellings=spellings))
    return tuple(sorted(groups, key=_order))


def _order(group: ValueGroup) -> tuple[bool, int, str]:
    return group.meaning is not Meaning.UNKNOWN, -group.rows, group.spellings[0].text


def _by_rows(spellings: Iterable[Spelling]) -> tuple[Spelling, ...]:
    return tuple(sorted(spellings, key=lambda spelling: (-spelling.rows, spelling.text)))


def _alike(unknown: Mapping[str, Sequence[Spelling]]) -> list[list[str]]:
    """Put a rare spelling beside the more frequent one that it is nearly equal to."""
    keys = sorted(unknown, key=lambda key: -sum(spelling.rows for spelling in unknown[key]))
    groups: dict[str, list[str]] = {}
    for key in keys:
        near = None
        if len(key) >= _SHORTEST_LIKE and groups:
            near = process.extractOne(
                key, groups.keys(), scorer=fuzz.ratio, score_cutoff=_SAME_WORD
            )
        if near is None or _differs_in_number(key, near[0]):
            groups[key] = [key]
        else:
            groups[near[0]].append(key)
    return list(groups.values())


def _differs_in_number(first: str, second: str) -> bool:
    """Say whether only a figure tells two names apart: RT 1 and RT 2 are never the same."""
    return _figures(first) != _figures(second)


def _figures(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _unknown(
    keys: Sequence[str],
    spellings: Iterable[Spelling],
    labels: Mapping[str, str],
    candidates: Mapping[str, str],
) -> ValueGroup:
    return ValueGroup(
        meaning=Meaning.UNKNOWN,
        value="",
        label="",
        spellings=_by_rows(spellings),
        proposals=_proposals(keys[0], labels, candidates),
    )


def _proposals(
    key: str, labels: Mapping[str, str], candidates: Mapping[str, str]
) -> tuple[Proposal, ...]:
    # a frequent spelling may be a candidate itself: it explains nothing about itself
    others = {value: other for value, other in candidates.items() if other != key}
    found = process.extract(
        key, others, scorer=fuzz.ratio, score_cutoff=_LIKELY, limit=_MOST_PROPOSALS
    )
    return tuple(
        Proposal(value=value, label=labels.get(value, value), score=round(score))
        for _key, score, value in found
    )
