"""Every command: its name, what it does, and the module that does it, which is loaded when it is chosen."""

from collections.abc import Callable
from importlib import import_module
from typing import cast

from perftui.cli.arguments import Arguments, Parser
from perftui.locale import N_, _
from perftui.model.frozen import frozen


@frozen
class Subcommand:
    """A command of the command line."""

    name: str
    module: str
    """In ``perftui.cli.commands``; it has ``add_arguments(parser)`` and ``run(args)``."""
    summary: str
    """What it does, in Chinese."""

    def parse(self, argv: list[str]) -> Arguments:
        """Read its command line. Raises CommandError."""
        parser = Parser(self.name, _(self.summary))
        add_arguments = cast(Callable[[Parser], None], self._loaded("add_arguments"))
        add_arguments(parser)
        return parser.parse_args(argv)

    def run(self, args: Arguments) -> int:
        """Do it; the exit code. Raises CommandError, FileError and what else the outermost handler knows."""
        return cast(Callable[[Arguments], int], self._loaded("run"))(args)

    def _loaded(self, name: str) -> object:
        return getattr(import_module(f"perftui.cli.commands.{self.module}"), name)


COMMANDS = {
    command.name: command
    for command in (
        Subcommand(name="init", module="init", summary=N_("新建一份空的绩效文本")),
        Subcommand(name="list", module="list_projects", summary=N_("列出项目：序号、编码、名称、金额、审核结果")),
        Subcommand(name="summary", module="summary", summary=N_("几份文本的汇总：资金、计划、没处理的问题")),
        Subcommand(name="show", module="show", summary=N_("在终端里画出一个项目（或部门）打印的样子")),
        Subcommand(name="set", module="set_fields", summary=N_("修改字段，如 budget.fiscal=12万 goals:2.text=…")),
        Subcommand(name="check", module="check", summary=N_("按审核规则检查，列出问题")),
        Subcommand(name="rules", module="rules", summary=N_("列出审核规则")),
        Subcommand(name="rule", module="rule", summary=N_("说明一条审核规则")),
        Subcommand(name="export", module="export", summary=N_("导出 Word 文档，打印它的路径")),
        Subcommand(name="fill", module="fill", summary=N_("把项目填进单位发来的空表（.docx、.xlsx）")),
        Subcommand(name="import", module="import_document", summary=N_("读入 Word 文档，报告没有读懂的地方")),
        Subcommand(name="library", module="library", summary=N_("读入主管部门的指标库，填指标时供选")),
        Subcommand(name="diff", module="diff", summary=N_("与提交过的版本相比改了什么")),
        Subcommand(name="log", module="log", summary=N_("一个项目的历次版本和每次的改动")),
        Subcommand(name="share", module="share", summary=N_("共享：存为版本，取回别人的改动按字段合并，送出自己的")),
        Subcommand(name="rollover", module="rollover", summary=N_("用今年的文本生成下一年度的")),
        Subcommand(name="format", module="format_files", summary=N_("把手写的文件整理成标准格式，注释保留")),
        Subcommand(name="git-setup", module="git_setup", summary=N_("让 git 按字段合并（在每个克隆里做一次）")),
        Subcommand(name="merge-file", module="merge_file", summary=N_("合并一个文件的三个版本，由 git 调用")),
        Subcommand(name="git-diff", module="git_diff", summary=N_("用表里的话比较一个文件的两个版本，由 git 调用")),
        Subcommand(name="git-text", module="git_text", summary=N_("用表里的话写出一个文件，由 git 调用")),
        Subcommand(name="forms", module="forms_list", summary=N_("列出表样：来自哪里，有几份文本在用")),
        Subcommand(name="form", module="form", summary=N_("检查、新建一个表样，说明表样怎么写")),
        Subcommand(name="schema", module="schema", summary=N_("数据文件的 JSON Schema，给编辑器用")),
        Subcommand(name="keys", module="keys", summary=N_("屏幕上的按键")),
    )
}
"""The commands in the order of the help."""
