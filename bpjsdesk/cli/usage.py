"""A command-line parser that speaks Indonesian, also about what it does not understand."""

import argparse
import re
from typing import Any, NoReturn

# argparse has no other place for its words: it takes them from the language of the machine.
_TOLD = (
    (r"the following arguments are required: (.+)", r"Belum diisi: \1."),
    (r"unrecognized arguments: (.+)", r"Tidak dikenal: \1."),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1: \2 tidak ada. Pilih \3."),
    (r"argument (.+?): expected one argument", r"\1 memerlukan isi."),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1 tidak memerlukan isi: \2."),
    (r"argument (.+?): invalid \w+ value: (.+)", r"\1: \2 tidak dapat dipakai."),
    (r"ambiguous option: (.+?) could match (.+)", r"\1 dapat berarti \2. Tulis lengkap."),
    (r"argument (.+?): (.+)", r"\1: \2."),
)


class WrongUsage(Exception):
    """A command that cannot be understood; `usage` is how it is written."""

    def __init__(self, message: str, usage: str) -> None:
        super().__init__(message)
        self.message = message
        self.usage = usage


class Parser(argparse.ArgumentParser):
    """Raise `WrongUsage` where argparse would write English and leave."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**(options | {"formatter_class": _Formatter, "add_help": False}))
        self._positionals.title, self._optionals.title = "isian", "pilihan"
        if options.get("add_help", True):
            self.add_argument("-h", "--help", action="help", help="tampilkan bantuan ini")

    def error(self, message: str) -> NoReturn:
        """Raises: WrongUsage."""
        raise WrongUsage(_told(message), self.format_usage().strip())


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Cara menulis: " if prefix is None else prefix)


def _told(message: str) -> str:
    for english, indonesian in _TOLD:
        if found := re.fullmatch(english, message):
            return found.expand(indonesian)
    return "Perintah tidak dipahami."
