"""What is prepared behind the first screen of a large document is what would be made when a key asks for it."""

from pathlib import Path

import pytest

from perftui.model.stop_flag import Stopped
from perftui.tui.panes import PANES
from perftui.tui.state import document_views
from perftui.tui.state.app_state import AppState
from tests import factories
from tests.unit.tui.state.states import opened, view_of

FILES = list(factories.document(projects=6).projects)


def shown(state: AppState) -> list[object]:
    found: list[object] = []
    for pane in PANES:
        state.go_to_pane(pane)
        view = view_of(state)
        found.append([*view.rows, view.header, *view.footer])
    state.open_project(FILES[1])
    return [*found, list(view_of(state).rows)]


@pytest.mark.parametrize("many", [2, 10**6])
def test_prepared_or_not_the_screens_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    document = factories.document(projects=6)
    document = document.with_record(FILES[1], document.projects[FILES[1]].with_value(("budget", "fiscal"), None))
    with opened(tmp_path / "plain", document) as state:
        plain = shown(state)
    monkeypatch.setattr(document_views, "_MANY", many)
    with opened(tmp_path / "prepared", document) as state:
        assert state.review.files
        assert (state.views._prepared is not None) is (many == 2)
        assert shown(state) == plain
        assert state.views._prepared is None


def test_preparing_is_given_up(tmp_path: Path) -> None:
    with opened(tmp_path, factories.document(projects=3)) as state:
        state.live_review.stop.set()
        with pytest.raises(Stopped):
            state.live_review.ask()
