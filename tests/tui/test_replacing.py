"""Replacing a text in the whole document: seen first, one undo."""

import tomllib
from pathlib import Path

from perftui.model.unreviewed import copied_from
from tests.tui.flows import Flow, at_work, real


async def ask(flow: Flow, wanted: str, by: str) -> None:
    await flow.run("find.replace")
    await flow.type(wanted)
    await flow.press("enter")
    await flow.type(by)
    await flow.press("enter")


async def test_a_text_is_replaced_everywhere_as_one_step(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        before = flow.document
        await ask(flow, "足额发放", "按标准发放")
        assert flow.screen.picker.is_open
        assert flow.document == before, "nothing is changed before Enter"
        assert any("足额发放 → " in item.label or "→" in item.label for item in flow.screen.picker._question.items)
        await flow.press("enter")
        texts = [row.text("text") for record in flow.document.projects.values() for row in record.rows("goals")]
        assert any("按标准发放" in text for text in texts)
        assert not any("足额发放" in text for text in texts)
        await flow.press("ctrl+z")
        assert flow.document == before


async def test_esc_replaces_nothing_and_numbers_are_no_texts(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        before = flow.document
        await ask(flow, "足额发放", "")
        await flow.press("escape")
        assert flow.document == before
        await ask(flow, "2179600", "1")
        assert not flow.screen.picker.is_open
        assert "没有可以替换的" in flow.notice
        await flow.run("find.replace")
        await flow.press("enter")
        assert "什么也没有换" in flow.notice
        assert flow.document == before


async def test_what_is_copied_or_in_conflict_is_not_settled_by_replacing(tmp_path: Path) -> None:
    data = real(tmp_path)
    path = sorted((data / "2021" / "613001" / "projects").glob("*.toml"))[0]
    text = path.read_text(encoding="utf-8")
    name = tomllib.loads(text)["name"]
    dispute = f'[conflicts.abcdef]\nfield = "name"\nbase = "{name}"\nours = "{name}"\ntheirs = "别的"\n'
    path.write_text(f'{text}\n[unreviewed]\n"budget.purpose" = "去年"\n\n{dispute}', encoding="utf-8")
    async with at_work(data) as flow:
        file = f"projects/{path.name}"
        purpose = flow.text("budget", "purpose", file=file)
        await ask(flow, name[:2], "换过")
        assert any("先按 F4 选定" in item.label for item in flow.screen.picker._question.items)
        await flow.press("escape")
        await ask(flow, purpose[:4], "换过的")
        await flow.press("enter")
        record = flow.document.record(file)
        assert record.text(("budget", "purpose")).startswith("换过的")
        assert copied_from(record, ("budget", "purpose")) == "去年", "nobody looked at it"
        assert record.text(("name",)) == name
