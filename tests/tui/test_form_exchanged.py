"""A form that is exchanged underneath an open program is taken at once; not while somebody types."""

from contextlib import suppress
from pathlib import Path

import pytest
from textual.worker import WorkerCancelled

from perftui.forms import look_in
from perftui.tui.app import FORM_CHANGED
from tests import factories
from tests.conftest import ROOT
from tests.tui.flows import Flow, at_work, sample

ID = "list-parts"


def the_form(data: Path, *, label: str = "资金总额", head: str = "", unit: str = "元") -> None:
    """The form in the data folder: one of its fields called something, another one there or not."""
    text = (ROOT / "tests" / "data" / "form_definitions" / f"{ID}.toml").read_text(encoding="utf-8")
    text = text.replace("资金总额", label).replace('amount_unit = "元"', f'amount_unit = "{unit}"')
    text = text.replace("required = true }]\n", f"required = true }}{head and ', '}{head}]\n", 1)
    (data / "forms").mkdir(parents=True, exist_ok=True)
    (data / "forms" / f"{ID}.toml").write_text(text, encoding="utf-8")
    look_in(data)


async def looked(flow: Flow) -> None:
    """The app has looked at what changed outside; an app that ends takes its workers along."""
    with suppress(WorkerCancelled):
        await flow.app._poll().wait()


async def test_an_exchanged_form_ends_the_screens_for_the_new_one_when_nobody_types(tmp_path: Path) -> None:
    the_form(tmp_path / "data", label="资金总额")
    data = sample(tmp_path, factories.document(ID, projects=1))
    async with at_work(data) as flow:
        await looked(flow)
        assert flow.app.return_value is None
        await flow.press("enter")
        await flow.go("name")
        await flow.type("改")
        assert flow.app.session.is_typing
        the_form(data, label="资金合计")
        await looked(flow)
        assert flow.app.return_value is None, "somebody types"
        await flow.press("escape", "ctrl+f")
        await looked(flow)
        assert flow.app.return_value is None, "a question is open"
        await flow.press("escape")
        await looked(flow)
        assert flow.app.return_value == FORM_CHANGED
    async with at_work(data) as flow:
        assert flow.app.session.form.project.amounts[0].total.field.label == "资金合计"


def about(kind: str) -> str:
    """A field of the head that holds something."""
    return f'{{ key = "about", label = "说明", kind = "{kind}" }}'


@pytest.mark.parametrize(
    ("head", "typed", "stored"),
    [
        ("amount", "12万", "120000.00"), ("code", "ａ12", "A12"), ("date", "2021年3月", "2021-03"),
        ("longtext", "12万", "12万"), ("", "12万", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("keys", [[], ["escape", "ctrl+z", "ctrl+q"]], ids=["killed", "left"])
async def test_a_text_half_typed_is_taken_as_something_else_only_where_it_was_seen(
    tmp_path: Path, head: str, typed: str, stored: str, keys: list[str]
) -> None:
    the_form(tmp_path / "data", head=about("text"))
    data = sample(tmp_path, factories.document(ID, projects=1))
    async with at_work(data) as flow:
        await flow.press("enter")
        await flow.go("about")
        await flow.type(typed)
        await flow.press(*keys)
    the_form(data, head=head and about(head))
    for _start in range(2):
        async with at_work(data) as flow:
            before = flow.document
            assert flow.screen.sheet.edit is None
            assert [offer.draft.text for offer in flow.session.offers] == [typed]
    async with at_work(data) as flow:
        await flow.press("enter")
        assert flow.document == before
        if not head:
            assert "不在了" in flow.notice
            assert flow.screen.state.clip == ((typed,),)
            return
        assert "看过再按回车" in flow.notice
        assert flow.screen.sheet.edit is not None
        assert flow.screen.sheet.edit.text == typed
        await flow.press("enter")
        assert flow.text("about") == stored
        assert flow.session.offers == ()


async def test_nor_is_an_amount_in_another_unit_of_the_form(tmp_path: Path) -> None:
    the_form(tmp_path / "data")
    data = sample(tmp_path, factories.document(ID, projects=1))
    async with at_work(data) as flow:
        await flow.press("enter")
        await flow.go("funds", "total")
        await flow.type("120000")
    the_form(data, unit="万元")
    async with at_work(data) as flow:
        await flow.press("enter")
        assert "120000元" in flow.notice
        assert flow.text("funds", "total") != "1200000000.00"
