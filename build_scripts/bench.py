"""Measure what issue 2 §8 promises: `dev.py bench [--quick] [--only NAME]`, one table and JSON.

Needs the packages of the lock `dev`; the data of the full size is made once, in `build/bench`.
"""

import sys
from pathlib import Path

if __name__ == "__main__":
    # the folder of this script would otherwise shadow modules of the same name
    sys.path[0] = str(Path(__file__).resolve().parent.parent)
    from build_scripts.bench_rows.command import main

    sys.exit(main(sys.argv[1:]))
