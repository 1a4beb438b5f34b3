"""LibreOffice, where it is installed: a document in one format becomes one in another.

Every call has a folder and a profile of its own, so that calls never meet, and nothing of the person's own LibreOffice
is read or changed. In that profile no macro runs and no linked content is fetched.
"""

import os
import shutil
import tempfile
from pathlib import Path

from perftui.locale import _

PROGRAMS = ("soffice", "libreoffice")
TIMEOUT = 120.0
"""Seconds that a conversion may take."""
MOST_BYTES = 512 * 1024 * 1024
"""The most bytes of a result."""

_STEM, _FONTS = "document", "fonts.conf"
_FILTERS = {"pdf": 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'}
"""How a format is asked for where its name does not say enough."""
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


class OfficeError(Exception):
    """LibreOffice is not there, or made nothing; ``str()`` of it is a sentence for the person."""


def office_program() -> str | None:
    """The path of LibreOffice; ``None`` where it is not installed."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


def installed_fonts() -> frozenset[str] | None:
    """The families of fonts that this machine has; ``None`` where it cannot be asked."""
    from perftui.programs.runner import NotStarted, RunProgress, TooLong, run

    program = shutil.which("fc-list")
    if program is None:
        return None
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    try:
        done = run([program, "--format", "%{family}\n"], Path.cwd(), environment, RunProgress(limit=TIMEOUT))
    except (NotStarted, TooLong, OSError):
        return None
    if done.code != 0:
        return None
    names = done.out.decode("utf-8", "replace").replace("\n", ",").split(",")
    return frozenset(name.strip() for name in names if name.strip())


def converted(data: bytes, source: str, target: str, *, timeout: float = TIMEOUT, fonts: str = "") -> bytes:
    """A document as LibreOffice saves it in another format: ``source`` and ``target`` are endings, such as ``pdf``.

    ``fonts``: a configuration of fontconfig for it. A PDF is tagged. Raises OfficeError.
    """
    program = office_program()
    if program is None:
        raise OfficeError(_("没有安装 LibreOffice，不能转换 {source} 和 {target}").format(source=source, target=target))
    try:
        with tempfile.TemporaryDirectory(prefix="perftui-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            if fonts:
                (folder / _FONTS).write_text(fonts, encoding="utf-8")
            return _converted(program, folder, data, source, target, timeout)
    except OSError as error:
        raise OfficeError(_("不能运行 LibreOffice：{reason}").format(reason=error.strerror or error)) from error


def _converted(program: str, folder: Path, data: bytes, source: str, target: str, timeout: float) -> bytes:
    profile, made = folder / "profile", folder / "made"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    document = folder / f"{_STEM}.{source}"
    document.write_bytes(data)
    command = [
        program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--nodefault", "--convert-to", _FILTERS.get(target, target), "--outdir", str(made), str(document),
    ]  # fmt: skip
    _run(command, folder, timeout)
    result = made / f"{_STEM}.{target}"
    if not result.is_file():
        raise OfficeError(_("LibreOffice 打不开这个文件，没有转换"))
    if result.stat().st_size > MOST_BYTES:
        raise OfficeError(_("LibreOffice 转换出的文件太大"))
    return result.read_bytes()


def _run(command: list[str], folder: Path, timeout: float) -> None:
    """Run it with all that it starts; after the time is up all of them are ended."""
    from perftui.programs.runner import NotStarted, RunProgress, TooLong, run  # only a conversion needs it

    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    environment = {**kept, "HOME": str(folder), "LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}
    if (folder / _FONTS).exists():
        environment["FONTCONFIG_FILE"] = str(folder / _FONTS)
    try:
        run(command, folder, environment, RunProgress(limit=timeout))
    except NotStarted as error:
        raise OfficeError(_("不能运行 LibreOffice：{reason}").format(reason=error.reason)) from error
    except TooLong as error:
        raise OfficeError(_("LibreOffice 超过 {count} 秒没有完成，已停止").format(count=round(timeout))) from error
