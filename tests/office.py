"""LibreOffice as the office of somebody else: it opens documents and saves them again."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.programs import require


def saved_again(folder: Path, files: Mapping[str, bytes], *formats: str) -> dict[str, bytes]:
    """Files by name, after LibreOffice opened and saved them in each format, one after the other."""
    program, profile = require("soffice"), f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    source = folder / "printed"
    source.mkdir()
    for name, data in files.items():
        (source / name).write_bytes(data)
    for number, ending in enumerate(formats):
        made = folder / str(number)
        subprocess.run(
            [program, profile, "--headless", "--convert-to", ending, "--outdir", made, *sorted(source.iterdir())],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        source = made
    return {path.name: path.read_bytes() for path in source.iterdir()}
