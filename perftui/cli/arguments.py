"""Reading the command line: argparse, with its messages as sentences."""

import argparse
import re
from pathlib import Path
from typing import NoReturn

from perftui.cli.exits import CommandError, Exit
from perftui.locale import LANGUAGES, N_, _
from perftui.store.folder import documents_within

Arguments = argparse.Namespace

_MESSAGES = (
    (r"the following arguments are required: (?P<what>.*)", N_("少了 {what}")),
    (r"unrecognized arguments: (?P<what>.*)", N_("不认识 {what}")),
    (
        r"argument (?P<what>[^:]*): invalid choice: '?(?P<given>.*?)'? \(choose from (?P<choices>.*)\)",
        N_("{what} 没有“{given}”这一项，可以是 {choices}"),
    ),
    (r"argument (?P<what>[^:]*): invalid \w+ value: '(?P<given>.*)'", N_("{what} 要是整数，“{given}”不是")),
    (r"argument (?P<what>[^:]*): expected .*", N_("{what} 后面少了内容")),
    (r"argument (?P<what>[^:]*): not allowed with argument (?P<other>.*)", N_("{what} 不能和 {other} 一起用")),
    (r"argument (?P<what>[^:]*): ignored explicit argument '(?P<given>.*)'", N_("{what} 后面不能跟“{given}”")),
)
"""What argparse says, and how we say it."""


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks in sentences and raises CommandError instead of ending the program."""

    def __init__(self, name: str, summary: str, epilog: str = "") -> None:
        prog = f"perftui {name}".rstrip()
        super().__init__(
            prog=prog,
            description=summary,
            epilog=epilog or None,
            add_help=False,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        self._positionals.title = _("参数")
        self._optionals.title = _("选项")
        self.add_argument("-h", "--help", action="help", help=_("显示这段说明"))
        self.add_argument("--lang", choices=LANGUAGES, help=_("语言"))

    def error(self, message: str) -> NoReturn:
        """Refuse the command line."""
        hint = _("用法见 {command} --help").format(command=self.prog)
        raise CommandError(Exit.USAGE, f"{_sentence(message)}\n{hint}")

    def format_usage(self) -> str:
        """The usage line, in the chosen language."""
        return self._with_usage(self.formatter_class(prog=self.prog)).format_help()

    def format_help(self) -> str:
        """The whole help, in the chosen language."""
        formatter = self._with_usage(self.formatter_class(prog=self.prog))
        formatter.add_text(self.description)
        for group in self._action_groups:
            formatter.start_section(group.title)
            formatter.add_arguments(group._group_actions)
            formatter.end_section()
        formatter.add_text(self.epilog)
        return formatter.format_help()

    def _get_formatter(self) -> argparse.HelpFormatter:
        """What argparse tries each argument on: of a fixed width, for the terminal's would load shutil every time."""
        return argparse.RawDescriptionHelpFormatter(self.prog, width=80)

    def _with_usage(self, formatter: argparse.HelpFormatter) -> argparse.HelpFormatter:
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups, prefix=_("用法："))
        return formatter


def add_document_options(parser: argparse.ArgumentParser) -> None:
    """The options that say which document is meant."""
    add_data_option(parser)
    parser.add_argument("--year", type=int, help=_("年度，数据目录里有几个年度时才需要"))
    parser.add_argument("--unit", help=_("单位编码，数据目录里有几个单位时才需要"))


def add_all_option(parser: argparse.ArgumentParser) -> None:
    """The option that means every document of the data folder."""
    parser.add_argument("--all", action="store_true", help=_("数据目录里的每一份文本（可以再用 --year、--unit 挑选）"))


def add_data_option(parser: argparse.ArgumentParser) -> None:
    """The option that says where the data folder is."""
    parser.add_argument("--data", metavar="DIR", type=data_folder, default="data", help=_("数据目录，平时是 ./data"))


def data_folder(word: str) -> str:
    """A data folder as typed. Raises CommandError for a document or a year in one: made there, documents would nest."""
    found = documents_within(Path(word))
    if not found:
        return word
    document = found[0]
    words = f"--data {document.data} --year {document.year} --unit {document.unit}"
    sentence = _("{folder} 不是数据目录，是里面的一层：请写 {words}")
    raise CommandError(Exit.USAGE, sentence.format(folder=word, words=words))


def add_code(parser: argparse.ArgumentParser, *, many: bool = False) -> None:
    """The project that is meant, or several."""
    help_text = _("项目编码、文件名、序号（写成 '#3'）或名称中独有的一部分")
    if many:
        parser.add_argument("code", metavar="CODE", nargs="*", help=help_text)
    else:
        parser.add_argument("code", metavar="CODE", help=help_text)


def _sentence(message: str) -> str:
    for pattern, sentence in _MESSAGES:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return _(sentence).format(**match.groupdict())
    return message
