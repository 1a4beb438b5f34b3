"""Findings: from the list to the cell, fixed, explained, accepted; conflicts settled."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from perftui.model.document import Document, Location
from perftui.model.record import ORDER, Row
from perftui.model.width import cell_len
from perftui.review.catalogue import RULES
from tests import factories
from tests.tui.flows import LARGE, SMALL, Flow, at_work, real, sample


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_enter_goes_to_the_cell_and_it_is_put_right(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(real(tmp_path), size) as flow:
        await flow.run("view.findings")
        await flow.type("C001")
        (file,) = flow.rows_shown
        await flow.press("enter")
        assert (flow.place.file, flow.path) == (file, ("code",))
        await flow.press("f2")
        await flow.enter("0")
        assert len(flow.disk(file)["code"]) == 21
        await flow.run("view.findings")
        await flow.type("C001")
        assert flow.rows_shown == []


async def test_f7_goes_from_finding_to_finding(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        seen, shown = [], []
        for _finding in range(9):  # among them findings about all goals, and all indicators
            await flow.press("f7")
            seen.append(flow.place)
            shown.append(flow.screen.state.route.last)
        assert len(set(shown)) == 9
        places = {finding.location for finding in flow.screen.state.review.findings}
        assert all(one in places or Location(file=one.file, path=one.path[:1]) in places for one in seen)


async def test_f7_walks_all_findings_of_all_severities_each_once(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        there = [one for one in flow.screen.state.review.findings if one.is_open]
        shown = []
        for _finding in there:
            await flow.press("f7")
            shown.append(flow.screen.state.route.last)
        assert {one.severity for one in shown if one} == {one.severity for one in there}
        assert len(set(shown)) == len(there)
        await flow.press("f7")
        assert flow.screen.state.route.last == shown[0], "once round"


async def test_several_findings_at_one_place_are_counted(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        there = [one.location for one in flow.screen.state.review.findings if one.is_open]
        place = next(place for place in there if there.count(place) > 1 and place.path)
        flow.screen.go(place)
        for _key in range(60):
            await flow.press("f7")
            if flow.notice.startswith("这一处第 2 个问题，共"):
                break
        assert flow.notice.startswith("这一处第 2 个问题，共")


async def test_what_is_wrong_with_a_whole_table_is_said_where_f7_and_enter_arrive(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        goals = next(one for one in flow.screen.state.review.findings if one.rule == "G006")
        flow.screen.go(Location(file=goals.location.file, path=("budget", "purpose")))
        await flow.press("f7")
        assert goals.message in told(flow)
        await flow.press("escape")
        await flow.run("view.findings")
        await flow.type("没有一个数量")
        await flow.press("enter")
        assert goals.message in told(flow)
        await flow.press("down")
        assert goals.message not in told(flow)


async def test_a_safe_fix_is_made_and_undone(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        finding = next(one for one in flow.screen.state.review.findings if one.fix is not None and one.is_open)
        place, fix = finding.location, finding.fix
        assert fix is not None
        before = flow.document
        await flow.run("view.findings")
        flow.screen.go(place)
        await flow.press("ctrl+e")
        assert flow.document.record(place.file).text(fix.path) == fix.text
        flow.disk(place.file)
        await flow.press("ctrl+z")
        assert flow.document == before


async def test_nothing_is_fixed_where_it_is_not_safe(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        before = flow.document
        await flow.run("view.findings")
        await flow.type("C001")
        await flow.press("enter", "ctrl+e")
        assert "没有可以放心自动修正" in flow.notice
        assert flow.document == before


async def test_a_rule_has_its_page(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        before = flow.document
        await flow.run("view.findings")
        await flow.type("C001")
        await flow.press("ctrl+l")
        assert flow.screen.picker.is_open
        assert "21" in "".join(item.label for item in flow.screen.picker._found)
        await flow.press("escape")
        assert not flow.screen.picker.is_open
        assert flow.document == before


def beside(flow: Flow) -> str:
    """What stands beside the list, its lines joined."""
    return "".join(line[2:].strip() for line in flow.screen.rule_panel.texts) if flow.screen.rule_panel.display else ""


async def test_in_a_wide_window_the_page_of_the_rule_stands_beside_the_list(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), (110, 40)) as flow:
        assert beside(flow) == ""
        await flow.run("view.findings")
        assert flow.screen.sheet.size.width + flow.screen.rule_panel.size.width == 110
        first = flow.screen.sheet.view.rows[0].cells[2].label
        assert first == "C001"
        for part in ("项目编码格式不对", "问题：", "原因：", "依据：", "怎么改：", "自动修正：", "错例：", "正例："):
            assert part in beside(flow)
        for _row in range(3):
            await flow.press("down")
        await flow.until(lambda: "D001" in beside(flow))
        await flow.type("工做")
        await flow.until(lambda: "T002" in beside(flow) and "Ctrl+E" in beside(flow))
        await flow.type("没有这样的话")
        await flow.until(lambda: beside(flow) == "")
        await flow.press("escape", "escape")
        assert flow.pane == "projects"
        assert not flow.screen.rule_panel.display
        assert flow.screen.sheet.size.width == 110


async def test_the_page_beside_the_list_is_cut_where_the_window_ends_and_goes_where_there_is_no_room(
    tmp_path: Path,
) -> None:
    async with at_work(real(tmp_path), (110, 20)) as flow:
        await flow.run("view.findings")
        await flow.type("一字不差：")
        await flow.until(lambda: "X001" in beside(flow))
        assert "Ctrl+L" in flow.screen.rule_panel.texts[-1]
        await flow.press("ctrl+l")
        assert flow.screen.picker.is_open
        await flow.press("escape")
    async with at_work(real(tmp_path / "narrower"), (109, 40)) as flow:
        await flow.run("view.findings")
        assert not flow.screen.rule_panel.display
        assert flow.screen.sheet.size.width == 109


async def test_the_page_of_a_rule_that_was_accepted_in_vain_is_shown_too(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), LARGE) as flow:
        await accept_row(flow, "C001", "项目库里就是 20 位")
        assert "C001" in beside(flow)


async def test_a_finding_is_accepted_with_a_reason(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.run("view.findings")
        await flow.type("C001")
        await flow.press("enter")
        await flow.run("check.accept")
        await flow.enter("项目库里就是 20 位")
        (path,) = [*flow.session.folder.folder.glob("review.toml"), *flow.session.folder.data.glob("review.toml")]
        stored = path.read_text(encoding="utf-8")
        assert tomllib.loads(stored)
        assert "项目库里就是 20 位" in stored
        assert "C001" in stored
        assert all(not one.is_open for one in flow.screen.state.review.findings if one.rule == "C001")


async def test_without_a_reason_nothing_is_accepted(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.press("f7")
        await flow.run("check.accept")
        await flow.press("enter")
        assert "没有写理由" in flow.notice
        assert not [*tmp_path.rglob("review.toml")]


async def to_a_choice(flow: Flow) -> Location:
    """The cursor on the first value that is a choice nobody made."""
    finding = next(one for one in flow.screen.state.review.findings if one.rule == "I010")
    flow.screen.go(finding.location)
    await flow.pilot.pause()
    return finding.location


def told(flow: Flow) -> str:
    return "".join(flow.screen.detail.texts)


async def test_what_review_says_of_the_text_being_typed_comes_when_the_hand_rests(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        place = await to_a_choice(flow)
        before = flow.document
        await flow.type("优/良")
        assert "供选择的项" not in told(flow)
        await flow.until(lambda: "“优/良”是供选择的项" in told(flow))
        assert flow.document is before
        await flow.type("/中")
        assert "“优/良”是供选择的项" in told(flow), "it stays until the hand rests again"
        flow.screen.draft_review.rest()
        assert "“优/良/中”是供选择的项" in told(flow)
        await flow.press("escape")
        assert flow.document is before
        await flow.type("≥95%")
        flow.screen.draft_review.rest()
        assert "供选择的项" not in told(flow)
        await flow.press("enter")
        assert flow.document.record(place.file).text(place.path) == "≥95%"
        assert flow.screen.draft_review.said == ()


async def test_what_is_wrong_with_a_cell_stays_in_sight_while_it_is_mended(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await to_a_choice(flow)
        await flow.press("f2")
        assert "“是/否”是供选择的项" in told(flow)
        await flow.type("x")
        assert "“是/否”是供选择的项" in told(flow)
        flow.screen.draft_review.rest()
        assert "供选择的项" not in told(flow)


async def test_a_line_that_says_the_same_is_not_painted_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_work(real(tmp_path)) as flow:
        await to_a_choice(flow)
        await flow.press("f2")
        painted: list[object] = []
        monkeypatch.setattr(flow.screen.detail, "refresh", lambda *regions, **_how: painted.append(regions))
        await flow.type("是否")
        flow.screen.draft_review.rest()
        flow.screen.draft_review.rest()
        lines = [region.y for regions in painted for region in regions]
        assert len(lines) == len(set(lines)), "each line once at most, for the new sentence"
        painted.clear()
        await flow.type("好")
        assert painted == []


async def test_the_same_finding_in_many_places_is_one_row_and_f7_goes_through_them(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.run("view.findings")
        await flow.type("是/否")
        assert len(flow.rows_shown) == 1
        places = [one.location for one in flow.screen.state.review.findings if one.rule == "I010"]
        assert len(places) == 18
        await flow.press("enter")
        assert flow.place == places[0]
        assert flow.notice == "同样的问题有 18 处，F7 到下一处"
        for number, place in enumerate(places[1:], start=2):
            await flow.press("f7")
            assert flow.place == place
            assert flow.notice == f"第 {number} 处，共 18 处"
        await flow.press("f7")
        assert flow.place not in places


async def test_places_that_were_mended_meanwhile_are_passed_over(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        places = [one.location for one in flow.screen.state.review.findings if one.rule == "I010"]
        await flow.run("view.findings")
        await flow.type("是/否")
        await flow.press("enter", "f7", "f7")
        for place in places[:2]:
            flow.screen.go(place)
            await flow.type("≥95%")
            await flow.press("enter")
        await flow.run("view.findings")
        await flow.type("是/否")
        await flow.press("enter")
        assert flow.place == places[2]
        flow.screen.go(places[3])
        await flow.press("f7")
        assert flow.place == places[4]


async def test_one_key_puts_every_place_of_a_row_right_as_one_step(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        before = flow.document
        await flow.run("view.findings")
        await flow.type("满意度人员")
        await flow.press("ctrl+e")
        assert "修正了 3 处" in flow.notice
        assert flow.rows_shown == []
        wrong = [one for one in flow.screen.state.review.findings if "满意度人员" in one.message]
        assert wrong == []
        await flow.press("ctrl+z")
        assert flow.document == before


async def accept_row(flow: Flow, wanted: str, reason: str) -> None:
    """The row of the list that a filter leaves is accepted."""
    await flow.run("view.findings")
    await flow.type(wanted)
    await flow.run("check.accept")
    await flow.enter(reason)


def own_settings(flow: Flow) -> dict[str, Any]:
    return tomllib.loads((flow.session.folder.folder / "review.toml").read_text(encoding="utf-8"))


async def test_a_row_is_accepted_as_a_whole_and_taken_back(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await accept_row(flow, "是/否", "财政要求这样填")
        found = [one for one in flow.screen.state.review.findings if one.rule == "I010"]
        assert [one.is_open for one in found] == [False] * 18
        assert len(flow.rows_shown) == 1
        assert len(own_settings(flow)["accepted"]) == 18
        await flow.run("check.reopen")
        assert flow.notice == "已收回 18 条接受"
        assert all(one.is_open for one in flow.screen.state.review.findings)
        assert own_settings(flow) == {}


async def test_the_row_under_the_cursor_is_judged_not_the_worst_of_its_cell(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.run("view.findings")
        await flow.type("质量指标与数量指标的值相同，都是“41人”")
        await flow.press("ctrl+l")
        assert flow.screen.picker._found[0].label.startswith("I021")
        await flow.press("escape")
        await flow.run("check.accept")
        await flow.enter("按人数考核")
        assert [one.rule for one in flow.screen.state.review.findings if not one.is_open] == ["I021"]


async def test_what_the_folder_changed_of_the_rules_stands_below_the_list(tmp_path: Path) -> None:
    data = real(tmp_path)
    (data / "review.toml").write_text('[rules]\nX003 = "off"\nF004 = "warning"\n', encoding="utf-8")
    async with at_work(data, SMALL) as flow:
        await flow.run("view.findings")
        told = "".join(row.cells[0].text for row in flow.screen.sheet.view.footer)
        assert told.startswith("规则 X003 已关闭：名称与别的项目只差一个字；规则 F004 改按警告处理")
        assert flow.screen.size.width == 80
        assert all(cell_len(row.cells[0].text) <= 80 for row in flow.screen.sheet.view.footer)
    every = "".join(f'{rule.id} = "hint"\n' for rule in RULES)
    (data / "review.toml").write_text(f"[rules]\n{every}", encoding="utf-8")
    async with at_work(data, SMALL) as flow:
        await flow.run("view.findings")
        last = flow.screen.sheet.view.footer[-1].cells[0].text
        assert (len(flow.screen.sheet.view.footer), last[-1]) == (2, "…")


async def test_below_the_list_the_row_under_the_cursor_speaks_first(tmp_path: Path) -> None:
    """Two rules speak of the same table of the same project."""
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.run("view.findings")
        labels = [row.cells[2].label for row in flow.screen.sheet.view.rows]
        await flow.press("ctrl+home", *["down"] * labels.index("X002"))
        flow.screen.show_detail()
        assert flow.screen.detail.texts[1].startswith("提示：6 个项目每一行的依据都是")
        await flow.press("up", "up")
        flow.screen.show_detail()
        assert "至少有 5 行指标一字不差：“社区工作专项补助”" in flow.screen.detail.texts[1]


async def test_enter_on_a_row_says_what_the_row_says_where_two_rules_speak_of_one_table(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.run("view.findings")
        await flow.type("没有满意度指标")
        await flow.press("enter")
        assert "没有满意度指标" in told(flow)
        assert "没有效益指标" not in told(flow)


async def test_an_acceptance_lapses_with_its_text_is_listed_and_taken_out(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await accept_row(flow, "C001", "项目库里就是 20 位")
        await flow.press("enter", "f2")
        await flow.enter("0")
        await flow.run("view.findings")
        await flow.type("C001")
        (row,) = flow.screen.sheet.view.rows
        assert row.cells[-1].text.startswith("（接受已失效")
        await flow.run("check.reopen")
        assert flow.rows_shown == []
        assert own_settings(flow) == {}


async def test_where_nothing_is_wrong_or_accepted_that_is_said(tmp_path: Path) -> None:
    async with at_work(sample(tmp_path, factories.document(projects=1))) as flow:
        await flow.press("enter")
        await flow.go("name")
        for command, told in [
            ("check.reopen", "没有接受过"),
            ("check.explain", "没有问题要说明"),
            ("check.accept", "没有问题要接受"),
        ]:
            await flow.run(command)
            assert told in flow.notice


# ---- conflicts


def torn() -> Document:
    """The first project's name was changed here and elsewhere."""
    document = factories.document(projects=2)
    file = next(iter(document.projects))
    values = {ORDER: 1000, "field": "name", "base": "原来的", "ours": "街道工作者补助", "theirs": "对方的"}
    record = document.projects[file].with_row("conflicts", Row(id="c00001", values=values))
    return document.with_record(file, record)


