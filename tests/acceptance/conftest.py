"""Acceptance tests call the command line as users' scripts do."""

from tests.cli.conftest import folder, run

__all__ = ["folder", "run"]
