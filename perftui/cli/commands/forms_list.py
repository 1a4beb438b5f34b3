"""``perftui forms``: the forms that can be chosen, where each comes from, and how many documents use it."""

from collections import Counter
from pathlib import Path

from perftui.cli.arguments import Arguments, Parser, add_data_option
from perftui.cli.exits import Exit
from perftui.cli.output import put_json, put_table, say
from perftui.files.errors import FileError
from perftui.files.reading import read_file
from perftui.forms import UnknownForm, load_form, look_in
from perftui.forms.search_path import Origin, form_files, unused_form_files
from perftui.locale import N_, _
from perftui.model.document import DEPARTMENT
from perftui.store.folder import NoFolder, find_documents
from perftui.store.toml.decode import form_named

_ORIGINS = {Origin.DATA: N_("数据目录"), Origin.PERSON: N_("个人配置"), Origin.SHIPPED: N_("随程序")}


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    add_data_option(parser)
    parser.add_argument("--json", action="store_true", help=_("以 JSON 打印"))


def run(args: Arguments) -> Exit:
    """Print a line a form; 3 where one cannot be used."""
    look_in(Path(args.data))
    used = uses(Path(args.data))
    rows, broken = [], []
    for file in form_files():
        try:
            title = load_form(file.id).title
        except UnknownForm as error:
            title = _("（有错，见下）")
            broken.append(str(error))
        rows.append((file.id, title, file.origin, used.pop(file.id, 0), str(file.path)))
    missing = [(name, count) for name, count in sorted(used.items()) if name]
    if args.json:
        keys = ("id", "title", "origin", "documents", "path")
        put_json([dict(zip(keys, row, strict=True)) for row in rows])
    else:
        head = (_("表样"), _("名称"), _("来自"), _("文本"))
        put_table(
            [head, *((name, title, _(_ORIGINS[origin]), str(count)) for name, title, origin, count, _path in rows)],
            ["left", "left", "left", "right"],
        )
    for sentence in broken:
        say(sentence)
    for file in unused_form_files():
        sentence = _("“{name}”不止一份，用的是近的一份，这一份没有用（{origin}）：{path}")
        say(sentence.format(name=file.id, origin=_(_ORIGINS[file.origin]), path=file.path))
    say(_("都可以照着新建自己的表样：perftui form new 名字 --from 表样"))
    for name, count in missing:
        say(_("有 {count} 份文本用“{name}”，没有这个表样").format(count=count, name=name))
    return Exit.REFUSED if broken or missing else Exit.DONE


def uses(data: Path) -> Counter[str]:
    """How many documents of a data folder name each form."""
    found: Counter[str] = Counter()
    try:
        folders = find_documents(data)
    except NoFolder:
        return found
    for folder in folders:
        try:
            found[form_named(read_file(folder.path(DEPARTMENT)).data)] += 1
        except FileError:
            continue
    return found
