"""Exporting from the screens: what is exported, where the file is, how to copy it to one's own computer."""

import os
from enum import StrEnum
from pathlib import Path

from perftui.exchange.office import OfficeError
from perftui.files.errors import FileError
from perftui.files.worktree import is_sparse
from perftui.locale import _
from perftui.model.frozen import frozen
from perftui.model.text import size_in_words
from perftui.session.export import PDF, ExportRequest, NotExported, export_document, fonts_in_words, pdf_of, put_file
from perftui.session.export_target import exports_folder, ways_home, zmodem_program
from perftui.session.final_check import NotFinal, as_final, counted, open_findings, remarks_of, require_final
from perftui.session.remaining import left_in
from perftui.session.versions import NoRepository
from perftui.store.folder import DocumentFolder
from perftui.store.git.failures import GitFailed
from perftui.tui.state.app_state import AppState


class ExportKind(StrEnum):
    """What is printed."""

    WHOLE = "whole"
    PROJECT = "project"
    """The project at hand alone."""
    DRAFT = "draft"
    FINAL = "final"
    PDF = "pdf"


@frozen
class ExportOutcome:
    """How an export ended."""

    said: str
    """The sentence for the person; it may have several lines."""
    path: Path | None = None
    """What was written; ``None``: nothing."""


def export(state: AppState, kind: ExportKind) -> ExportOutcome:
    """Write the document; slow, for a worker."""
    session = state.session
    files = frozenset([state.file]) if kind is ExportKind.PROJECT else None
    findings = open_findings(state.review.findings, files)
    try:
        if kind is ExportKind.FINAL:
            findings = as_final(findings)
            require_final(findings, len(session.problems))
        remarks = remarks_of(session.document, session.form, findings) if kind is ExportKind.DRAFT else None
        wanted = ExportRequest(files=files, remarks=remarks)
        path = export_document(session.document, session.form, exports_folder(session.folder.data), wanted).path
        if kind is ExportKind.PDF:
            docx, path = path, path.with_suffix(f".{PDF}")
            put_file(path, pdf_of(docx.read_bytes()))
    except (FileError, NotExported, NotFinal, OfficeError) as error:
        return ExportOutcome(said=_("没有导出：{why}").format(why=error))
    left = left_in(session.form, session.document, state.review.findings, files)
    said = _said(path, left, counted(findings), _apart(session.folder) if files is None else "")
    if kind is ExportKind.PDF and (fonts := fonts_in_words()):
        said = f"{said}\n{fonts}"
    return ExportOutcome(said=said, path=path)


def _apart(folder: DocumentFolder) -> str:
    """The sentence that names the projects that a sparse clone does not have; git's own where it does not say."""
    if not is_sparse(folder.folder):
        return ""
    from perftui.session.revisions import apart_in_words  # git is loaded where it is asked

    try:
        return apart_in_words(folder)
    except (NoRepository, GitFailed) as error:
        return str(error)


def _said(path: Path, left: int, open_ones: str, apart: str) -> str:
    """Where the file is, what is not in it, is left or open, and how to copy it to one's own computer."""
    lines = [_("已导出 {path}（{size}）").format(path=path, size=size_in_words(path.stat().st_size))]
    if apart:
        lines.append(apart)
    if left:
        lines.append(_("还差 {count} 处没有填好：Ctrl+G 一处一处看").format(count=left))
    if open_ones:
        lines.append(_("还没处理：{counts}").format(counts=open_ones))
    first, *others = ways_home(path, os.environ)
    lines += [_("取回：{copy}").format(copy=first), *others]
    if can_send():
        lines.append(_("或者按 Ctrl+P 选“发送”，用 zmodem 直接传到自己的电脑"))
    return "\n".join(lines)


def can_send() -> bool:
    """Is there a program that sends files through this terminal, and does nothing stand between?"""
    multiplexed = any(os.environ.get(name) for name in ("TMUX", "STY"))
    return zmodem_program() is not None and not multiplexed and os.isatty(0) and os.isatty(1)
