"""A form that is exchanged underneath an open program is taken at once; not while somebody types."""

from contextlib import suppress
from pathlib import Path

from textual.worker import WorkerCancelled

from perftui.forms import look_in
from perftui.tui.app import FORM_CHANGED
from tests import factories
from tests.conftest import ROOT
from tests.tui.flows import Flow, at_work, sample

ID = "list-parts"


def the_form(data: Path, *, label: str) -> None:
    """The form in the data folder, one of its fields called something."""
    text = (ROOT / "tests" / "data" / "form_definitions" / f"{ID}.toml").read_text(encoding="utf-8")
    (data / "forms").mkdir(parents=True, exist_ok=True)
    (data / "forms" / f"{ID}.toml").write_text(text.replace("资金总额", label), encoding="utf-8")


async def looked(flow: Flow) -> None:
    """The app has looked at what changed outside; an app that ends takes its workers along."""
    with suppress(WorkerCancelled):
        await flow.app._poll().wait()


async def test_an_exchanged_form_ends_the_screens_for_the_new_one_when_nobody_types(tmp_path: Path) -> None:
    the_form(tmp_path / "data", label="资金总额")
    look_in(tmp_path / "data")
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
        await flow.press("escape")
        await looked(flow)
        assert flow.app.return_value == FORM_CHANGED
    async with at_work(data) as flow:
        assert flow.app.session.form.project.amounts[0].total.field.label == "资金合计"
