"""The program, as ``youju`` and as ``python -m service``."""

import gc
import sys

# Whatever it is told to do: an answer makes thousands of values that live as long as it does, and a start what lives as long as
# the process. Python would look through them every 700, which takes 7 % of the time of answers over four hundred documents, this
# 2 %; and a seventh of a start. The processes that read files make few values that stay: there it changes nothing.
_COLLECTED = (10_000, 10, 10)


def main() -> int:
    """Run the command line; return the exit code."""
    gc.set_threshold(*_COLLECTED)
    # Not before: most of a start is this.
    from service import cli

    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
