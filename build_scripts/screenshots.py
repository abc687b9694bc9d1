"""See the whole program in a minute: `screenshots.py OUT` saves every page, dialog and PDF.

Opens the practice office offscreen; needs the packages of the lock `dev`.
"""

import sys
from pathlib import Path

if __name__ == "__main__":
    # the folder of this script would otherwise shadow modules of the same name
    sys.path[0] = str(Path(__file__).resolve().parent.parent)
    from build_scripts.screens.command import main

    sys.exit(main(sys.argv[1:]))
