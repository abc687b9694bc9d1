"""Where the program's own files are, in a checkout and in a frozen build alike."""

import sys
from pathlib import Path


def resource_path(*parts: str) -> Path:
    """Give the path of a file under `resources/`."""
    frozen_root = getattr(sys, "_MEIPASS", None)
    root = Path(frozen_root) if frozen_root else Path(__file__).resolve().parent.parent
    return root.joinpath("resources", *parts)
