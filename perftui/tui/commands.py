"""What a person can do in the screens: one record a command. Footer, palette, help and ``perftui keys`` are made of it.

Textual is not imported here, so that the key sheet is printed without it.
"""

from collections.abc import Mapping

from perftui.locale import N_, _
from perftui.model.frozen import frozen


@frozen
class Command:
    """One thing that a person can do."""

    id: str
    """``area.verb``; a person's own keys are given to it."""
    label: str
    tooltip: str
    """What it does, in one sentence."""
    key: str = ""
    """Its keys, separated by commas; "" where it stands in the palette only."""
    footer: int = 0
    """Its place in the line of keys; 0: it is not shown there."""


COMMANDS: tuple[Command, ...] = (
    Command(
        id="app.help", key="f1", label=N_("帮助"), tooltip=N_("这一栏怎么填，这个屏幕怎么用，后面是所有按键和命令")
    ),
    Command(id="cell.edit", key="f2", label=N_("编辑"), tooltip=N_("在单元格里接着改，光标在末尾"), footer=1),
    Command(
        id="cell.take",
        key="f3",
        label=N_("采纳"),
        tooltip=N_("采纳灰色的建议（一行金额、各期计划一次填好）；确认照抄的内容"),
        footer=2,
    ),
    Command(id="cell.choose", key="f4", label=N_("选择"), tooltip=N_("列出可选的词；冲突处选哪一方"), footer=3),
    Command(id="view.preview", key="f5,alt+7", label=N_("预览"), tooltip=N_("看打印出来的样子"), footer=4),
    Command(id="view.next", key="f6", label=N_("换屏"), tooltip=N_("到下一个屏幕"), footer=5),
    Command(id="check.next", key="f7", label=N_("审核"), tooltip=N_("到下一处问题"), footer=6),
    Command(
        id="select.extend", key="f8", label=N_("选定"), tooltip=N_("开始或结束扩大选定范围，再用方向键"), footer=12
    ),
    Command(id="document.export", key="f9", label=N_("导出"), tooltip=N_("把整个文本导出为 DOCX"), footer=7),
    Command(id="document.project", label=N_("导出这个项目"), tooltip=N_("只把这个项目导出为 DOCX")),
    Command(id="document.draft", label=N_("导出草稿"), tooltip=N_("封面注明草稿，审核发现的问题列在最后")),
    Command(id="document.final", label=N_("导出定稿"), tooltip=N_("有没处理或接受的错误时不导出")),
    Command(id="document.pdf", label=N_("导出 PDF"), tooltip=N_("另存一份 PDF（要安装 LibreOffice）")),
    Command(id="document.send", label=N_("发送"), tooltip=N_("把刚导出的文档用 zmodem 传到自己的电脑")),
    Command(
        id="document.fill", label=N_("填进空表"), tooltip=N_("把项目填进单位发来的空表（.docx、.xlsx），表的样子不变")
    ),
    Command(
        id="document.import",
        label=N_("读入 Word 文档"),
        tooltip=N_("读入 Word 文档或指标行的表格，先看报告再决定"),
    ),
    Command(
        id="document.rollover",
        label=N_("生成下一年度"),
        tooltip=N_("结转到新年度：从这份文本生成下一年的，选项目，金额留空或照抄，文字照抄并做记号"),
    ),
    Command(id="edit.undo", key="ctrl+z", label=N_("撤销"), tooltip=N_("撤销上一步，保存过的也能撤销"), footer=11),
    Command(id="edit.redo", key="ctrl+y", label=N_("重做"), tooltip=N_("重做刚撤销的一步")),
    Command(id="edit.copy", key="ctrl+c", label=N_("复制"), tooltip=N_("复制选定的单元格")),
    Command(id="edit.cut", key="ctrl+x", label=N_("剪切"), tooltip=N_("剪切选定的单元格")),
    Command(id="edit.paste", key="ctrl+v", label=N_("粘贴"), tooltip=N_("粘贴在程序里复制的单元格")),
    Command(id="edit.drafts", label=N_("没写完的文字"), tooltip=N_("列出断线或退出时没写完的、留着没粘贴的文字")),
    Command(id="edit.fill_down", key="ctrl+d", label=N_("向下填充"), tooltip=N_("照上面一格填写；选定多格时照第一行")),
    Command(id="edit.fill_right", key="ctrl+r", label=N_("向右填充"), tooltip=N_("照左边一格填写；选定多格时照第一列")),
    Command(id="row.new", key="insert", label=N_("新增"), tooltip=N_("新建项目，或在下面插入一行"), footer=8),
    Command(id="row.delete", key="ctrl+k", label=N_("删除"), tooltip=N_("删除选定的行或项目，可以撤销")),
    Command(id="row.up", key="alt+up", label=N_("上移"), tooltip=N_("把这一行或项目上移")),
    Command(id="row.down", key="alt+down", label=N_("下移"), tooltip=N_("把这一行或项目下移")),
    Command(id="row.duplicate", key="ctrl+u", label=N_("复制一份"), tooltip=N_("照这个项目或这一行新建一份")),
    Command(id="row.pattern", label=N_("从样板新建"), tooltip=N_("照样板（人员经费、公用经费等）或已有的项目新建一个")),
    Command(id="find.text", key="ctrl+f", label=N_("查找"), tooltip=N_("在整个文本里查找")),
    Command(
        id="find.replace", label=N_("查找替换"), tooltip=N_("在整个文本里把一段文字换成另一段，先看再换，一次就能撤销")
    ),
    Command(
        id="find.empty",
        key="ctrl+g",
        label=N_("下一处"),
        tooltip=N_("到本项目下一处没填、有错误或没核对的栏"),
        footer=9,
    ),
    Command(id="find.back", key="alt+g", label=N_("返回"), tooltip=N_("回到 Ctrl+G、F7 跳过来以前的地方")),
    Command(id="view.jump", key="ctrl+o", label=N_("跳到"), tooltip=N_("跳到一个屏幕或一栏")),
    Command(id="app.palette", key="ctrl+p", label=N_("命令"), tooltip=N_("列出所有命令，可以输入名称查找"), footer=10),
    Command(id="document.save", key="ctrl+s", label=N_("保存"), tooltip=N_("等所有改动写好，并告诉您")),
    Command(id="check.fix", key="ctrl+e", label=N_("修正"), tooltip=N_("照审核的建议改正这一处（只有稳妥的才改）")),
    Command(id="check.accept", label=N_("接受问题"), tooltip=N_("写明理由，接受这一条问题")),
    Command(id="check.reopen", label=N_("收回接受"), tooltip=N_("不再接受这一条问题，它重新算作没有处理")),
    Command(id="check.explain", key="ctrl+l", label=N_("规则说明"), tooltip=N_("这一处问题的规则：为什么、怎么改")),
    Command(id="row.restore", label=N_("恢复删除的项目"), tooltip=N_("列出 30 天内删除的项目，选一个恢复")),
    Command(id="view.projects", key="alt+1", label=N_("项目"), tooltip=N_("项目列表")),
    Command(id="view.funds", key="alt+2", label=N_("资金"), tooltip=N_("所有项目的资金")),
    Command(id="view.plan", key="alt+3", label=N_("计划"), tooltip=N_("所有项目的支出计划")),
    Command(id="view.indicators", key="alt+4", label=N_("指标"), tooltip=N_("一个项目的绩效目标和指标")),
    Command(id="view.department", key="alt+5", label=N_("部门"), tooltip=N_("单位、职责和保障措施")),
    Command(id="view.findings", key="alt+6", label=N_("审核"), tooltip=N_("所有审核发现的问题")),
    Command(
        id="view.overview", key="alt+8", label=N_("总览"), tooltip=N_("钱、计划、完成、问题、最近的改动，一眼看完")
    ),
    Command(
        id="view.comparison", label=N_("与上年比较"), tooltip=N_("今年新增、结束、改名的项目，金额和文字变了的地方")
    ),
    Command(id="view.form", label=N_("填写项目"), tooltip=N_("一个项目的所有内容")),
    Command(id="app.name", label=N_("我是谁"), tooltip=N_("几个人共用一个账号时，写上自己的名字")),
    Command(id="document.choose", label=N_("打开别的文本"), tooltip=N_("选择文件夹里的另一个年度或单位")),
    Command(id="git.share", label=N_("共享"), tooltip=N_("存为版本，取回别人的改动按字段合并，再送出自己的")),
    Command(id="git.version", label=N_("存为版本"), tooltip=N_("在 git 里存一个版本，写明做了什么")),
    Command(id="git.fetch", label=N_("取回别人的改动"), tooltip=N_("先存为版本，再取回别人送出的，按字段合并到屏幕上")),
    Command(id="git.send", label=N_("送出"), tooltip=N_("把存好的版本送到远程，别人就能取回")),
    Command(id="git.cancel", label=N_("停下 git"), tooltip=N_("不再等正在进行的存版本、取回或送出")),
    Command(id="git.details", label=N_("git 详情"), tooltip=N_("git 上一次没有做成时，它自己的原话")),
    Command(
        id="file.repair", label=N_("修好文件"), tooltip=N_("读不出来的文件写回最后的好内容，同步软件的副本按字段合并")
    ),
    Command(
        id="file.earlier", label=N_("取回外来改动以前的"), tooltip=N_("别的程序改掉很多以前的内容，30 天内都可以取回")
    ),
    Command(id="history.field", label=N_("这一栏的历史"), tooltip=N_("谁在什么时候改过这一栏，回车取回那时的内容")),
    Command(id="history.project", label=N_("这个项目的历史"), tooltip=N_("这个项目的历次版本，回车看改了什么")),
    Command(id="history.document", label=N_("整份文本的历史"), tooltip=N_("整份文本的历次版本")),
    Command(id="save.retry", label=N_("重新保存"), tooltip=N_("再试一次没写进去的改动")),
    Command(id="save.elsewhere", label=N_("另存到别处"), tooltip=N_("把整个文本存到另一个文件夹，例如磁盘满了的时候")),
    Command(
        id="app.mouse", label=N_("鼠标"), tooltip=N_("开关鼠标：点选、双击打开、滚轮；关着时右键粘贴、拖动选字照旧")
    ),
    Command(id="app.quit", key="ctrl+q", label=N_("退出"), tooltip=N_("退出；所有改动都已保存")),
)

