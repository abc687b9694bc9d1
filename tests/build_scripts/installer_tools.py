"""The tools that installers are made with: CI on Linux has them, another machine may not."""

import os
import shutil
import sys

import pytest


def need(*names: str) -> None:
    """Skip where a tool is missing, except in CI on Linux, where that is a failure."""
    missing = [name for name in names if shutil.which(name) is None]
    if missing and ("CI" not in os.environ or sys.platform == "win32"):
        pytest.skip(f"not on the PATH: {', '.join(missing)}")
    assert missing == []
