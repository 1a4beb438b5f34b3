"""``python -m perftui``."""

import sys

from perftui.cli.kept_answers import main

if __name__ == "__main__":
    sys.exit(main())
