"""Make what IT ships: `python3 build_scripts/build.py --target win|linux [--wine] [--only STEP …]`.

Needs nothing but Python 3.11 or newer, and binutils on Linux; the locked packages are installed
into the project's own virtual environment first. With `--wine` Windows programs run in Wine.
"""

import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Run the steps in the project's own virtual environment, which is made when needed."""
    # the folder of this script would otherwise shadow modules of the same name
    sys.path[0] = str(Path(__file__).resolve().parent.parent)
    from build_scripts.build_steps import chosen_by
    from build_scripts.dev_environment import main_environment, prepare
    from build_scripts.dev_report import Stop, complain
    from build_scripts.dev_system import see_to_system

    chosen = chosen_by(sys.argv[1:])
    environment = main_environment("dev")
    if Path(sys.prefix).resolve() != environment.folder.resolve():
        try:
            see_to_system(qt=True, window=False, new_environment=not environment.python.exists())
            prepare(environment)
        except Stop as reason:
            complain(str(reason))
            return 1
        again = [str(environment.python), str(Path(__file__).resolve()), *sys.argv[1:]]
        return subprocess.run(again, check=False).returncode
    from build_scripts.build_run import run

    return run(chosen)


if __name__ == "__main__":
    sys.exit(main())
