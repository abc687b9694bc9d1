"""How an answer reaches stdout: one JSON object, or a few lines for a person."""

import dataclasses
import errno
import io
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, TextIO


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a command found: `data` for programs, `lines` for people, the code to end with."""

    data: Mapping[str, Any]
    lines: tuple[str, ...] = field(default=())
    exit_code: int = 0


def plain(value: Any) -> Any:
    """Turn values of the domain into what JSON knows."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [member.name for member in dataclasses.fields(value)]
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, Path) else value


def show(result: Result, *, as_json: bool) -> None:
    """Print a result on stdout."""
    # JSON in plain ASCII: a pipe on Windows is not UTF-8, and no letter may arrive as "?"
    _print(json.dumps(plain(result.data)) if as_json else "\n".join(result.lines))


def show_error(code: str, message: str, *, as_json: bool) -> None:
    """Print a refusal: as JSON on stdout, for people on stderr."""
    if as_json:
        _print(json.dumps({"error": {"code": code, "message": message}}))
    else:
        sys.stderr.write(f"{message} [{code}]\n")


def ready_streams() -> None:
    """Make stdout and stderr fit for every sign, and there at all; called once, at the start.

    A pipe or a file on Windows takes only its code page, and what it cannot take must not end the
    program. A program without a console, or started without handles, has no streams at all.
    """
    sys.stdout, sys.stderr = _ready(sys.stdout), _ready(sys.stderr)


def _ready(stream: TextIO | None) -> TextIO:
    if stream is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")
    return stream


def _print(text: str) -> None:
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except OSError as problem:
        # the reader has seen enough, as `head` does (Windows calls that EINVAL); Python must not
        # complain when it ends
        if problem.errno not in (errno.EPIPE, errno.EINVAL):
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
