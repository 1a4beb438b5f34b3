"""Findings fixed and accepted, conflicts settled, deleted projects restored."""

from pathlib import Path

import pytest

from perftui.model.document import Document, Location
from perftui.model.record import ORDER, Plain, Row
from perftui.tui.work import judging
from tests import factories
from tests.unit.tui.work.benches import opened


def torn(**values: Plain) -> Document:
    """The first project with a conflict."""
    document = factories.document(projects=1)
    file, record = next(iter(document.projects.items()))
    return document.with_record(file, record.with_row("conflicts", Row(id="c00001", values={ORDER: 1000, **values})))


@pytest.mark.parametrize("side", ["ours", "theirs", "base"])
def test_a_field_is_settled_for_each_side_and_undone(tmp_path: Path, side: str) -> None:
    document = torn(field="name", base="原来的", ours="街道工作者补助", theirs="对方的", theirs_by="李四")
    with opened(tmp_path, document) as bench:
        before = bench.desk.document
        conflict = judging.conflict_at(bench, Location(file=bench.file, path=("name",)))
        assert conflict is not None
        text, whose = judging.side_label(conflict, side)
        assert whose == {"ours": "用这里的", "theirs": "用李四的", "base": "恢复原来的"}[side]
        judging.settle(bench, conflict, side)
        assert bench.record.text(("name",)) == text
        assert judging.conflict_at(bench, Location(file=bench.file, path=("name",))) is None
        bench.undo()
        assert bench.desk.document == before


def test_a_side_that_is_blank_is_named_and_blanks(tmp_path: Path) -> None:
    with opened(tmp_path, torn(field="name", base="原来的", ours="街道工作者补助")) as bench:
        conflict = judging.conflict_at(bench, Location(file=bench.file, path=("name",)))
        assert conflict is not None
        assert judging.side_label(conflict, "theirs") == ("（空白）", "用对方的")
        judging.settle(bench, conflict, "theirs")
        assert bench.record.value(("name",)) is None


def test_elsewhere_there_is_no_conflict(tmp_path: Path) -> None:
    with opened(tmp_path, torn(field="name", base="一", ours="二", theirs="三")) as bench:
        assert judging.conflict_at(bench, Location(file=bench.file, path=("code",))) is None
        assert judging.conflict_at(bench, Location(file="projects/none.toml")) is None
        assert judging.conflict_at(bench, None) is None


def test_a_deleted_project_comes_back_under_its_name_once_only(tmp_path: Path) -> None:
    from perftui.editing.rows import drop_project

    with opened(tmp_path, factories.document(projects=2)) as bench:
        file = bench.file
        record = bench.record
        bench.run([drop_project(file)], "删除")
        bench.desk.flush()
        assert [one.file for one in bench.desk.deleted()] == [file]
        assert judging.restore_deleted(bench, file) == Location(file=file)
        assert bench.desk.document.record(file) == record
        assert judging.restore_deleted(bench, "projects/none.toml") is None


def test_nothing_is_fixed_where_nothing_is_wrong(tmp_path: Path) -> None:
    with opened(tmp_path, factories.document(projects=1)) as bench:
        before = bench.desk.document
        place = Location(file=bench.file, path=("name",))
        assert judging.apply_fixes(bench, (), place) == place
        assert judging.apply_fixes(bench, (), None) is None
        assert bench.desk.document == before
