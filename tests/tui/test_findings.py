"""Findings: from the list to the cell, fixed, explained, accepted; conflicts settled."""

import tomllib
from pathlib import Path

import pytest

from perftui.model.document import Document, Location
from perftui.model.record import ORDER, Row
from tests import factories
from tests.tui.flows import LARGE, SMALL, at_work, real, sample


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
        seen = []
        for _finding in range(9):  # among them findings about all goals, and all indicators
            await flow.press("f7")
            seen.append(flow.place)
        assert len(set(seen)) == 9
        places = {finding.location for finding in flow.screen.bench.review.findings}
        assert all(one in places or Location(file=one.file, path=one.path[:1]) in places for one in seen)


async def test_a_safe_fix_is_made_and_undone(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        finding = next(one for one in flow.screen.bench.review.findings if one.fix is not None and one.is_open)
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


async def test_a_finding_is_accepted_with_a_reason(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.run("view.findings")
        await flow.type("C001")
        await flow.press("enter")
        await flow.run("check.accept")
        await flow.enter("项目库里就是 20 位")
        (path,) = [*flow.desk.folder.folder.glob("review.toml"), *flow.desk.folder.data.glob("review.toml")]
        stored = path.read_text(encoding="utf-8")
        assert tomllib.loads(stored)
        assert "项目库里就是 20 位" in stored
        assert "C001" in stored
        assert all(not one.is_open for one in flow.screen.bench.review.findings if one.rule == "C001")


async def test_without_a_reason_nothing_is_accepted(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.press("f7")
        await flow.run("check.accept")
        await flow.press("enter")
        assert "没有写理由" in flow.notice
        assert not [*tmp_path.rglob("review.toml")]


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
