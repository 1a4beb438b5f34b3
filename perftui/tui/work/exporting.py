"""The DOCX on one key."""

import os

from perftui.desk.desk import Desk
from perftui.desk.export import copy_line, export_document, exports_folder
from perftui.exchange.docx_xml import UnprintableError
from perftui.files.errors import FileError
from perftui.locale import _
from perftui.review.engine import review
from perftui.review.finding import Severity


def export(desk: Desk) -> str:
    """Write the whole document; the sentence that says where it is, or why it is not."""
    try:
        result = export_document(desk.document, desk.form, exports_folder(desk.folder.data))
    except (FileError, UnprintableError) as error:
        return _("没有导出：{why}").format(why=error)
    errors = sum(one.is_open and one.severity is Severity.ERROR for one in review(desk.document, desk.form))
    findings = _("，还有 {count} 个错误").format(count=errors) if errors else ""
    copy = copy_line(result.path, os.environ)
    return _("已导出 {path}{findings}\n取回：{copy}").format(path=result.path, findings=findings, copy=copy)
