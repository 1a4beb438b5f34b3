"""The document at a glance, and this year against the year before."""

from dataclasses import replace
from pathlib import Path

from perftui.editing.edits import SetValue
from perftui.forms import load_form
from perftui.session.new_document import rolled_over, write_document
from perftui.store.folder import document_folder, find_documents
from tests.factories import document
from tests.tui.flows import SMALL, Flow, at_work, changed_since_visit, real

FORM = load_form("hebei-2021")


def lines(flow: Flow) -> str:
    sheet = flow.screen.sheet
    return "\n".join(sheet.render_line(y).text.rstrip() for y in range(sheet.size.height))


def two_years(tmp_path: Path) -> Path:
    """Last year's document, and this year's with a project that costs more, one renamed, one new and one ended."""
    before = document(projects=3)
    now = rolled_over(before, FORM, before.year + 1)
    dearer, renamed, gone = now.projects
    now = now.with_record(dearer, now.record(dearer).with_value(("budget", "total"), "999999.00"))
    now = now.with_record(renamed, now.record(renamed).with_value(("name",), "改了名的项目"))
    new = now.record(gone).with_value(("name",), "全新的项目").with_value(("origin",), None)
    now = replace(now, projects={**now.projects, gone: new})
    for one in (before, now):
        write_document(document_folder(tmp_path, one.year, one.unit), one)
    return tmp_path


async def test_the_overview_says_what_a_head_of_office_asks(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.until(lambda: not flow.screen.state.shown.index.pending)
        await flow.run("view.overview")
        told = lines(flow)
        for part in ("4678940.00 元 · 7 个项目", "83.3%", "社区工作专项补助", "46.6%", "错误", "60/63"):
            assert part in told, part
        assert flow.screen.sheet.cell is not None
        await flow.press("down", "enter")
        assert (flow.pane, flow.screen.state.file) == ("form", flow.files[1])
        await flow.press("escape", "alt+8")
        assert flow.pane == "overview"


async def test_this_year_is_compared_with_the_year_before(tmp_path: Path) -> None:
    async with at_work(two_years(tmp_path), SMALL) as flow:
        await flow.run("view.overview")
        assert "新增 1 · 结束 1 · 改名 1 · 金额 1" in " ".join(lines(flow).split())
        await flow.run("view.comparison")
        told = lines(flow)
        for part in ("新增", "全新的项目", "结束", "改了名的项目", "999999.00"):
            assert part in told, part
        kinds = [row.cells[0].text for row in flow.screen.sheet.view.rows]
        await flow.press("end", "enter")
        assert kinds[-1] == "结束"
        assert "今年没有了" in flow.notice
        await flow.type("全新")
        assert [row.cells[0].text for row in flow.screen.sheet.view.rows] == ["新增"]
        await flow.press("enter")
        assert flow.text("name") == "全新的项目"


async def test_the_overview_says_what_changed_since_one_left(tmp_path: Path) -> None:
    data = real(tmp_path)
    changed_since_visit(find_documents(data)[0].folder, 0)
    async with at_work(data, SMALL) as flow:
        await flow.run("view.overview")
        assert "改了 1 份：社区工作专项补助" in lines(flow).replace("\n", "")
        flow.session.run([SetValue(file=flow.files[1], path=("name",), value="自己改的")], "填写")
        flow.on_disk()
        flow.screen.state.changed()
        flow.screen.show()
        told = lines(flow).replace("\n", "")
        assert "改了 1 份：社区工作专项补助" in told, "one's own changes are no news"
        path = flow.session.folder.path(flow.files[2])
        path.write_text(path.read_text(encoding="utf-8").replace("68000", "68001"), encoding="utf-8")
        flow.screen.changed_outside(flow.session.poll())
        assert "改了 2 份" in lines(flow).replace("\n", "")


async def test_a_list_says_where_one_is_and_what_enter_does(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("down", "down")
        flow.screen.show_detail()  # the cursor stays, as the timer would say a moment later
        assert "3/7" in flow.screen.title_line.texts[0]
        assert flow.screen.keys.texts[0].startswith("回车打开")
        await flow.press("enter")
        assert not flow.screen.keys.texts[0].startswith("回车打开")


async def test_below_the_sheet_stands_what_last_year_said(tmp_path: Path) -> None:
    async with at_work(two_years(tmp_path), SMALL) as flow:
        await flow.press("enter")
        await flow.go("budget", "total")
        flow.screen.show_detail()
        before = flow.session.folder.year - 1
        assert any(f"{before} 年：" in line for line in flow.screen.detail.texts)
        await flow.press("ctrl+o", "2")
        assert f"{before} 年" in lines(flow)
