"""Several programs on one office: nothing is lost, nothing fails, no form overwrites another."""

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from bpjsdesk.domain.agreements import AgreementDraft
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.agreements import get_agreement, save_agreement
from bpjsdesk.services.claims import get_claim, save_claim
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.office import get_office, save_office
from bpjsdesk.services.safety import check_health, list_audit
from tests.proofs.crash_work import AGREEMENT, CLAIM, found, opened
from tests.services.factories import a_claim, a_draft, claimed, saved

PROGRAMS, SAVES = 2, 50


def started(folder: Path, first: int) -> "subprocess.Popen[str]":
    words = [sys.executable, "-m", "tests.proofs.crowd", str(folder), str(first), str(SAVES)]
    program = subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "ready\n"
    return program


def test_programs_that_save_at_once_lose_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "kantor"
    found(folder)
    programs = [started(folder, first) for first in range(10_000, 10_000 * PROGRAMS + 1, 10_000)]
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    told = [program.communicate(timeout=120) for program in programs]
    assert [program.returncode for program in programs] == [0] * PROGRAMS, told
    lines = [line for out, _err in told for line in out.splitlines()]
    assert len(set(lines)) == len(lines) == PROGRAMS * SAVES
    with opened(folder) as context:
        counts = Counter(entry.command for entry in list_audit(context, limit=1_000))
        health = check_health(context, progress=ignore_progress, cancel=CancelToken())
    assert counts[CLAIM] + counts[AGREEMENT] == PROGRAMS * SAVES + 1
    assert health.is_sound
    assert health.rows["claim"] == sum(line.startswith(CLAIM) for line in lines)


@pytest.fixture
def agreement(office: AppContext) -> tuple[int, AgreementDraft]:
    draft = a_draft(signed_on=None)
    return saved(office, draft), draft


def test_the_second_form_of_an_agreement_is_told_of_the_first(
    office: AppContext, agreement: tuple[int, AgreementDraft]
) -> None:
    agreement_id, draft = agreement
    seen = get_agreement(office, agreement_id).version

    def send(title: str) -> None:
        save_agreement(
            office,
            replace(draft, title=title),
            request_id=new_request_id(),
            agreement_id=agreement_id,
            version=seen,
        )

    send("Yang pertama")
    with pytest.raises(UserError, match="CONFLICT"):
        send("Yang kedua")
    assert get_agreement(office, agreement_id).draft.title == "Yang pertama"


def test_the_second_form_of_a_claim_is_told_of_the_first(office: AppContext) -> None:
    claim_id = claimed(office)
    seen = get_claim(office, claim_id).version
    first, second = a_claim(note="pertama"), a_claim(note="kedua")
    save_claim(office, first, request_id=new_request_id(), claim_id=claim_id, version=seen)
    with pytest.raises(UserError, match="CONFLICT"):
        save_claim(office, second, request_id=new_request_id(), claim_id=claim_id, version=seen)
    assert get_claim(office, claim_id).draft.note == "pertama"


def test_the_second_form_of_the_letterhead_is_told_of_the_first(office: AppContext) -> None:
    seen = get_office(office)
    save_office(office, replace(seen, place="Manado"), request_id=new_request_id())
    with pytest.raises(UserError, match="CONFLICT"):
        save_office(office, replace(seen, place="Bitung"), request_id=new_request_id())
    assert get_office(office).place == "Manado"
