"""What reaches stdout: whatever its encoding, and where there is none."""

import os
import subprocess
import sys
from collections.abc import Sequence

import pytest

from bpjsdesk import __version__

RUN = "import sys; from bpjsdesk.cli.main import main; sys.exit(main())"
SIGNS = (
    "from bpjsdesk.cli.output import Result, ready_streams, show, show_error; ready_streams(); "
    "show(Result(data={}, lines=('“Perjanjian” – 2 × 3 é',)), as_json=False); "
    "show_error('X', '“Galat” – ×', as_json=False)"
)
NO_STREAMS = f"import sys; sys.stdin = sys.stdout = sys.stderr = None\n{RUN}"


def python(
    code: str, words: Sequence[str] = (), *, encoding: str = "utf-8"
) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "“Perjanjian” – 2 × 3 é"),
        ("cp1252", "“Perjanjian” – 2 × 3 é"),
        ("cp437", "?Perjanjian? ? 2 ? 3 é"),
        ("ascii", "?Perjanjian? ? 2 ? 3 ?"),
    ],
)
def test_a_sign_that_the_code_page_lacks_does_not_end_the_program(encoding: str, told: str) -> None:
    ended = python(SIGNS, encoding=encoding)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.decode(encoding).splitlines() == [told]
    assert ended.stderr.decode(encoding).endswith("[X]" + os.linesep)


@pytest.mark.parametrize("encoding", ["cp437", "ascii"])
@pytest.mark.parametrize("words", [["--help"], ["batch", "import", "--help"], ["terbang"]], ids=str)
def test_help_and_refusals_fit_every_code_page(encoding: str, words: list[str]) -> None:
    ended = python(RUN, words, encoding=encoding)
    assert ended.returncode == (0 if "--help" in words else 2)
    assert b"Traceback" not in ended.stderr


def test_the_version_is_told() -> None:
    ended = python(RUN, ["--version"])
    assert (ended.returncode, ended.stdout.split()) == (0, [b"BPJS", b"Desk", __version__.encode()])


@pytest.mark.parametrize(
    ("words", "code"),
    [(["--version"], 0), (["schema", "claim"], 0), (["list"], 2), (["check", "--user", "x"], 1)],
    ids=str,
)
def test_a_program_started_without_handles_ends_with_its_code(words: list[str], code: int) -> None:
    ended = python(NO_STREAMS, words)
    assert ended.returncode == code
