"""``perftui diff``: what changed, in the form's words: between versions, files, folders."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from perftui.cli.arguments import Arguments, Parser, add_all_option, add_document_options
from perftui.cli.document_arguments import chosen_folders, document_folder, open_told, outcome
from perftui.cli.exits import CommandError, Exit
from perftui.cli.git_failures import reporting_git_failures
from perftui.cli.output import put, put_columns, put_json, say
from perftui.forms import Form
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Document
from perftui.model.frozen import frozen
from perftui.model.record import Record
from perftui.session.file_versions import read_versions
from perftui.session.last_year import read_last_year
from perftui.session.revisions import document_in, ends_of, seen_here
from perftui.session.versions import repository_of
from perftui.store.folder import DocumentFolder, find_documents, is_document
from perftui.store.open import LoadedDocument
from perftui.store.problem import BadFile
from perftui.viewmodel.changes import document_changes, plain_changes
from perftui.viewmodel.year_comparison import LABELS, LIMIT, year_differences


@frozen
class _Pair:
    """Two versions of a document, and the files of today's that cannot be read."""

    old: Document
    new: Document
    form: Form
    opened: LoadedDocument | None = None


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    add_document_options(parser)
    add_all_option(parser)
    parser.add_argument("old", metavar="REV", nargs="?", help=_("旧的版本，平时是最近一次提交"))
    help_text = _("新的版本，平时是现在的文件；也可以是两个文件、文本或数据文件夹，或者写成 旧..新")
    parser.add_argument("new", metavar="REV", nargs="?", help=help_text)
    parser.add_argument(
        "--against",
        metavar="YEAR",
        type=int,
        help=_("和同一单位更早一年的文本比，如 2021；最新一年和它比，只写 --year 2021 就可以"),
    )
    parser.add_argument(
        "--limit", metavar="%", type=Decimal, default=LIMIT, help=_("和上年比时，金额变动超过百分之几才列出，平时 10")
    )
    parser.add_argument("--json", action="store_true", help=_("以 JSON 打印"))


@reporting_git_failures()
def run(args: Arguments) -> Exit:
    """Print the changes between two versions of one document, or of all."""
    if args.against is not None:
        return _put_years(args, chosen_folders(args), args.against)
    if newest := _newest_after(args):
        note = _("比的是 {new} 年和 {year} 年；只看 {year} 年这一份改了什么：perftui diff --year {year} HEAD")
        say(note.format(new=newest.year, year=args.year))
        return _put_years(args, [newest], args.year)
    many, pairs = _pairs(args)
    if args.json:
        plain = [_plain(pair) for pair in pairs]
        put_json(plain if many else plain[0])
    else:
        for pair in pairs:
            _put(pair, titled=many)
    return max((outcome(pair.opened) for pair in pairs if pair.opened), default=Exit.DONE)


def _newest_after(args: Arguments) -> DocumentFolder | None:
    """The unit's newest document where an earlier ``--year`` is named alone: this year against that one."""
    if args.year is None or args.all or args.old is not None:
        return None
    then = document_folder(args)
    newest = max((one for one in find_documents(then.data) if one.unit == then.unit), key=lambda one: one.year)
    return newest if newest.year > then.year else None


def _put_years(args: Arguments, folders: Sequence[DocumentFolder], year: int) -> Exit:
    """Print what is not as it was in an earlier year."""
    code, plain = Exit.DONE, []
    for folder in folders:
        opened = open_told(folder)
        last = read_last_year(folder, opened.form, year)
        if last is None:
            sentence = _("没有 {unit} 的 {year} 年文本（同一表样）可以比").format(unit=folder.unit, year=year)
            raise CommandError(Exit.USAGE, sentence)
        unit = opened.form.amount_unit_of(opened.document.department)
        found = year_differences(last, opened.document, opened.form, unit, args.limit)
        plain.append({"year": folder.year, "against": last.year, "changes": [one.to_plain() for one in found]})
        if not args.json and not found:
            say(_("和 {year} 年没有不同").format(year=last.year))
        elif not args.json:
            put_columns([[_(LABELS[one.kind]) for one in found], [one.name for one in found],
                         [one.told for one in found]], ["left", "left", "left"])  # fmt: skip
        code = max(code, outcome(opened))
    if args.json:
        put_json(plain if args.all else plain[0])
    return code


