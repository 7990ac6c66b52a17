"""``python -m guozi.cli``: the same command where the script is not on the path."""

from __future__ import annotations

import sys

from guozi.cli import main

if __name__ == "__main__":
    sys.exit(main())
