"""The grids of the screens behind the first one: the start does not wait for what makes them."""

from perftui.model.record import Record
from perftui.viewmodel.department import department_view
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.grid import GridView
from perftui.viewmodel.overview_grid import overview_view
from perftui.viewmodel.plan import plan_view
from perftui.viewmodel.preview import preview_view
from perftui.viewmodel.project_form import form_view, indicators_view


def later_view(shown: DocumentView, pane: str, file: str, record: Record, width: int) -> GridView:
    """The grid of a screen, ``width`` cells wide; ``file`` and ``record``: the project at hand."""
    match pane:
        case "plan":
            return plan_view(shown, width)
        case "indicators":
            return indicators_view(shown, file, record, width)
        case "department":
            return department_view(shown, width)
        case "overview":
            return overview_view(shown, width)
        case "preview":
            return preview_view(shown, width)
    return form_view(shown, file, record, width)
