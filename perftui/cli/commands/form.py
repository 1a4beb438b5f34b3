"""``perftui form``: a form's definition checked, begun from another one, and the language that it is written in."""

import re
from pathlib import Path

from perftui.cli.arguments import Arguments, Parser, add_data_option
from perftui.cli.exits import CommandError, Exit
from perftui.cli.output import put, put_json, say
from perftui.files.errors import ChangedOnDisk
from perftui.files.removing import create_folder
from perftui.files.writing import write_file
from perftui.files.xdg_dirs import config_folder
from perftui.forms import look_in
from perftui.forms.loader import read_form
from perftui.forms.mistakes import BadForm
from perftui.forms.reference import definition_schema, reference_lines
from perftui.forms.search_path import FOLDER, form_files, read_form_file
from perftui.locale import _

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_ID = re.compile(r"^id\s*=.*$", re.M)


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    add_data_option(parser)
    help_text = _(
        "check 检查一个文件 · new 照已有的新建 · from 照空表（docx、xlsx）起草 · reference 怎么写 · schema 给编辑器用"
    )
    parser.add_argument("verb", choices=("check", "new", "from", "reference", "schema"), help=help_text)
    parser.add_argument("name", metavar="FILE|NAME", nargs="?", default="", help=_("check、from 的文件，new 的名字"))
    parser.add_argument("--as", dest="form_id", metavar="NAME", default="", help=_("from 起草的表样的名字"))
    parser.add_argument("--from", dest="origin", metavar="FORM", default="", help=_("照哪个表样新建"))
    parser.add_argument("--own", action="store_true", help=_("放在个人配置里，平时放在数据目录的 forms/ 里"))


def run(args: Arguments) -> Exit:
    """Do what the verb says."""
    look_in(Path(args.data))
    match args.verb:
        case "reference":
            for line in reference_lines():
                put(line)
        case "schema":
            put_json(definition_schema())
        case "check":
            return _check(_given(args))
        case "from":
            return _draft(Path(_given(args)), args)
        case _:
            return _new(_given(args), args)
    return Exit.DONE


def _given(args: Arguments) -> str:
    if not args.name:
        raise CommandError(Exit.USAGE, _("{what} 后面少了内容").format(what=args.verb))
    return str(args.name)


def _check(name: str) -> Exit:
    """Print every mistake of a file, a line each."""
    path = _path_of(name)
    try:
        form = read_form(read_form_file(path), path.name.removesuffix(".toml"))
    except BadForm as error:
        for one in error.mistakes:
            put(f"{path}:{one.line}:{one.column}: {one.sentence}")
        say(_("有 {count} 处要改").format(count=len(error.mistakes)))
        return Exit.FINDINGS
    say(_("没有写错的地方：{title}").format(title=form.title))
    return Exit.DONE


def _path_of(name: str) -> Path:
    """The file that is meant: a path, or the name of a form."""
    if not Path(name).exists():
        for file in form_files():
            if file.id == name:
                return file.path
    return Path(name)


def _new(name: str, args: Arguments) -> Exit:
    """Write a form that begins as another one."""
    origin = next((file for file in form_files() if file.id == args.origin), None)
    if origin is None:
        names = " ".join(file.id for file in form_files())
        raise CommandError(Exit.USAGE, _("用 --from 写明照哪个表样：{names}").format(names=names))
    try:
        text = _ID.sub(f'id = "{name}"', read_form_file(origin.path), count=1)
    except BadForm as error:
        raise CommandError(Exit.REFUSED, str(error)) from error
    return _written(name, text, args)


def _draft(source: Path, args: Arguments) -> Exit:
    """Write a form drafted from an empty one of an office."""
    from perftui.exchange.form_draft import draft_form  # what reads Word is loaded when something is read
    from perftui.exchange.importer.any_file import read_any
    from perftui.exchange.importer.imported import ImportRefused
    from perftui.session.foreign_document import CannotImport, read_bytes

    name = args.form_id or source.stem.lower()
    try:
        text = draft_form(read_any(read_bytes(source), source.name), name)
    except (ImportRefused, CannotImport) as error:
        raise CommandError(Exit.REFUSED, str(error)) from error
    return _written(name, text, args)


def _written(name: str, text: str, args: Arguments) -> Exit:
    """A new form's file."""
    if not _NAME.fullmatch(name):
        sentence = _("表样的名字只用小写英文字母、数字和 -，“{name}”不行，用 --as 写一个")
        raise CommandError(Exit.USAGE, sentence.format(name=name))
    folder = (config_folder() if args.own else Path(args.data)) / FOLDER
    path = folder / f"{name}.toml"
    try:
        create_folder(folder)
        write_file(path, text.encode(), None)
    except ChangedOnDisk as error:
        raise CommandError(Exit.USAGE, _("{path} 已经有了").format(path=path)) from error
    put(str(path))
    say(_("改好后用 perftui form check {name} 检查，用 perftui init --form {name} 新建文本").format(name=name))
    return Exit.DONE
