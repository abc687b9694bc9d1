"""Every table of the program in one place, for migrations and their tests."""

from sqlalchemy import MetaData

from bpjsdesk.storage import schema_corrections, schema_reference, schema_staging
from bpjsdesk.storage.schema import metadata

PARTS = (schema_reference, schema_staging, schema_corrections)


def whole_schema() -> MetaData:
    """Give the metadata with every table registered."""
    return metadata
