"""Set the project up and run it: `python3 build_scripts/dev.py demo | test | run | lint | bench`.

Needs nothing but Python 3.11 or newer; on Windows start it with `py`.
"""

import sys
from pathlib import Path


def main() -> int:
    """Run one command in the project's own virtual environment, which is made when needed."""
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python is what this line is for
        found = ".".join(str(part) for part in sys.version_info[:3])
        print(
            "BPJS Desk needs Python 3.11 or newer; this is " + found + ". "
            "Install a newer Python and start this command with it.",
            file=sys.stderr,
        )
        return 1
    # The folder of this script would otherwise shadow modules of the same name.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)
    from build_scripts.dev_commands import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
