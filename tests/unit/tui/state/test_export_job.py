"""Exporting from the screens: what is said of the document that was written."""

from pathlib import Path

from perftui.model.document import file_stem
from perftui.tui.state.export_job import ExportKind, export
from tests import factories
from tests.unit.store.documents import first_file
from tests.unit.store.repositories import Clone
from tests.unit.tui.state.states import opened

DOCUMENT = factories.document(projects=2)
FILE = first_file(DOCUMENT)


def test_a_sparse_clone_names_the_projects_that_are_not_exported(tmp_path: Path) -> None:
    clone = Clone.new(tmp_path)
    with opened(tmp_path / "data", DOCUMENT) as state:
        told = f"{file_stem(FILE)} 不在这个文件夹里（稀疏检出），这里没有算上"
        clone.git("add", "-A")
        clone.commit()
        assert told not in export(state, ExportKind.WHOLE).said
        clone.git("sparse-checkout", "set", "--no-cone", "/*", f"!{file_stem(FILE)}.toml")
        state.session.poll()
        state.select_project(next(iter(state.document.projects)))
        assert told in export(state, ExportKind.WHOLE).said
        assert told not in export(state, ExportKind.PROJECT).said
