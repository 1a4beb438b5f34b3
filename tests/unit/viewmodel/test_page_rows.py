"""The pages drawn piece by piece are the pages drawn as a whole, and a window draws only what is near it."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from unittest.mock import patch

import pytest

from perftui.exchange.layout import ProjectPages, lay_out
from perftui.model.document import Document, Location
from perftui.model.record import Record
from perftui.model.stop_flag import StopFlag, Stopped
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.grid import RowView, find_place
from perftui.viewmodel.moves import position
from perftui.viewmodel.page_drawing import draw
from perftui.viewmodel.page_rows import PageRows
from perftui.viewmodel.page_table import Piece, TableDrawing
from perftui.viewmodel.preview import count_pages, needs_count, preview_view
from tests import factories
from tests.unit.viewmodel.test_long_projects import FILE, document_of, long_record
from tests.unit.viewmodel.views import SAMPLES, sample, shown_of


def text(row: RowView) -> str:
    return "".join(cell.text for cell in row.cells).rstrip(" ")


def pages(shown: DocumentView, width: int = 80) -> PageRows:
    rows = preview_view(shown, width).rows
    assert isinstance(rows, PageRows)
    return rows


@contextmanager
def drawn_projects() -> Iterator[list[str]]:
    """The projects whose pages are laid out meanwhile."""
    found: list[str] = []
    blocks = ProjectPages.blocks

    def counted(self: ProjectPages, file: str, number: int, *, under_title: bool = False) -> object:
        found.append(file)
        return blocks(self, file, number, under_title=under_title)

    with patch.object(ProjectPages, "blocks", counted):
        yield found


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("width", [60, 100])
def test_the_pieces_are_the_whole(name: str, width: int) -> None:
    shown = sample(name)
    rows, row = pages(shown, width), 0
    while row < len(rows):  # whatever was estimated takes its number as one goes on
        row = rows.settle([row], 30)[0] + 1
    whole = [line.text for line in draw(lay_out(shown.document, shown.form), width)]
    assert [text(one) for one in rows] == whole


@pytest.mark.parametrize("form", factories.FORMS)
def test_a_document_without_projects_has_every_line_that_is_counted(form: str) -> None:
    document = factories.document(form, projects=0)
    rows = pages(shown_of(replace(document, department=Record())))
    assert [number for number in range(len(rows)) if not rows[number].cells] == []


def large(count: int = 300) -> DocumentView:
    return shown_of(factories.document(projects=count))


def test_where_the_cursor_stands_is_told_without_drawing_anything() -> None:
    view = preview_view(large(), 80)
    with drawn_projects() as drawn:
        assert position(view, 7) == (8, len(view.rows))
    assert not drawn


def test_a_window_draws_what_is_near_it_and_nothing_twice() -> None:
    shown = large()
    with drawn_projects() as drawn:
        rows = pages(shown)
        rows.settle([0], 48)
        assert len(drawn) <= 4
        begun = len(drawn)
        for _again in range(3):
            pages(shown).settle([0], 48)
        assert len(drawn) == begun


def test_any_place_is_found_by_drawing_its_project() -> None:
    shown = large()
    files = list(shown.document.projects)
    with drawn_projects() as drawn:
        rows = pages(shown)
        for file in (files[150], files[3], files[-1]):
            found = find_place(replace(preview_view(shown, 80), rows=rows), Location(file=file, path=("name",)))
            assert found is not None
            cell = rows[found[0]].cells[found[1]]
            assert cell.place == Location(file=file, path=("name",))
    assert set(drawn) <= {files[150], files[3], files[-1]}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_place_is_found_where_it_is_seen_first(name: str) -> None:
    shown = sample(name)
    rows, row = pages(shown), 0
    while row < len(rows):
        row = rows.settle([row], 30)[0] + 1
    view = replace(preview_view(shown, 80), rows=rows)
    first: dict[Location, tuple[int, int]] = {}
    for number, one in enumerate(rows):
        for column, cell in enumerate(one.cells):
            if cell.place is not None:
                first.setdefault(cell.place, (number, column))
    for place, seen in first.items():
        assert find_place(view, place) == seen, place
    for row_place in {replace(place, path=place.path[:2]) for place in first if place.file and len(place.path) == 3}:
        assert find_place(view, row_place) == min(at for place, at in first.items() if place.is_in(row_place)), (
            row_place
        )


def test_of_a_project_of_a_thousand_rows_a_window_draws_the_lines_that_it_shows() -> None:
    shown = shown_of(document_of(long_record(1000)))
    drawn: list[int] = []
    line = TableDrawing.line

    def counted(self: TableDrawing, number: int, *, ascii_frames: bool = False) -> tuple[str, list[Piece]]:
        drawn.append(number)
        return line(self, number, ascii_frames=ascii_frames)

    with patch.object(TableDrawing, "line", counted):
        rows = pages(shown)
        found = find_place(
            replace(preview_view(shown, 80), rows=rows), Location(file=FILE, path=("indicators", "r00700", "value"))
        )
        assert found is not None
        (row,) = rows.settle([found[0]], 48)
        assert [rows[number] for number in range(row - 12, row + 12)]
    assert len(rows) > 2000
    assert len(set(drawn)) <= 24 + 4


def test_rows_settled_keep_their_numbers_while_one_walks_among_them() -> None:
    shown, rng = large(60), random.Random(7)
    rows = pages(shown)
    (row,) = rows.settle([len(rows) // 2], 40)
    for _step in range(60):
        before = [text(rows[number]) for number in range(max(0, row - 20), min(len(rows), row + 20))]
        first = max(0, row - 20)
        moved = rows.settle([row], 40)[0]
        assert [text(rows[number + moved - row]) for number in range(first, first + len(before))] == before
        row = max(0, min(len(rows) - 1, moved + rng.choice((-20, -1, 1, 20))))


def test_a_changed_project_is_drawn_again_and_no_other() -> None:
    shown = large(40)
    file = list(shown.document.projects)[20]
    rows = pages(shown)
    row = rows.of_place(Location(file=file))[0]
    rows.settle([row], 100)
    record = shown.document.record(file).with_value(("name",), "刚改的名称")
    changed = replace(shown, document=shown.document.with_record(file, record))
    with drawn_projects() as drawn:
        rows = pages(changed)
        (row,) = rows.settle([rows.of_place(Location(file=file))[0]], 100)
    assert drawn == [file]
    assert "刚改的名称" in "".join(text(rows[number]) for number in range(row, row + 10))


def contents(shown: DocumentView) -> list[str]:
    rows = pages(shown)
    return [one for one in map(text, (rows[number] for number in range(60))) if " ...." in one]


def test_page_numbers_come_when_the_pages_were_counted() -> None:
    shown = large(40)
    assert needs_count(shown)
    assert all(line.endswith(" …") for line in contents(shown))
    count_pages(shown)
    assert not needs_count(shown)
    whole = [line.text for line in draw(lay_out(shown.document, shown.form), 80)]
    assert contents(shown) == [line for line in whole[:60] if " ...." in line]
    other: Document = shown.document.with_record("projects/new.toml", factories.project("hebei-2021", 41))
    assert needs_count(replace(shown, document=other))


def test_counting_is_given_up() -> None:
    shown, stop = large(30), StopFlag()
    stop.set()
    with pytest.raises(Stopped):
        count_pages(shown, stop)
    assert needs_count(shown)


def test_all_rows_are_had_although_they_become_fewer_as_they_are_drawn() -> None:
    document = factories.document(projects=4)
    last = list(document.projects)[-1]
    long = document.projects[last].with_value(("budget", "purpose"), "长" * 2000)
    rows = pages(shown_of(document.with_record(last, long)))
    before = len(rows)
    top, cursor = rows.settle([0, before - 1], 0)
    assert (top, cursor) == (0, len(rows) - 1)
    assert len(rows[:before]) == len(rows) < before
