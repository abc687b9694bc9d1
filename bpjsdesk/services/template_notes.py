"""Fit the empty list to its sender: notes against the usual mistakes, the office's own words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bpjsdesk.domain.columns import columns_at
from bpjsdesk.domain.row_issues import ISSUE_SENTENCES, IssueCode
from bpjsdesk.domain.senders import SenderProfile, UsualMistake
from bpjsdesk.domain.wording import format_percent
from bpjsdesk.domain.workbook_values import TemplateColumn, TemplateSpec

_MOST_NAMED = 5
_WORTH_NAMING = 0.005  # of all rows; rarer mistakes would only lengthen the page
_MOST_CHOICES = 500


def for_sender(
    spec: TemplateSpec,
    profile: SenderProfile,
    *,
    synonyms: Mapping[str, Iterable[str]],
    field_of_issue: Mapping[IssueCode, str],
) -> TemplateSpec:
    """Give the template with what this sender's earlier lists teach."""
    mistakes = [m for m in profile.mistakes if m.share >= _WORTH_NAMING][:_MOST_NAMED]
    headings = [column.header for column in spec.columns]
    places = columns_at([headings], 0, synonyms).fields
    columns = list(spec.columns)
    for mistake in mistakes:
        at = places.get(field_of_issue.get(IssueCode(mistake.code), ""))
        if at is not None:
            columns[at] = _with_note(columns[at], _sentence(mistake))
    occupations = _occupations(profile)
    if occupations and "occupation" in places:
        at = places["occupation"]
        columns[at] = replace(columns[at], choices="occupation")
    return replace(
        spec,
        columns=tuple(columns),
        choices={**spec.choices, **({"occupation": occupations} if occupations else {})},
        instructions=(*spec.instructions, *_lessons(profile, mistakes)),
    )


def _with_note(column: TemplateColumn, text: str) -> TemplateColumn:
    return replace(column, note=f"{column.note} {text}".strip())


def _sentence(mistake: UsualMistake) -> str:
    share = format_percent(mistake.share * 100, decimals=1)
    return f"Kiriman sebelumnya, {share} baris: {ISSUE_SENTENCES[IssueCode(mistake.code)]}"


def _lessons(profile: SenderProfile, mistakes: Sequence[UsualMistake]) -> tuple[str, ...]:
    if not mistakes:
        return ()
    head = f"Yang paling sering perlu diperbaiki pada kiriman {profile.sender.name}:"
    return (head, *map(_sentence, mistakes))


def _occupations(profile: SenderProfile) -> tuple[str, ...]:
    return tuple(sorted(set(profile.values.get("occupation", {}).values())))[:_MOST_CHOICES]
