"""The least that must be done with a folder's files: ``stat``, ``read`` or ``toml``; milliseconds on stdout."""

import os
import sys
import time
import tomllib


def main() -> None:
    what, folder = sys.argv[1:]
    begun = time.perf_counter()
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
    print((time.perf_counter() - begun) * 1000)


main()
