"""The changelog keeps the form of Keep a Changelog and knows the present version."""

import re
from pathlib import Path

from bpjsdesk import __version__

CHANGELOG = Path(__file__).resolve().parent.parent / "CHANGELOG.md"
RELEASE = re.compile(r"\[(?P<version>\d+\.\d+\.\d+)\] - (?P<day>\d{4}-\d{2}-\d{2})")
KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def headings(level: int) -> list[str]:
    text = CHANGELOG.read_text("utf-8")
    return re.findall(rf"^{'#' * level} (.+)$", text, flags=re.MULTILINE)


def test_unreleased_changes_come_first_and_every_release_is_dated() -> None:
    first, *releases = headings(2)
    assert first == "[Unreleased]"
    assert [each for each in releases if not RELEASE.fullmatch(each)] == []


def test_changes_are_grouped_by_the_known_kinds() -> None:
    assert headings(3)
    assert set(headings(3)) <= KINDS


def test_the_newest_release_is_the_version_of_the_program() -> None:
    matches = [RELEASE.fullmatch(each) for each in headings(2)[1:]]
    versions = [match["version"] for match in matches if match]
    assert versions[:1] in ([], [__version__])
