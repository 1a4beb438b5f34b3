"""What is painted before the files are read: what is sure, and nothing that the terminal could take for an order."""

from pathlib import Path

import pytest

from perftui.store.open import first_projects, open_document
from perftui.tui import opening_picture
from perftui.tui.terminal.frame import read_frame
from tests import factories
from tests.unit.store.documents import write_document


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (120, 40), (200, 50)])
def test_the_driver_understands_the_picture_and_it_stays_in_the_window(tmp_path: Path, size: tuple[int, int]) -> None:
    document = factories.document(projects=3)
    file, record = next(iter(document.projects.items()))
    document = document.with_record(file, record.with_value(("name",), "社区\x1b[2J\n≥—" * 20))
    begun, count = first_projects(write_document(tmp_path, document), size[1])
    frame = read_frame(opening_picture._frame(begun, count, *size).removeprefix("\x1b[m\x1b[2J"))
    assert frame is not None
    assert max(x + len(run.cells) for x, _y, run in frame.runs) <= size[0]
    assert max(y for _x, y, _run in frame.runs) < size[1] - 2


def test_the_first_projects_are_those_of_the_whole_document(tmp_path: Path) -> None:
    document = factories.document(projects=9)
    files = list(document.projects)
    for place, file in enumerate(reversed(files[2:]), 1):  # and two that say no place
        document = document.with_record(file, document.record(file).with_value(("order",), place * 1000))
    for file in files[:2]:
        document = document.with_record(file, document.record(file).with_value(("order",), None))
    folder = write_document(tmp_path, document)
    whole = list(open_document(folder).document.projects.items())
    begun, count = first_projects(folder, 8)
    assert (list(begun.document.projects.items()), count) == (whole[:8], 9)


def test_what_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    document = factories.document(projects=3)
    folder = write_document(tmp_path, document)
    first, second, third = document.projects
    folder.path(second).write_text("order = 1\n[", encoding="utf-8")
    folder.path(third).unlink()
    folder.path(third).symlink_to("nowhere.toml")
    begun, _count = first_projects(folder, 8)
    assert list(begun.document.projects) == [first]