def _pairs(args: Arguments) -> tuple[bool, list[_Pair]]:
    """What is compared, and whether it may be many documents, each told under its name."""
    old, new = (Path(word) if word and Path(word).exists() else None for word in (args.old, args.new))
    if not old or not new:
        return args.all, [_of_versions(folder, args.old or "HEAD", args.new or "") for folder in chosen_folders(args)]
    if not (old.is_dir() and new.is_dir()):
        return False, [_of_files(old, new)]
    if not is_document(old) and not is_document(new):
        return True, list(_of_data_folders(args, old, new))
    return False, [_of_folders(old, new)]


def _of_versions(folder: DocumentFolder, old: str, new: str) -> _Pair:
    opened, repository = open_told(folder), repository_of(folder)
    if ".." in old and not new:
        old, new = ends_of(repository, old)
    before = document_in(repository, old, folder, opened.form)
    if not new:
        return _Pair(old=seen_here(repository, folder, before), new=opened.document, form=opened.form, opened=opened)
    after = document_in(repository, new, folder, opened.form)
    return _Pair(old=before, new=after, form=opened.form, opened=None)


def _of_files(old: Path, new: Path) -> _Pair:
    try:
        form, file, (before, after) = read_versions("", (old, new))
    except BadFile as error:
        raise CommandError(Exit.REFUSED, str(error.problem(f"{old}, {new}"))) from error
    documents = (_document(form, file, record) for record in (before, after))
    return _Pair(old=next(documents), new=next(documents), form=form)


def _document(form: Form, file: str, record: Record) -> Document:
    if file == DEPARTMENT:
        return Document(year=0, unit="", form=form.id, department=record)
    return Document(year=0, unit="", form=form.id, department=Record(), projects={file: record})


def _of_folders(old: Path, new: Path) -> _Pair:
    before, after = (open_told(_folder(path)) for path in (old, new))
    return _Pair(old=before.document, new=after.document, form=after.form, opened=after)


def _of_data_folders(args: Arguments, old: Path, new: Path) -> Iterator[_Pair]:
    """Each document of two data folders by year and unit; of one that only one of them has all is new, or gone."""
    both = [{(one.year, one.unit): one for one in find_documents(path)} for path in (old, new)]
    if not any(both):
        raise CommandError(Exit.USAGE, _("{old} 和 {new} 里都没有绩效文本").format(old=old, new=new))
    for year, unit in sorted({*both[0], *both[1]}, key=lambda one: (-one[0], one[1])):
        if args.year in (None, year) and args.unit in (None, unit):
            before, after = (open_told(found[year, unit]) if (year, unit) in found else None for found in both)
            there = after or before
            assert there is not None
            empty = Document(year=year, unit=unit, form=there.form.id, department=Record())
            documents = (one.document if one else empty for one in (before, after))
            yield _Pair(old=next(documents), new=next(documents), form=there.form, opened=there)


def _folder(path: Path) -> DocumentFolder:
    if not is_document(path):
        raise CommandError(Exit.USAGE, _("{path} 不是一份绩效文本的文件夹").format(path=path))
    folder = path.absolute()
    year = int(folder.parent.name) if folder.parent.name.isdecimal() else 0
    return DocumentFolder(year=year, unit=folder.name, folder=folder)


def _put(pair: _Pair, *, titled: bool) -> None:
    lines = list(document_changes(pair.old, pair.new, pair.form))
    if titled and lines:
        put(f"{pair.new.year} {pair.new.unit}")
    for line in lines:
        put(f"  {line}" if titled else line)


def _plain(pair: _Pair) -> dict[str, Any]:
    changes = list(plain_changes(pair.old, pair.new, pair.form))
    return {"year": pair.new.year, "unit": pair.new.unit, "form": pair.form.id, "changes": changes}
