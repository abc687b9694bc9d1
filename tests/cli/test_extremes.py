"""Odd words and numbers end in a refusal that the user understands, never in a fault."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.cli.files import AGREEMENT, CLAIM, written
from tests.services.lists import workbook, worker

ODD_WORDS = (
    "", " ", "%", "_", "'", '"', "*", "a", "ab", "a" * 10_000, "<b>", "\u202e", "ş", "7171", "٧١٧١",
    "²", "AND OR NOT", "NEAR(", "a-b", "ani\x00", "{0}", "😀", "--",
)  # fmt: skip
QUOTA = AGREEMENT["quotas"][0]
ODD_AGREEMENTS: list[dict[str, Any]] = [
    {"quotas": [QUOTA | {"months": 10**15}]},
    {"quotas": [QUOTA | {"heads": 10**15}]},
    {"quotas": [QUOTA | {"from_month": "9999-12"}]},
    {"quotas": [QUOTA | {"from_month": "0001-01"}]},
    {"quotas": [QUOTA | {"category": "x" * 5000}]},
    {"quotas": [QUOTA | {"programmes": ["JKK", "JKK"]}]},
    {"quotas": [QUOTA | {"wage_base": 10**15}]},
    {"valid_from": "1900-01-01", "valid_to": "2199-12-31"},
    {"valid_from": "2026-12-31", "valid_to": "2026-01-01"},
    {"title": "x" * 100_000},
    {"renews_id": 10**15},
    {"amends_id": 99},
    {"region_code": "99.99"},
    {"parties": []},
    {"parties": AGREEMENT["parties"] * 50},
    {"funding": [{"source": "APBD", "amount": 10**15}]},
    {"funding": [{"source": "x", "amount": 1}]},
    {"tranches": [{"label": "x", "amount": -1}]},
    {"duties": [{"party_role_no": 99, "text": "x"}]},
    {"kind": "x"},
    {"protected_since": 10**9},
    {"signed_on": "9999-12-31"},
]
ODD_CLAIMS: list[dict[str, Any]] = [
    {"participant_name": "x" * 100_000},
    {"participant_name": "\u202e"},
    {"kpj": "1" * 500},
    {"segment": "x"},
    {"region_code": "x" * 500},
    {"agreement_id": 10**15},
    {"event_on": "0001-01-01"},
    {"paid_on": "9999-12-31"},
    {"components": [{"name": "x", "amount": 10**15}]},
    {"components": [{"name": "x" * 50_000, "amount": 1}]},
    {"components": [{"code": "x" * 500, "name": "x", "amount": 1}] * 200},
    {"note": "x" * 1_000_000},
    {"payee_name": "x" * 5_000},
]


def is_told(found: Any) -> bool:
    """Say whether a command was done, or refused for a reason that the user can mend."""
    if found.exit_code == 0:
        return True
    return found.exit_code in (1, 2) and bool(found.data["error"]["message"])


@pytest.mark.parametrize("text", ODD_WORDS)
def test_any_words_can_be_searched(run: Run, text: str) -> None:
    found = run("people", "find", "--", text)
    assert found.exit_code == 0, found.data
    assert found.data == {"people": [], "more": False}


@pytest.mark.parametrize("changes", ODD_AGREEMENTS, ids=lambda changes: str(changes)[:60])
def test_odd_agreements_are_taken_or_refused_in_words(
    run: Run, tmp_path: Path, changes: dict[str, Any]
) -> None:
    found = run("agreement", "add", written(tmp_path / "a.json", AGREEMENT | changes))
    assert is_told(found), found
    if found.exit_code == 0:
        for words in (
            ("show", 1),
            ("list",),
            ("renew", 1),
            ("pdf", 1, "--out", tmp_path / "a.pdf"),
        ):
            assert is_told(run("agreement", *words)), words
    assert run("check").data["ok"] is True


@pytest.mark.parametrize("changes", ODD_CLAIMS, ids=lambda changes: str(changes)[:60])
def test_odd_claims_are_taken_or_refused_in_words(
    run: Run, tmp_path: Path, changes: dict[str, Any]
) -> None:
    found = run("claim", "add", written(tmp_path / "a.json", CLAIM | changes))
    assert is_told(found), found
    period = ("--from", "2026-01-01", "--to", "2026-12-31")
    assert is_told(run("report", "claims", *period, "--out", tmp_path / "a.pdf"))
    assert is_told(run("claim", "list"))
    assert run("check").data["ok"] is True


@pytest.mark.parametrize(
    "words",
    [
        ("agreement", "show", 10**9),
        ("batch", "show", 9),
        ("batch", "pdf", 9, "--out", "x.pdf"),
        ("agreement", "renew", 9),
        ("report", "claims", "--from", "2026-01-01", "--to", "2026-12-31", "--region", "99.99"),
        ("report", "claims", "--from", "0001-01-01", "--to", "9999-12-31"),
        ("report", "claims", "--from", "0001-01-01", "--to", "0001-01-01"),
        ("agreement", "add", "tidak-ada.json"),
        ("claim", "add", "."),
    ],
    ids=str,
)
def test_what_is_not_there_is_told(run: Run, words: tuple[object, ...]) -> None:
    assert is_told(run(*words))


@pytest.mark.parametrize(
    "changes",
    [
        ("--from", "9999-12"),
        ("--from", "0001-01"),
        ("--months", 10**9),
        ("--registered", "0001-01-01"),
        ("--registered", "9999-12-31"),
        ("--category", "x" * 5000),
        ("--agreement", 10**9),
    ],
    ids=lambda changes: str(changes)[:60],
)
def test_odd_targets_of_a_list_are_told(
    run: Run, tmp_path: Path, changes: tuple[str, object]
) -> None:
    assert run("agreement", "add", written(tmp_path / "a.json", AGREEMENT)).exit_code == 0
    path = workbook(tmp_path / "a.xlsx", [worker(1)])
    usual: dict[str, object] = {
        "--agreement": 1,
        "--category": "VULNERABLE",
        "--from": "2026-01",
        "--months": 12,
    }
    options = [word for pair in (usual | dict([changes])).items() for word in pair]
    for action in ("check", "import"):
        assert is_told(run("batch", action, path, *options)), action
