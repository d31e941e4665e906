"""``python -m service`` is the same program as ``youju``."""

import sys

from service.cli import main

if __name__ == "__main__":
    sys.exit(main())
