"""F1 tells where one stands what the field is for and which keys there are, the whole list of commands behind it."""

from pathlib import Path

import pytest

from perftui.forms import form_ids, load_form
from perftui.locale import choose_language
from perftui.model.document import DEPARTMENT, Location
from perftui.model.width import cell_len
from perftui.tui.commands import COMMANDS
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.help import field_help
from tests import factories
from tests.tui.flows import SMALL, Flow, at_work, real, sample
from tests.tui.test_start import at_start


def told(flow: Flow) -> str:
    """The lines before the commands."""
    return "\n".join(item.label for item in flow.screen.picker._found if item.id not in {one.id for one in COMMANDS})


def commands(flow: Flow) -> list[str]:
    return [item.id for item in flow.screen.picker._found if item.id in {one.id for one in COMMANDS}]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (("code",), "一共 21 位"), (("name",), "必填；最多 60 字"), (("budget", "total"), "以元填"),
        (("budget", "purpose"), "写到人数、次数和标准"), (("plan", "m06"), "到这时一共支出百分之几"),
    ],
)  # fmt: skip
async def test_f1_tells_of_the_field_at_the_cursor(tmp_path: Path, path: tuple[str, ...], said: str) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("enter")
        await flow.go(*path)
        await flow.press("f1")
        for sentence in (said, "? 是建议，还没有写进去，按 F3 采纳；= 是算出来的；↑ 和上一行相同"):
            assert "".join(sentence.split()) in "".join(told(flow).split())
        assert "回车或 Tab 到下一栏" in told(flow)
        assert "Ctrl+W 删去前一个词" in told(flow).replace("\n", "")
        assert sorted(commands(flow)) == sorted(one.id for one in COMMANDS)
        await flow.press("enter")
        assert not flow.screen.picker.is_open
        assert flow.path == path


@pytest.mark.parametrize(
    ("pane", "said", "first"),
    [("1", "回车打开", "row.new"), ("2", "Tab 向右", "cell.take"), ("6", "回车到那一格", "check.explain"),
     ("7", "打印出来的样子", "document.export")],
)  # fmt: skip
async def test_f1_tells_of_the_screen_and_lists_first_what_is_done_there(
    tmp_path: Path, pane: str, said: str, first: str
) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("ctrl+o", pane, "f1")
        assert said in told(flow)
        assert commands(flow)[0] == first


async def test_f1_while_typing_leaves_the_text_as_it_is(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("enter")
        await flow.go("name")
        name = flow.text("name")
        await flow.type("新名")
        await flow.press("f1")
        assert flow.screen.picker.is_open
        assert flow.text("name") == name
        await flow.press("escape")
        await flow.type("称")
        await flow.press("enter")
        assert flow.text("name") == "新名称"


async def test_a_command_of_the_help_commits_what_is_typed_and_runs(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("enter")
        await flow.go("name")
        await flow.type("新名")
        await flow.press("f1")
        await flow.type("资金")
        at = [item.id for item in flow.screen.picker._found].index("view.funds")
        await flow.press(*["down"] * at, "enter")
        assert flow.pane == "funds"
        assert flow.text("name") == "新名"


async def test_a_refused_text_is_not_left_for_a_command(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("enter")
        await flow.go("budget", "total")
        await flow.type("x")
        await flow.press("f1", "5")
        assert flow.pane == "form"
        assert flow.screen.sheet.edit is not None


async def test_a_blank_field_says_what_it_is_for(tmp_path: Path) -> None:
    async with at_work(sample(tmp_path, factories.document(projects=1)), SMALL) as flow:
        await flow.press("insert")
        await flow.go("budget", "purpose")
        flow.screen.show_detail()
        assert flow.screen.detail.texts[0] == "资金用途：这笔钱用在哪里，写到人数、次数和标准"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form_id", form_ids())
def test_every_field_that_must_be_filled_in_is_explained_in_one_line(form_id: str, language: str) -> None:
    choose_language(language)
    form = load_form(form_id)
    shown = DocumentView(document=factories.document(), form=form)
    for file, spec in ((DEPARTMENT, form.department), ("projects/a.toml", form.project)):
        paths = [(one.key,) for one in spec.head if one.required and not one.hidden]
        paths += [(table, one.key) for table, fields in spec.tables.items() for one in fields if not one.hidden]
        paths += [(group.key, "+", one.key) for group in spec.groups for one in group.columns if one.required]
        told = {path: field_help(shown, Location(file=file, path=path)) for path in paths}
        assert {path for path, text in told.items() if not text} <= {("unit_code",), ("unit_name",)}
        said = {path: f"{spec.label(path)}：{text}" for path, text in told.items() if "·" not in spec.label(path)}
        assert {path: text for path, text in said.items() if cell_len(text) > SMALL[0]} == {}


async def test_f1_helps_at_the_start(tmp_path: Path) -> None:
    async with at_start(tmp_path / "data") as (screen, pilot):
        await pilot.press("f1")
        assert "回车" in "".join(screen.said.texts)
