"""The grids of the screens behind the first one: the start does not wait for what makes them."""

from typing import TYPE_CHECKING

from perftui.viewmodel.department import department_view
from perftui.viewmodel.grid import GridView
from perftui.viewmodel.plan import plan_view
from perftui.viewmodel.preview import preview_view
from perftui.viewmodel.project_form import form_view, indicators_view

if TYPE_CHECKING:
    from perftui.tui.work.workbench import Workbench


def view(bench: "Workbench", width: int) -> GridView:
    """The grid of the screen at hand, ``width`` cells wide."""
    match bench.pane:
        case "plan":
            return plan_view(bench.shown, width)
        case "indicators":
            return indicators_view(bench.shown, bench.file, bench.record, width)
        case "department":
            return department_view(bench.shown, width)
        case "preview":
            return preview_view(bench.shown, width)
    return form_view(bench.shown, bench.file, bench.record, width)
