"""The document as a DOCX, proven before it replaces anything, and as a PDF where LibreOffice is installed."""

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from mmap import ACCESS_READ, mmap
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING

from perftui.exchange.docx_xml import UnprintableError
from perftui.exchange.page import MarginNote, PrintedPart
from perftui.files.errors import FileError, reason
from perftui.files.reading import current_digest, read_bytes
from perftui.files.removing import create_folder
from perftui.files.writing import write_file
from perftui.forms import Form
from perftui.locale import _, labelled
from perftui.model.document import Document, Location
from perftui.model.frozen import frozen
from perftui.model.record import Record
from perftui.model.text import visible, xml_problem
from perftui.review.location_names import LocationNames
from perftui.session.export_target import export_name, require_free

if TYPE_CHECKING:
    from perftui.exchange.office_style import OfficeStyle

DOCX, PDF, XLSX = "docx", "pdf", "xlsx"
_SPOOL = 4 << 20
_FEW_ROWS = 15
"""Of a table that stands on a page or two either way."""
LIMIT = 512 * 1024 * 1024
"""The most bytes that a document may have, to look at the one that it replaces."""


class NotExported(Exception):  # noqa: N818 - named for what it says
    """Nothing was written: a text cannot be printed, or the proof failed; ``str()`` is the sentence for the person."""


class DamagedExport(FileError):  # noqa: N818 - named for what it says
    """What was written does not read back as it was made."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _("{name} 写出后读回来不一样，请重新导出").format(name=path.name))


@frozen
class ExportRequest:
    """What of a document is to be printed, and how."""

    files: frozenset[str] | None = None
    """Only these projects; ``None``: the whole document."""
    remarks: Sequence[tuple[str, str, str, str]] | None = None
    """The remarks listed at the end of a draft; ``None``: it is no draft."""
    stamp: str = ""
    """Small print at the foot of every page: which version of the data it is."""
    front: bool = True
    """With cover and contents; without, the pages are pasted into a larger document."""
    notes: Sequence[MarginNote] = ()
    """Comments in the margin."""
    returns: bool = True
    """It carries hidden bookmarks and the values that it is printed from, for its way back from Word."""
    style: "OfficeStyle | None" = None
    """The looks of an office's own file."""
    style_file: Path | None = None
    """That file: it is never written over."""


WHOLE = ExportRequest()


@frozen
class VerifiedExport:
    """A document that was read back and found to say what the records say."""

    file: IO[bytes]
    """The DOCX: in memory up to 4 MiB, beyond that in a temporary file."""
    size: int
    """Bytes."""
    digest: str
    """See ``parts_digest``: what it holds, however it is packed."""
    doubts: tuple[str, ...] = ()
    """Fields whose text is printed as it stands, but would be read as something else when the DOCX is imported."""

    @property
    def data(self) -> bytes:
        """All bytes of the DOCX."""
        self.file.seek(0)
        return self.file.read()


@frozen
class ExportResult:
    """A document that was exported."""

    path: Path
    """Absolute."""
    projects: int
    """How many projects are in it."""
    size: int
    """Bytes."""
    doubts: tuple[str, ...] = ()
    """See ``VerifiedExport``."""


def _write(document: Document, form: Form, wanted: ExportRequest, out: IO[bytes]) -> None:
    """Write the document, not yet read back. Raises NotExported."""
    from perftui.exchange.docx_writer import write_docx  # loaded when something is exported

    try:
        write_docx(_laid_out(document, form, wanted), out, wanted.style)
    except UnprintableError as error:
        raise NotExported(_unprintable(document, form, error)) from error
    except OSError as error:  # the temporary file that a long document is gathered in
        raise NotExported(_("临时目录不能写，没有导出：{reason}").format(reason=reason(error.errno or 0))) from error


def _laid_out(document: Document, form: Form, wanted: ExportRequest) -> PrintedPart:
    from perftui.exchange.layout import lay_out

    return lay_out(
        document, form, wanted.files,
        remarks=wanted.remarks, stamp=wanted.stamp, front=wanted.front, notes=wanted.notes,
        printed_from=partial(_printed_from, document, form) if wanted.returns else None,
        cover=wanted.style.cover if wanted.style else None,
    )  # fmt: skip


