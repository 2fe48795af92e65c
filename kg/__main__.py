"""The entry point of the program `kg`; `python -m kg` is the same."""

import os
import sys

# One thread: the heads' last bits are the same then, and several processes do not fight for the cores.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")


def run() -> int:
    """Run the program and return its exit code; an interrupt while it is still being loaded is quiet, too."""
    try:
        from kg.cli.main import main

        return main()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(run())