@pytest.mark.parametrize(("digit", "name"), [("1", "街道工作者补助"), ("2", "对方的"), ("3", "原来的")])
async def test_a_conflict_is_settled_by_f4_and_a_digit(tmp_path: Path, digit: str, name: str) -> None:
    async with at_work(sample(tmp_path, torn())) as flow:
        file = flow.files[0]
        await flow.press("enter")
        await flow.go("name")
        await flow.press("f4", digit)
        stored = flow.disk(file)
        assert stored["name"] == name
        assert "conflicts" not in stored
        await flow.press("ctrl+z")
        assert "conflicts" in flow.disk(file)


@pytest.mark.parametrize(("digit", "reason"), [("1", "项目库如此"), ("2", "已问财政")])
async def test_a_conflict_of_the_settings_is_seen_as_it_comes_and_settled_in_the_list(
    tmp_path: Path, digit: str, reason: str
) -> None:
    async with at_work(real(tmp_path)) as flow:
        await accept_row(flow, "C001", "项目库如此")
        path = flow.session.folder.folder / "review.toml"
        (key,) = tomllib.loads(path.read_text(encoding="utf-8"))["accepted"]
        conflict = f'\n[conflicts.c00001]\nfield = "accepted.{key}.reason"\nours = "项目库如此"\ntheirs = "已问财政"\n'
        path.write_text(path.read_text(encoding="utf-8") + conflict, encoding="utf-8")
        await flow.until(lambda: "审核设置有 1 处两边都改了" in flow.notice)
        await flow.press("escape")
        await flow.type("X005")
        await flow.press("f4", digit)
        stored = tomllib.loads(path.read_text(encoding="utf-8"))
        assert stored["accepted"][key]["reason"] == reason
        assert "conflicts" not in stored
        assert not any(one.rule == "X005" for one in flow.screen.state.review.findings)


async def test_alt_g_goes_back_to_the_list_too(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.press("down")
        before = flow.place
        await flow.press("f7")
        assert flow.pane != "projects"
        await flow.press("alt+g")
        assert (flow.pane, flow.place) == ("projects", before)
        await flow.press("ctrl+g", "alt+g")
        assert (flow.pane, flow.place) == ("projects", before)
