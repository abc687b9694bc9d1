"""The tools that installers are made with: CI has them, a developer's machine may not."""

import os
import shutil

import pytest


def need(*names: str) -> None:
    """Skip where a tool is missing, except in CI, where that is a failure."""
    missing = [name for name in names if shutil.which(name) is None]
    if missing and "CI" not in os.environ:
        pytest.skip(f"not on the PATH: {', '.join(missing)}")
    assert missing == []