def office_style(path: Path, document: Document, form: Form, *, cover: bool, draft: bool = False) -> "OfficeStyle":
    """The looks of an office's own Word file, and its ``cover`` with our year and unit written on it.

    Raises NotExported, saying why, or a FileError.
    """
    from perftui.exchange.cover_words import cover_words
    from perftui.exchange.importer.imported import ImportRefused
    from perftui.exchange.importer.package import MOST_BYTES
    from perftui.exchange.office_style import read_style

    try:
        words = cover_words(document, form, draft=draft) if cover else None
        return read_style(read_bytes(path, MOST_BYTES), words)
    except ImportRefused as error:
        sentence = _("{name} 不能用作样式，没有导出：{why}")
        raise NotExported(sentence.format(name=visible(path.name), why=error)) from error


def lying(form: Form) -> Form:
    """The form with its pages on their long side."""
    return replace(form, layout=replace(form.layout, landscape=True))


def pages_saved(document: Document, form: Form, wanted: ExportRequest = WHOLE) -> tuple[int, int] | None:
    """The pages upright and lying, where lying saves a third of them; ``None`` where it does not, or was not asked."""
    from perftui.exchange.page_measure import estimate_pages

    if (
        form.layout.landscape
        or wanted.style is not None
        or not any(
            len(record.rows(group.key)) > _FEW_ROWS
            for file, record in document.projects.items()
            if wanted.files is None or file in wanted.files
            for group in form.project.groups
        )
    ):
        return None
    upright, lying_down = (estimate_pages(_laid_out(document, one, wanted)).pages for one in (form, lying(form)))
    return (upright, lying_down) if 3 * lying_down <= 2 * upright else None


def _printed_from(document: Document, form: Form, file: str) -> str:
    """What is printed of a record, as text."""
    from perftui.exchange.return_marks import printed_record, record_text

    record = document.record(file) if file else document.department
    return record_text(printed_record(form, record, department=not file))


def proven_docx(document: Document, form: Form, wanted: ExportRequest = WHOLE) -> VerifiedExport:
    """The document as a DOCX that was read back and compared with the records. Raises NotExported."""
    from perftui.exchange.docx_package import parts_digest
    from perftui.exchange.proof import ExportDiffers, UnreadableExport, prove

    file: IO[bytes] = SpooledTemporaryFile(max_size=_SPOOL)  # noqa: SIM115 - it goes with what is proven
    _write(document, form, wanted, file)
    try:
        front = wanted.front and not (wanted.style and wanted.style.cover)
        doubts = prove(file, _laid_out(document, form, wanted), document, form, wanted.files, front=front)
    except (ExportDiffers, UnreadableExport) as error:
        raise NotExported(str(error)) from error
    names = LocationNames(document, form)
    size, said = file.seek(0, os.SEEK_END), tuple(visible(names.of(place)) for place in doubts)
    return VerifiedExport(file=file, size=size, digest=parts_digest(file), doubts=said)


def docx_digest(document: Document, form: Form, wanted: ExportRequest = WHOLE) -> str:
    """What names the document's parts, without a stamp: a stamp cannot hold the digest of itself.

    Raises NotExported.
    """
    from perftui.exchange.docx_package import parts_digest

    with SpooledTemporaryFile(max_size=_SPOOL) as file:
        _write(document, form, replace(wanted, stamp=""), file)
        return parts_digest(file)


def pdf_of(docx: bytes, style: "OfficeStyle | None" = None) -> bytes:
    """A DOCX as LibreOffice prints it, tagged, in Chinese fonts. Raises OfficeError."""
    from perftui.exchange.office import converted, installed_fonts  # other programs are started by this alone
    from perftui.exchange.stand_ins import fontconfig

    fonts = installed_fonts()
    return converted(docx, DOCX, PDF, fonts="" if fonts is None else fontconfig(_stand_ins(fonts, style)))


def _stand_ins(installed: Collection[str], style: "OfficeStyle | None") -> dict[str, str]:
    from perftui.exchange.page_styles import FONTS
    from perftui.exchange.stand_ins import stand_ins

    return stand_ins(installed, tuple(dict.fromkeys((*FONTS, *(style.fonts if style else ())))))


def fonts_in_words(style: "OfficeStyle | None" = None) -> str:
    """The sentence that names the fonts that a PDF made here lacks, and what was taken; "" where it has its own."""
    from perftui.exchange.office import installed_fonts
    from perftui.exchange.stand_ins import strange

    fonts = installed_fonts()
    if fonts is None:
        return _("不知道这台机器有没有仿宋、楷体、黑体和小标宋（没有 fc-list），请打开 PDF 看一看")
    lacking = strange(_stand_ins(fonts, style))
    taken = "、".join(
        _("{name}（用 {instead}）").format(name=name, instead=instead) for name, instead in lacking.items() if instead
    )
    if none := "、".join(name for name, instead in lacking.items() if not instead):
        return _("这台机器没有 {fonts}，也没有别的中文字体，PDF 里的字可能印不出来；请装上再导出").format(fonts=none)
    sentence = _("这台机器没有这些字体，PDF 里用别的代替：{fonts}。装上以后再导出，字形和页码才与 Word 里一样")
    return sentence.format(fonts=taken) if taken else ""


