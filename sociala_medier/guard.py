"""Outlives a supervisor that was killed outright, and ends the families it left behind. Imports nothing of ours.

Reads the number of each process group from its standard input, which closes when the supervisor is gone.
"""

import os
import signal
import sys
import time


def kill_group(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


if __name__ == "__main__":
    groups = [int(line) for line in sys.stdin]
    # They have been asked to end already, by the kernel, and deserve a moment for it.
    time.sleep(float(sys.argv[1]))
    for group in groups:
        kill_group(group)
