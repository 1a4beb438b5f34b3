"""In the English screens nothing is Chinese but what people typed and the form's own words, which are what prints."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from perftui.locale import choose_language, translations
from perftui.model.document import DEPARTMENT
from perftui.model.width import cell_len
from perftui.review.catalogue import RULES
from perftui.review.pages import load_page
from perftui.tui.panes import COMPARISON, PANES
from tests.conftest import ROOT
from tests.tui.flows import LARGE, SMALL, Flow, at_work, real

FORMS = ROOT / "perftui" / "forms"
CHINESE = re.compile("[㐀-鿿]+")
KEYS = [
    ("f1",), ("f4",), ("ctrl+l",), ("ctrl+g",), ("f7",), ("f3",), ("ctrl+e",), ("ctrl+k",), ("ctrl+z",),
    ("end", "insert"),
]  # fmt: skip
"""What is pressed on a screen, one after the other."""
COMMANDS = (
    "app.palette",
    "view.jump",
    "find.text",
    "select.extend",
    "document.save",
    "history.field",
    "check.accept",
    "row.pattern",
    "document.rollover",
    "app.name",
    "view.comparison",
    "git.share",
)


@pytest.fixture(autouse=True)
def _in_english() -> None:
    choose_language("en")


@cache
def known() -> str:
    """The words of the form and of the templates, and the examples of how a field is filled: those are Chinese too."""
    files = [
        *(FORMS / "library").rglob("*.toml"),
        *(FORMS / "data" / f"{name}.toml" for name in ("common", "hebei-2021")),
    ]
    lines = [line for path in files for line in path.read_text(encoding="utf-8").split("\n")]
    examples = [(load_page(rule.id).bad, load_page(rule.id).good) for rule in RULES]
    return repr(([line for line in lines if not line.startswith("#")], examples, list(translations("en").values())))


def typed(flow: Flow) -> str:
    """All that people typed, and what is offered to them: made of what others typed."""
    return repr((flow.document, list(flow.screen.state.shown.offers.values())))


def foreign(lines: Sequence[str], data: str) -> list[str]:
    """The Chinese in some lines that is none of it; two texts may stand side by side."""
    runs = [run for line in lines for run in CHINESE.findall(line)]
    return [run for run in runs if not any(run[:at] in data and run[at:] in data for at in range(len(run)))]


def shown(flow: Flow) -> list[str]:
    return [strip.text for strip in flow.screen._compositor.render_strips()]


def test_a_sentence_of_ours_is_told_from_what_people_typed() -> None:
    assert foreign(["x 社区工作 · 指标值 社区", "Saved 已保存"], '"社区工作补助" 指标值') == ["已保存"]


def chinese(flow: Flow) -> list[str]:
    """What of the whole screen is Chinese, and is neither data nor a word of the form."""
    return foreign(shown(flow), known() + typed(flow))


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_no_sentence_of_the_screens_is_chinese(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(real(tmp_path), size) as flow:
        await flow.until(lambda: not flow.screen.state.shown.index.pending)
        for pane in range(1, len(PANES) + 1):
            await flow.press("ctrl+o", str(pane))
            flow.screen.show_detail()
            await flow.pilot.pause()
            assert chinese(flow) == [], flow.pane


@pytest.mark.parametrize("pane", ["1", "2", "5", "form"])
async def test_no_answer_to_a_key_is_chinese(tmp_path: Path, pane: str) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.until(lambda: not flow.screen.state.shown.index.pending)
        for keys in KEYS:
            await flow.press(
                "escape", "ctrl+o", pane if pane != "form" else "1", *(["enter"] if pane == "form" else [])
            )
            await flow.press(*keys)
            flow.screen.show_detail()
            await flow.pilot.pause()
            assert chinese(flow) == [], keys


@pytest.mark.parametrize("name", COMMANDS)
async def test_no_sentence_of_a_command_is_chinese(tmp_path: Path, name: str) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("enter")
        await flow.run(name)
        await flow.pilot.pause()
        assert chinese(flow) == []
        assert name != "view.comparison" or flow.pane == COMPARISON


async def test_the_department_names_the_fields_in_both_languages(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("ctrl+o", "5")
        told = "\n".join(shown(flow))
        assert "单位编码 unit code" in told
        assert "职责1 (duty)" in told
        await flow.go("status", file=DEPARTMENT)
        await flow.press("f4")
        assert re.search("填报中 +being filled in", "\n".join(shown(flow)))


async def test_the_line_below_the_sheet_tells_what_a_class_means(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("enter")
        row = flow.rows("indicators")[0]
        await flow.go("indicators", row.id, "class")
        flow.screen.show_detail()
        await flow.pilot.pause()
        assert "二级指标 class: 数量指标 quantity" in "\n".join(shown(flow))
        await flow.press("f4")
        assert re.search("时效指标 +timeliness", "\n".join(shown(flow)))


async def test_the_keys_of_a_sheet_fit_with_that_of_all_commands_into_80_cells(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        for pane in "12345678":
            await flow.press("ctrl+o", pane)
            title, *_rows, keys = shown(flow)
            assert "Ctrl+PMenu" in keys
            assert "8Summary" in title
            assert cell_len(keys.rstrip()) <= SMALL[0]
