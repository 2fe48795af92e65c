"""The entry point of the program `kg`; `python -m kg` is the same."""

import sys


def run() -> int:
    """Run the program and return its exit code; an interrupt while it is still being loaded is quiet, too."""
    try:
        from kg.cli.main import main

        return main()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(run())
