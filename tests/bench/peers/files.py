"""The least that must be done with a folder's files: ``stat``, ``read`` or ``toml``; on stdout the milliseconds that
passed, and those of processor time.
"""

import os
import sys
import time
import tomllib


def main() -> None:
    what, folder = sys.argv[1:]
    begun, used = time.perf_counter(), time.process_time()
    with os.scandir(folder) as entries:
        names = [entry.name for entry in entries if entry.name.endswith(".toml")]
    for name in names:
        path = f"{folder}/{name}"
        if what == "stat":
            os.stat(path)
        else:
            with open(path, "rb") as file:
                data = file.read()
            if what == "toml":
                tomllib.loads(data.decode())
    print((time.perf_counter() - begun) * 1000, (time.process_time() - used) * 1000)


main()
