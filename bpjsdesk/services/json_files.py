"""Read a JSON file field by field; every fault is told with the path of its field."""

import json
import unicodedata
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from bpjsdesk.domain.period import parse_iso_day, parse_month
from bpjsdesk.domain.problems import FieldProblem, refuse_if_any
from bpjsdesk.errors import UserError

_LARGEST_NUMBER = 10**15
_UNWRITABLE = frozenset({"Cc", "Cs"})
_KINDS = {str: "teks", int: "bilangan bulat", list: "daftar [ … ]", dict: "objek { … }"}


class ObjectReader:
    """Take the fields of one JSON object; faults are collected for the whole file."""

    def __init__(
        self, fields: dict[str, object], path: str = "", faults: list[FieldProblem] | None = None
    ) -> None:
        self._fields = fields
        self._path = path
        self._faults: list[FieldProblem] = [] if faults is None else faults
        self._asked: set[str] = set()

    def text(self, name: str, *, required: bool = False) -> str:
        """Take a text; the empty text when it is left out."""
        value = self._take(name, str, required=required)
        return value if isinstance(value, str) and self._is_writable(value, name) else ""

    def optional_text(self, name: str) -> str | None:
        return self.text(name) or None

    def whole(self, name: str, *, required: bool = False) -> int | None:
        """Take a whole number; None when it is left out."""
        value = self._take(name, int, required=required)
        if not isinstance(value, int):
            return None
        if abs(value) > _LARGEST_NUMBER:
            self._fault(name, "NUMBER_TOO_LARGE", "angkanya terlalu besar.")
            return None
        return value

    def flag(self, name: str) -> bool | None:
        """Take true or false; None when it is left out."""
        self._asked.add(name)
        value = self._fields.get(name)
        if value is not None and not isinstance(value, bool):
            self._fault(name, "FIELD_TYPE", "isinya harus true atau false.")
        return value if isinstance(value, bool) else None

    def inner(self, name: str) -> "ObjectReader":
        """Take one object; an empty one when it is left out."""
        value = self._take(name, dict, required=False)
        fields = value if isinstance(value, dict) else {}
        return ObjectReader(fields, f"{self._path}{name}.", self._faults)

    def names(self) -> tuple[str, ...]:
        """Give the names of an object whose fields are the user's own."""
        return tuple(self._fields)

    def choice(self, name: str, words: tuple[str, ...]) -> str:
        """Take one of these words."""
        word = self.text(name, required=True)
        if word and word not in words:
            known = ", ".join(words)
            self._fault(name, "CHOICE_UNKNOWN", f"“{word}” tidak dikenal. Pilihannya: {known}.")
        return word if word in words else words[0]

    def optional_choice(self, name: str, words: tuple[str, ...]) -> str:
        """Take one of these words; empty when it is left out."""
        return self.choice(name, words) if self._fields.get(name) else self.text(name)

    def day(self, name: str) -> date | None:
        """Take a day written 2026-11-20; None when it is left out."""
        text = self.text(name)
        if not text:
            return None
        day = parse_iso_day(text)
        if day is None:
            self._fault(name, "DATE_FORMAT", f"“{text}” bukan tanggal. Tulis seperti 2026-11-20.")
        return day

    def month(self, name: str, *, required: bool = False) -> date | None:
        """Take a month written 2026-11 as its first day; None when it is left out."""
        text = self.text(name, required=required)
        if not text:
            return None
        try:
            return parse_month(text)
        except UserError as fault:
            self._fault(name, fault.code, fault.message)
            return None

    def texts(self, name: str) -> tuple[str, ...]:
        """Take a list of texts."""
        return tuple(
            item
            for position, item in enumerate(self._items(name))
            if self._is(item, str, f"{name}.{position}")
            and isinstance(item, str)
            and self._is_writable(item, f"{name}.{position}")
        )

    def objects(self, name: str) -> tuple["ObjectReader", ...]:
        """Take a list of objects."""
        return tuple(
            ObjectReader(item, f"{self._path}{name}.{position}.", self._faults)
            for position, item in enumerate(self._items(name))
            if self._is(item, dict, f"{name}.{position}") and isinstance(item, dict)
        )

    def end(self) -> None:
        """Name every field that nobody asked for."""
        for name in self._fields:
            if name not in self._asked and not (name == "$schema" and not self._path):
                known = ", ".join(sorted(self._asked))
                self._fault(
                    name, "FIELD_UNKNOWN", f"isian ini tidak dikenal. Yang dikenal: {known}."
                )

    def refuse(self) -> None:
        """Raises: FormProblems when anything in the whole file was wrong."""
        refuse_if_any(self._faults)

    def _items(self, name: str) -> Iterable[object]:
        value = self._take(name, list, required=False)
        return value if isinstance(value, list) else ()

    def _take(self, name: str, kind: type, *, required: bool) -> object:
        self._asked.add(name)
        value = self._fields.get(name)
        if value is None or value == "":
            if required:
                self._fault(name, "FIELD_MISSING", "isian ini wajib ada.")
            return None
        return value if self._is(value, kind, name) else None

    def _is(self, value: object, kind: type, name: str) -> bool:
        fits = isinstance(value, kind) and not isinstance(value, bool)
        if not fits:
            self._fault(name, "FIELD_TYPE", f"isinya harus {_KINDS[kind]}.")
        return fits

    def _is_writable(self, text: str, name: str) -> bool:
        """Refuse what no store or page can hold: half characters and control characters."""
        fits = all(char in "\n\t" or unicodedata.category(char) not in _UNWRITABLE for char in text)
        if not fits:
            self._fault(name, "TEXT_INVALID", "ada huruf yang tidak dapat ditulis. Ketik ulang.")
        return fits

    def _fault(self, name: str, code: str, message: str) -> None:
        field = self._path + name
        self._faults.append(FieldProblem(field=field, code=code, message=f"{field}: {message}"))


def read_object(path: Path) -> ObjectReader:
    """Open a file that holds one JSON object.

    Raises: UserError JSON_NOT_READABLE, JSON_INVALID, JSON_KEY_TWICE or JSON_NOT_OBJECT.
    """
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise UserError(
            "JSON_NOT_READABLE",
            f"Berkas {path.name} tidak dapat dibaca. Periksa nama, izin, dan pengodeannya (UTF-8).",
        ) from problem
    try:
        value = json.loads(content, object_pairs_hook=_without_twins, parse_constant=_no_constant)
    except (ValueError, RecursionError) as problem:
        place = f" (baris {problem.lineno})" if isinstance(problem, json.JSONDecodeError) else ""
        raise UserError(
            "JSON_INVALID", f"Berkas {path.name} bukan JSON yang sah{place}. Betulkan lalu ulangi."
        ) from problem
    if not isinstance(value, dict):
        raise UserError(
            "JSON_NOT_OBJECT", f"Berkas {path.name} harus berisi satu objek JSON {{ … }}."
        )
    return ObjectReader(value)


def _without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields: dict[str, object] = {}
    for name, value in pairs:
        if name in fields:
            raise UserError(
                "JSON_KEY_TWICE", f"Isian “{name}” tertulis dua kali dalam satu objek. Hapus satu."
            )
        fields[name] = value
    return fields


def _no_constant(word: str) -> object:
    raise ValueError(f"{word} is no JSON number")
