"""Where the frozen command line starts."""

import sys

from bpjsdesk.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
