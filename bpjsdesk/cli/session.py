"""Open the office that the arguments name; the password comes from the environment or the keys."""

import getpass
import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bpjsdesk.clock import Clock
from bpjsdesk.errors import UserError
from bpjsdesk.paths import AppPaths, default_paths
from bpjsdesk.progress import Progress
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.office import open_office
from bpjsdesk.services.safety import require_outside_office

if sys.platform == "win32":
    from bpjsdesk.cli.windows_console import is_console

PASSWORD = "BPJSDESK_PASSWORD"


def paths_of(arguments: Namespace) -> AppPaths:
    """Choose the data folder: `--data`, `BPJSDESK_DATA`, or the user's own."""
    return AppPaths(Path(arguments.data)) if arguments.data else default_paths()


def user_of(arguments: Namespace) -> str:
    """Raises: UserError USER_NEEDED."""
    if not arguments.user:
        raise UserError("USER_NEEDED", "Sebutkan nama pengguna dengan --user NAMA.")
    return str(arguments.user)


def password_for(user_name: str) -> str:
    """Take the password from the environment, or ask for it without showing it.

    Raises: UserError PASSWORD_NEEDED where nobody can be asked.
    """
    known = os.environ.get(PASSWORD)
    if known is not None:
        return known
    if not _is_somebody_there():
        raise UserError("PASSWORD_NEEDED", f"Isi kata sandi di variabel lingkungan {PASSWORD}.")
    return getpass.getpass(f"Kata sandi {user_name}: ")


def new_password_for(user_name: str) -> str:
    """Take the first password; what is typed unseen is typed twice.

    Raises: UserError PASSWORD_NEEDED or PASSWORD_MISTYPED.
    """
    password = password_for(user_name)
    if os.environ.get(PASSWORD) is None and getpass.getpass("Ulangi kata sandi: ") != password:
        raise UserError("PASSWORD_MISTYPED", "Kedua kata sandi tidak sama. Ketik ulang keduanya.")
    return password


def target_of(arguments: Namespace, name: str) -> Path:
    """Take the place of a file to write.

    Raises: UserError TARGET_IS_OFFICE.
    """
    target = Path(name)
    require_outside_office(paths_of(arguments), target)
    return target


@contextmanager
def opened(arguments: Namespace, clock: Clock) -> Iterator[AppContext]:
    """Give a logged-in context and close it afterwards.

    Raises: UserError; EnvironmentProblem.
    """
    user_name = user_of(arguments)
    context = open_office(paths_of(arguments), user_name, password_for(user_name), clock)
    try:
        yield context
    finally:
        context.close()


def _is_somebody_there() -> bool:
    # a task that Windows starts by itself may have no stdin at all
    if sys.stdin is None:
        return False
    if sys.platform == "win32":
        return is_console(sys.stdin)
    else:  # mypy takes what follows a branch that returns for unreachable on Windows
        return sys.stdin.isatty()


class ProgressLine:
    """Show progress on stderr where a person is watching."""

    def __init__(self) -> None:
        self._shown = ""

    def __call__(self, progress: Progress, /) -> None:
        if not sys.stderr.isatty():
            return
        line = f"{progress.text}: {progress.done} / {progress.total or '?'}"
        if line != self._shown:
            sys.stderr.write(f"\r{line:<60}")
            self._shown = line
