"""LibreOffice as the office of somebody else: it opens documents and saves them again."""

import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.programs import missing, require

_PLAIN = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Common/Save/Document">
<prop oor:name="GenerateThumbnail" oor:op="fuse"><value>false</value></prop></item></oor:items>
"""
"""No picture of the first page in what is saved: nobody looks at it, and it takes half the time."""


def saved_again(folder: Path, files: Mapping[str, bytes], *formats: str) -> dict[str, bytes]:
    """Files by name, after LibreOffice opened and saved them in each format, one after the other.

    LibreOffice starts once a format, whatever the number of files: starting costs more than a document does.
    """
    program, profile = require("soffice"), f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    source, user = folder / "printed", folder / "profile" / "user"
    source.mkdir()
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_PLAIN, encoding="utf-8")
    for name, data in files.items():
        (source / name).write_bytes(data)
    for number, ending in enumerate(formats):
        made = folder / str(number)
        subprocess.run(
            [program, profile, "--headless", "--convert-to", ending, "--outdir", made, *sorted(source.iterdir())],
            check=True, capture_output=True, timeout=600,
        )  # fmt: skip
        source = made
    return {path.name: path.read_bytes() for path in source.iterdir()}


_SQUARE = "Noto Sans Mono CJK SC"
"""A free font of square characters with ASCII half as wide, as 仿宋, 楷体 and 黑体 are."""
_FONTS = f"""<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><match target="pattern">
<edit name="family" mode="assign" binding="strong"><string>{_SQUARE}</string></edit></match></fontconfig>
"""


def pages(folder: Path, files: Iterable[Path]) -> dict[str, list[str]]:
    """The text of each page that LibreOffice makes of documents, by their names, with square fonts for those named."""
    program, reader, matcher = require("soffice"), require("pdftotext"), require("fc-match")
    (folder / "fonts.conf").write_text(_FONTS, encoding="utf-8")
    surroundings = {**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")}
    taken = subprocess.run([matcher, "仿宋_GB2312"], check=True, capture_output=True, env=surroundings, timeout=60)
    if _SQUARE not in taken.stdout.decode():
        missing(f"the font {_SQUARE}")
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", folder, *files], check=True, capture_output=True, timeout=600, env=surroundings
    )
    found = {}
    for file in files:
        text = subprocess.run(
            [reader, "-layout", folder / f"{file.stem}.pdf", "-"], check=True, capture_output=True, timeout=60
        )
        found[file.name] = text.stdout.decode().split("\f")[:-1]
    return found
