"""Keys that entry costs beyond its content, counted on the real screens. Run with ``-s`` to see the report."""

import re
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from perftui.cli.main import main
from perftui.forms import load_form
from perftui.model.document import Location
from perftui.model.record import Row
from perftui.model.unreviewed import marked_paths
from perftui.session.open_document import OpenDocument
from perftui.store.folder import find_documents
from perftui.store.toml.decode import decode
from perftui.tui.app import DocumentApp
from perftui.tui.state.templates import choices_at
from perftui.tui.user_settings import UserSettings

ROOT = Path(__file__).resolve().parents[2]
FORM = load_form("hebei-2021")
MOST_NEW, MOST_COPIED = 56, 15

CODE = "130303216F9HQOHBT7GG5"
NINE = (
    ("培训人次", "全年参加培训的总人次", "≥60人次"),
    ("培训合格率", "培训后考核合格的人数占参训人数的比例", "≥95%"),
    ("培训按期开展率", "按计划月份开展的场次占计划场次的比例", "≥90%"),
    ("人均培训费用控制率", "人均费用占培训费标准的比例", "≤100%"),
    ("参训人员持证上岗率", "取得上岗证书的人数占参训人数的比例", "≥80%"),
    ("居民诉求办结率", "参训后办结的居民诉求占受理诉求的比例", "≥95%"),
    ("线上培训比例", "在线上进行、节约用纸的场次占全部场次的比例", "≥30%"),
    ("培训资料复用率", "下一年仍可使用的资料占全部资料的比例", "≥60%"),
    ("参训人员满意度", "问卷调查中表示满意的人员占被调查人员的比例", "≥95%"),
)


