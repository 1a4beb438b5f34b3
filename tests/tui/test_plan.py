"""The sheet of all projects' plans."""

from pathlib import Path

import pytest

from tests import factories
from tests.tui.flows import LARGE, SMALL, at_work, real, sample


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_f3_takes_all_four(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(real(tmp_path), size) as flow:
        blank = next(file for file in flow.files if not flow.document.record(file).tables.get("plan"))
        await flow.run("view.plan")
        await flow.go("plan", "m03", file=blank)
        await flow.press("f3")
        assert flow.disk(blank)["plan"] == {"m03": "25", "m06": "50", "m10": "75", "m12": "100"}
        await flow.press("ctrl+z")
        assert not flow.disk(blank).get("plan")


async def test_percentages_are_typed_and_refused(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.run("view.plan")
        file = flow.place.file
        await flow.type("３０％")
        await flow.press("tab")
        await flow.enter("60.5")
        plan = flow.disk(file)["plan"]
        assert (plan["m03"], plan["m06"]) == ("30", "60.5")
        before = flow.document
        await flow.type("一半")
        await flow.press("enter")
        assert flow.document == before
        await flow.press("escape", "home", "delete")
        assert "m03" not in flow.disk(flow.place.file)["plan"]


async def test_a_form_without_a_plan_says_so(tmp_path: Path) -> None:
    async with at_work(sample(tmp_path, factories.document("mof-2021"))) as flow:
        before = flow.document
        await flow.run("view.plan")
        await flow.press("f3", "enter", "1", "delete", "ctrl+d", "ctrl+r", "ctrl+v", "ctrl+k", "f2", "f4")
        assert "没有资金支出计划" in flow.screen.sheet.view.empty
        assert flow.document == before