def export_document(document: Document, form: Form, target: Path, wanted: ExportRequest = WHOLE) -> ExportResult:
    """Write the document to ``target``: a folder (it gets the usual name there), or the path of a ``.docx``.

    Whole or not at all; an older export is replaced, unless it is read-only or open elsewhere. Raises a FileError or
    NotExported.
    """
    name = export_name(document, form, wanted.files, draft=wanted.remarks is not None, noted=bool(wanted.notes))
    path = _path_of(target, name)
    if wanted.style_file is not None and path.exists() and path.samefile(wanted.style_file):
        sentence = _("{name} 会盖掉样式文件，没有导出；请换一个文件名（-o）")
        raise NotExported(sentence.format(name=visible(path.name)))
    require_free(path)
    proven = proven_docx(document, form, wanted)
    with _seen(proven) as data:
        put_file(path, data)
    return ExportResult(path=path, projects=_count(document, wanted.files), size=proven.size, doubts=proven.doubts)


def export_workbook(document: Document, form: Form, target: Path, files: frozenset[str] | None = None) -> ExportResult:
    """Write the document to ``target`` as a workbook, likewise."""
    path = _path_of(target, Path(export_name(document, form, files)).with_suffix(f".{XLSX}").name)
    require_free(path)
    data = proven_workbook(document, form, files)
    put_file(path, data)
    return ExportResult(path=path, projects=_count(document, files), size=len(data))


def proven_workbook(document: Document, form: Form, files: frozenset[str] | None = None) -> bytes:
    """The document as a workbook that was read back and compared with the records. Raises NotExported."""
    from perftui.exchange.importer.imported import ImportRefused
    from perftui.exchange.importer.xlsx import read_workbook
    from perftui.exchange.layout import lay_out
    from perftui.exchange.proof import ExportDiffers, UnreadableExport, prove_content
    from perftui.exchange.workbook import workbook  # loaded when something is exported

    try:
        data = workbook(document, form, files)
        printed = lay_out(document, form, files, front=False)
        prove_content(read_workbook(data), printed, document, form, files, front=False)
    except UnprintableError as error:
        raise NotExported(_unprintable(document, form, error)) from error
    except (ExportDiffers, UnreadableExport, ImportRefused) as error:
        raise NotExported(str(error)) from error
    return data


def _path_of(target: Path, name: str) -> Path:
    """The target itself where it is named as such a file, else the usual name in it."""
    path = Path(os.path.abspath(target))
    return path if path.suffix.lower() == Path(name).suffix else path / name


def _count(document: Document, files: frozenset[str] | None) -> int:
    return len(document.projects) if files is None else sum(file in files for file in document.projects)


@contextmanager
def _seen(proven: VerifiedExport) -> Iterator[bytes | mmap]:
    """The bytes of a document; those in a temporary file are mapped, not read into memory."""
    if proven.size <= _SPOOL:
        yield proven.data
        return
    proven.file.flush()
    with mmap(proven.file.fileno(), 0, access=ACCESS_READ) as data:
        yield data


def put_file(path: Path, data: bytes | mmap) -> None:
    """Write a document to its path, whole or not at all, and read it back to verify it. Raises a FileError."""
    require_free(path)
    create_folder(path.parent)
    digest = write_file(path, data, current_digest(path, LIMIT), limit=LIMIT)
    if current_digest(path, LIMIT) != digest:
        raise DamagedExport(path)


def _unprintable(document: Document, form: Form, error: UnprintableError) -> str:
    """The sentence that names the field: a text may be refused where only its copy stands, as in the contents."""
    names = LocationNames(document, form)
    for place, problem in _problems(document, (error.record,) if error.record else None):
        return labelled(visible(names.of(place)), problem)
    return str(error)


def _problems(document: Document, files: Collection[str] | None) -> list[tuple[Location, str]]:
    """The texts that a DOCX cannot hold, and why."""
    return [
        (Location(file=file, path=path), problem)
        for file, record in document.files()
        if files is None or file in files
        for path, problem in _record_problems(record)
    ] or ([] if files is None else _problems(document, None))


def _record_problems(record: Record) -> list[tuple[tuple[str, ...], str]]:
    return [(path, problem) for path in record.paths() if (problem := xml_problem(record.text(path)))]
