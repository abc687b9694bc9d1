"""Prove the Windows product from Linux: `python3 build_scripts/wine/proof.py [--only PART …]`.

Makes a Windows Python and a Debian with Wine 10, runs the whole test suite there, freezes twice,
audits, signs, packs, installs, upgrades, removes, and does the office's main job with the installed
program; writes what came of it to build_scripts/PROOF.md. Needs root; README.md tells the packages.
"""

import argparse
import subprocess
import sys
from pathlib import Path

PARTS = ("tests", "freeze", "installers", "smoke", "installed", "linux")


def main() -> int:
    """Run the parts that were asked for, in the project's own virtual environment."""
    sys.path[0] = str(Path(__file__).resolve().parent.parent.parent)
    parser = argparse.ArgumentParser(prog="proof.py")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART")
    chosen = parser.parse_args()
    from build_scripts.dev_environment import main_environment, prepare

    environment = main_environment("dev")
    if Path(sys.prefix).resolve() != environment.folder.resolve():
        prepare(environment)
        again = [str(environment.python), str(Path(__file__).resolve()), *sys.argv[1:]]
        return subprocess.run(again, check=False).returncode
    from build_scripts.wine.parts import prove

    return prove(tuple(chosen.only))


if __name__ == "__main__":
    sys.exit(main())
