"""The program's entry: chooses the command, or opens the screens; every failure ends in a sentence and an exit code."""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from perftui.cli.arguments import Parser, add_document_options, data_folder
from perftui.cli.exits import CommandError, Exit
from perftui.cli.output import prepare, put, reader_may_leave
from perftui.cli.registry import COMMANDS
from perftui.locale import _, choose_language

_WITH_VALUE = ("--data", "--year", "--unit", "--lang")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with the words of its command line; its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    choose_language(_language(words))
    prepare()
    return _guarded(lambda: _dispatch(words))


def _dispatch(words: list[str]) -> int:
    place = _command_place(words)
    if place is None:
        return _open_screens(words)
    command = COMMANDS[words.pop(place)]
    collecting = gc.isenabled()
    gc.disable()  # a command ends soon: looking through all records for cycles costs a third of listing 10,000
    try:
        return command.run(command.parse(words))
    finally:
        if collecting:
            gc.enable()


def _guarded(work: Callable[[], int]) -> int:
    """Do the work; what goes wrong becomes a sentence on stderr and an exit code."""
    try:
        code = work()
        with reader_may_leave():
            sys.stdout.flush()
    except SystemExit:  # --help has printed what was asked for
        return Exit.DONE
    except BaseException as error:
        from perftui.cli.failures import failed

        return failed(error)
    return code


def _language(words: Sequence[str]) -> str | None:
    """The language asked for, wherever it stands: sentences about a wrong command line are in it as well."""
    for place, word in enumerate(words):
        if word == "--lang":
            return "".join(words[place + 1 : place + 2])
        if word.startswith("--lang="):
            return word.partition("=")[2]
    return None


def _command_place(words: Sequence[str]) -> int | None:
    """Where the command's name stands: the first word that is no option, if it is a command."""
    skip = False
    for place, word in enumerate(words):
        if skip or word.startswith("-"):
            skip = not skip and word in _WITH_VALUE
        else:
            return place if word in COMMANDS else None
    return None


def _open_screens(words: list[str]) -> int:
    parser = Parser("", _("部门预算绩效文本：在终端里填写、审核、打印"), _command_list())
    parser.add_argument("folder", metavar="DATA", type=data_folder, nargs="?", help=_("数据目录，平时是 ./data"))
    add_document_options(parser)
    parser.add_argument("--version", action="store_true", help=_("显示版本"))
    args = parser.parse_args(words)
    if args.version:
        put(f"perftui {_version()}")
        return Exit.DONE
    data = Path(args.folder or args.data)
    if args.folder and not data.is_dir():
        raise CommandError(Exit.USAGE, _not_there(args.folder))
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):  # None: it was closed
        raise CommandError(Exit.USAGE, _("屏幕要在终端里打开；不用终端的命令见 perftui --help"))
    if os.environ.get("TERM") == "dumb":
        raise CommandError(Exit.USAGE, _("这个终端（TERM=dumb）不能画屏幕；换一个终端，或者用命令，见 perftui --help"))
    from perftui.tui.starting import run  # the screens cost 200 ms, and only they need them

    return run(data, year=args.year, unit=args.unit, lang=args.lang)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # costs 20 ms

    try:
        return version("perftui")
    except PackageNotFoundError:  # run from its folder without being installed
        return ""


def _not_there(word: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, COMMANDS, 1)
    if os.sep in word:
        return _("没有目录 {name}").format(name=word)
    if near:
        return _("没有“{word}”这个命令，是不是 {near}？").format(word=word, near=near[0])
    return _("没有“{word}”这个命令，也没有这个目录。命令见 perftui --help").format(word=word)


def _command_list() -> str:
    width = max(map(len, COMMANDS))
    lines = [f"  {command.name:<{width}}  {_(command.summary)}" for command in COMMANDS.values()]
    return "\n".join([_("命令（perftui 命令 --help 有说明）："), *lines])
