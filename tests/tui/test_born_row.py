"""A row is judged when it is left, not while it is born."""

from pathlib import Path

from tests.tui.flows import Flow, at_work, real


def told(flow: Flow) -> str:
    """The foot of the screen."""
    return flow.screen.foot.texts[0]


async def reviewed_form(flow: Flow) -> None:
    """The first project, of which the rules have spoken."""
    await flow.press("enter")
    flow.screen.state.review  # noqa: B018 - they are asked now


async def test_a_new_row_is_judged_when_it_is_left(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await reviewed_form(flow)
        flow.screen.show_foot()
        await flow.go("indicators", "+", "name")
        before = told(flow)
        await flow.type("培训场次")
        await flow.press("tab")
        row = flow.rows("indicators")[-1]
        assert flow.path == ("indicators", row.id, "description")
        assert told(flow).split(" · 已")[0] == before.split(" · 已")[0], "nothing is counted while it is born"
        assert not any(one.location.path[:2] == flow.path[:2] for one in flow.screen.state.shown.index.findings)
        await flow.press("up")
        assert told(flow) != before
        assert any(one.location.path[1:2] == (row.id,) for one in flow.screen.state.shown.index.findings)


async def test_leaving_by_ctrl_g_judges_it_too(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await reviewed_form(flow)
        await flow.go("indicators", "+", "name")
        await flow.enter("培训场次")
        row = flow.rows("indicators")[-1]
        assert flow.screen.state.born.place is None, "Enter has left it"
        await flow.go("indicators", "+", "name")
        await flow.type("培训人次")
        await flow.press("tab")
        assert flow.screen.state.born.place is not None
        flow.screen.go(flow.place.__class__(file=flow.files[0], path=("indicators", row.id, "name")))
        assert flow.screen.state.born.place is None
