"""Names that tests of services take from the shared office fixtures."""

from tests.offices import PASSWORD, AsRole

__all__ = ["PASSWORD", "AsRole"]