@dataclass
class Hands:
    """Types and presses, and counts what is no content."""

    app: DocumentApp
    pilot: Pilot[str]
    content: int = 0
    presses: list[str] = field(default_factory=list)
    taken: list[tuple[str, str]] = field(default_factory=list)
    """Label and text of what one key took."""

    async def type(self, text: str) -> None:
        """Content: every character is a key of the person's own words."""
        self.content += len(text)
        driver = self.app._driver
        assert driver is not None
        for character in text:  # Pilot gives no character to the keys of Chinese punctuation
            driver.send_message(events.Key(_character_to_key(character), character))
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Everything else."""
        self.presses += keys
        await self.pilot.press(*keys)

    async def enter(self, *texts: str) -> None:
        """A text and Enter, one after the other."""
        for text in texts:
            await self.type(text)
            await self.press("enter")

    async def tab(self, *texts: str) -> None:
        """A text and Tab, one after the other."""
        for text in texts:
            await self.type(text)
            await self.press("tab")

    async def take(self) -> None:
        """Take the dim text at the cursor."""
        cell = self.app.screen.sheet.cell  # type: ignore[attr-defined]
        assert cell is not None
        assert cell.offer, cell.place
        self.taken.append((cell.label, cell.offer))
        await self.press("f3")

    @property
    def place(self) -> Location:
        cell = self.app.screen.sheet.cell  # type: ignore[attr-defined]
        assert cell is not None
        assert cell.place is not None
        return cell.place

    def report(self, what: str) -> None:
        took = "".join(f"\n    F3 {label}：{text}" for label, text in self.taken)
        pressed = re.sub(r"(\b\S+)( \1)+", lambda run: f"{run[1]}×{len(run[0].split())}", " ".join(self.presses))
        print(f"\n{what}: {len(self.presses)} keys beyond {self.content} characters of content: {pressed}{took}")


@asynccontextmanager
async def hands(data: Path) -> AsyncIterator[Hands]:
    session = OpenDocument.open(find_documents(data)[0])
    app = DocumentApp(session, UserSettings())
    try:
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            yield Hands(app, pilot)
    finally:
        session.close()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The real document."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path / "data"


def rows_of(hand: Hands, file: str) -> list[dict[str, str]]:
    record = hand.app.session.document.record(file)
    return [
        {key: str(value) for key, value in row.values.items() if key != "order"} for row in record.rows("indicators")
    ]


async def enter_project(hand: Hands, goals: Sequence[str], basis: str) -> None:
    """All fields of a new project, from the list of projects on."""
    await hand.press("insert")
    await hand.enter(CODE, "街道工作者培训经费")
    await hand.press("enter")  # no title of its own
    await hand.enter("120000")
    await hand.take()  # 财政资金, 其他资金
    await hand.enter("用于街道工作者全年4次培训")
    await hand.take()  # the plan
    await hand.enter(*goals)
    await hand.press("tab")  # no further goal
    for number, (name, description, value) in enumerate(NINE):
        await hand.tab(name, description, value)
        if number == 0:
            await hand.enter(basis)  # down, to where the row was begun
        else:
            await hand.take()


async def test_a_new_project_with_nine_indicators(data: Path) -> None:
    goals = ["全年举办培训4次，参加60人次", "培训合格率达到95%以上"]
    async with hands(data) as hand:
        before = set(hand.app.session.document.projects)
        await enter_project(hand, goals, "年度培训计划")
        (file,) = set(hand.app.session.document.projects) - before
        record = hand.app.session.document.record(file)
        hand.report("new project, nine indicators")
    for path, field_ in FORM.project.fields(record):
        assert record.text(path) or not field_.required, path
    assert [row.text("text") for row in record.rows("goals")] == goals
    assert [(row["name"], row["description"], row["value"]) for row in rows_of(hand, file)] == list(NINE)
    assert {row["basis"] for row in rows_of(hand, file)} == {"年度培训计划"}
    assert [row["class"] for row in rows_of(hand, file)] == [name for _c, name in FORM.project.taxonomy.skeleton]
    assert record.tables["budget"] == {
        "total": "120000.00", "fiscal": "120000.00", "other": "0.00", "purpose": "用于街道工作者全年4次培训",
    }  # fmt: skip
    assert list(record.tables["plan"].values()) == ["25", "50", "75", "100"]
    assert len(hand.presses) <= MOST_NEW


async def change(hand: Hands, code: str, amount: str, purpose: str, goals: Sequence[str], value: str) -> None:
    """What changes from year to year, or from one project to its sibling; the cursor stands on the code."""
    await hand.enter(code)
    await hand.press("enter", "enter")  # the name stays, and there is no title
    await hand.enter(amount)
    await hand.take()  # 财政资金 follows the total, 其他资金 stays
    await hand.enter(purpose)
    await hand.press("down")  # the plan stays
    await hand.enter(*goals)
    await hand.press(
        *["down"] * (1 + len(hand.app.session.document.record(hand.place.file).rows("goals")) - len(goals))
    )
    await hand.press("end", "left")  # the first row's value
    await hand.enter(value)


def is_changed(hand: Hands, file: str) -> None:
    record = hand.app.session.document.record(file)
    assert record.text(("code",)) == CODE
    assert record.tables["budget"] == {
        "total": "2300000.00", "fiscal": "2300000.00", "other": "0.00", "purpose": "保障42名人员工资",
    }  # fmt: skip
    assert [row.text("text") for row in record.rows("goals")][:1] == ["按月足额发放42名人员工资"]
    assert rows_of(hand, file)[0]["value"] == "42人"


CHANGES = (CODE, "2300000", "保障42名人员工资", ["按月足额发放42名人员工资"], "42人")


async def test_a_project_rolled_over_from_last_year(data: Path) -> None:
    assert main(["rollover", "2022", "--amounts", "copy", "--data", str(data)]) == 0
    async with hands(data) as hand:
        assert hand.app.session.document.year == 2022
        file = next(iter(hand.app.session.document.projects))
        await hand.press("enter")
        await change(hand, *CHANGES)
        hand.report("rolled over from last year")
        is_changed(hand, file)
        left = marked_paths(hand.app.session.document.record(file))
        assert ("budget", "purpose") not in left, "it was changed"
        assert ("name",) in left, "passing by confirms nothing"
        await hand.press("ctrl+g")
        assert hand.app.state.shown.copied_from(hand.place)
    assert len(hand.presses) <= MOST_COPIED


async def test_a_project_copied_from_its_sibling(data: Path) -> None:
    async with hands(data) as hand:
        before = set(hand.app.session.document.projects)
        await hand.press("ctrl+u")
        (file,) = set(hand.app.session.document.projects) - before
        await change(hand, *CHANGES)
        hand.report("copied from another project")
        is_changed(hand, file)
    assert len(hand.presses) <= MOST_COPIED


async def put(hand: Hands, text: str, on: str = "enter") -> None:
    """A text into the cell at the cursor, by the fewest keys: offered, in the list under a digit, or typed."""
    cell = hand.app.screen.sheet.cell  # type: ignore[attr-defined]
    if hand.app.state.shown.offers.get(hand.place, cell.offer) == text:
        await hand.take()
        return
    listed = [one.text for one in choices_at(hand.app.state, cell, "")][:9]
    if text in listed and len(text) > 2:
        hand.taken.append((cell.label, f"{text} (F4)"))
        await hand.press("f4", str(listed.index(text) + 1))
        return
    await hand.type(text)
    await hand.press(on)


async def test_project_seven_of_the_real_document_entered_beside_the_other_six(data: Path) -> None:
    path = data / "2021/613001/projects/13030321XTH601H14HL0X.toml"
    wanted = decode(path.read_bytes(), FORM.project)
    path.unlink()
    async with hands(data) as hand:
        before = set(hand.app.session.document.projects)
        await hand.press("insert")
        await hand.enter(wanted.text(("code",)), wanted.text(("name",)))
        await hand.press("enter")  # no title of its own
        await hand.enter("255240")
        for key in ("fiscal", "purpose", "m03"):
            assert hand.place.path[-1] == key
            path_ = ("budget", key) if key != "m03" else ("plan", key)
            await put(hand, wanted.text(path_))
        for row in wanted.rows("goals"):
            await put(hand, row.text("text"))
        await hand.press("tab")
        for row in wanted.rows("indicators"):
            for key in ("name", "description", "value", "basis"):
                if row.text(key):
                    await put(hand, row.text(key), "tab")
                else:
                    await hand.press("tab")
        (file,) = set(hand.app.session.document.projects) - before
        record = hand.app.session.document.record(file)
        for path_, _field in FORM.project.fields(wanted):
            if len(path_) < 3:
                assert record.text(path_) == wanted.text(path_), path_
        for group in ("goals", "indicators"):
            assert [values(row) for row in record.rows(group)] == [values(row) for row in wanted.rows(group)]
        hand.report("project 7 of the real document")


def values(row: Row) -> dict[str, object]:
    return {key: value for key, value in row.values.items() if key != "order"}