CHOOSE = "choose"
"""The app's answer when it ends because another document is to be chosen."""

LIST_KEYS = {"?": "app.help", "？": "app.help", "/": "find.text", "、": "find.text"}
"""Signs that are commands in the read-only lists, and nowhere else."""


def command(command_id: str) -> Command:
    """The command with an id. Raises StopIteration where there is none."""
    return next(one for one in COMMANDS if one.id == command_id)


def pane_label(number: int, pane: str) -> str:
    """The name of a screen in the title, with the digit of its key."""
    return f"{number}{_(command(f'view.{pane}').label)}"


def keymap() -> dict[str, str]:
    """The command of each key."""
    return {key: one.id for one in COMMANDS for key in one.key.split(",") if key}


def key_label(key: str) -> str:
    """A key as people write it: ``F9``, ``Ctrl+S``, ``Ins``."""
    names = {"insert": "Ins", "delete": "Del", "pageup": "PgUp", "pagedown": "PgDn", "escape": "Esc"}
    return "+".join(names.get(part, part.capitalize()) for part in key.split("+"))


def key_of(keymap: Mapping[str, str], command_id: str) -> str:
    """The first key of a command as people write it; "" where it has none."""
    return next((key_label(key) for key, held in keymap.items() if held == command_id), "")


def useless_in_text(key: str) -> str:
    """What is said where a key means nothing to a text that is being typed."""
    return _("{key} 在文字里没有作用：回车写好这一格，Esc 放弃").format(key=key_label(key))
