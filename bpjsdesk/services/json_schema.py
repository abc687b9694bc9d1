"""The few pieces of JSON Schema 2020-12 that our file formats are described with."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from bpjsdesk.storage.seed import seeded_values

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT: Mapping[str, Any] = MappingProxyType({"type": ["string", "null"]})
DAY: Mapping[str, Any] = MappingProxyType(
    {
        "type": ["string", "null"],
        "format": "date",
        "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$",
        "description": "YYYY-MM-DD",
    }
)
MONTH: Mapping[str, Any] = MappingProxyType(
    {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$", "description": "YYYY-MM"}
)
RUPIAH: Mapping[str, Any] = MappingProxyType(
    {"type": ["integer", "null"], "minimum": 0, "description": "rupiah utuh"}
)
YEAR: Mapping[str, Any] = MappingProxyType(
    {"type": ["integer", "null"], "minimum": 1900, "maximum": 2199}
)


REGION: Mapping[str, Any] = MappingProxyType(
    {"type": ["string", "null"], "description": "kode wilayah Kemendagri", "examples": ["71.71"]}
)


def code_of(table_name: str, *, column: str = "code") -> Schema:
    """Describe a code of the office's reference rows, with those that every office starts with."""
    return {
        "type": ["string", "null"],
        "description": f"kode dari daftar {table_name}",
        "examples": list(seeded_values(table_name, column)),
    }


def count() -> Schema:
    """Describe a whole number from 1 on."""
    return {"type": ["integer", "null"], "minimum": 1}


def array_of(item: Mapping[str, Any]) -> Schema:
    return {"type": ["array", "null"], "items": dict(item)}


def choice(values: tuple[str, ...]) -> Schema:
    return {"type": "string", "enum": list(values)}


def record(fields: Mapping[str, Mapping[str, Any]], *, required: tuple[str, ...]) -> Schema:
    """Describe an object that takes no other fields; a required one may not be null."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": {
            name: _never_null(schema) if name in required else dict(schema)
            for name, schema in fields.items()
        },
    }


def document(
    title: str, fields: Mapping[str, Mapping[str, Any]], *, required: tuple[str, ...]
) -> Schema:
    """Describe a whole file; it may name its own schema."""
    whole = record(fields, required=required)
    whole["properties"]["$schema"] = {"type": "string"}
    return {"$schema": DIALECT, "title": title, **whole}


def _never_null(schema: Mapping[str, Any]) -> Schema:
    kinds = schema.get("type")
    if not isinstance(kinds, list):
        return dict(schema)
    kind = kinds[0]
    extra = {"minLength": 1} if kind == "string" else {}
    return {**schema, "type": kind, **extra}
