"""The program, as ``youju`` and as ``python -m service``."""

import gc
import sys

# An answer makes thousands of values that live as long as it does, and a start what lives as long as the process: Python would
# look through them every 700, which takes 7 % of the time that answers take over four hundred documents, this 2 %; of a start
# a seventh.
_COLLECTED = (10_000, 10, 10)


def main() -> int:
    """Run the command line; return the exit code."""
    gc.set_threshold(*_COLLECTED)
    # Not before: most of a start is this.
    from service import cli

    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
