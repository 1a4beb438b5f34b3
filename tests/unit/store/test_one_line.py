"""git judges: one changed field is one changed line of diff, for every field of every form, canonical or by hand."""

import subprocess
from pathlib import Path

import pytest

from perftui.forms import load_form
from perftui.model.record import FieldPath, Record
from perftui.store.folder import DocumentFolder
from perftui.store.open import read_state
from perftui.store.save import save_file
from perftui.store.toml.canonical import canonical
from tests import factories
from tests.unit.store.documents import write_document


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


def by_hand(folder: DocumentFolder, file: str, record: Record, form: str) -> None:
    """Give a file an own look: comments, other spacing, CRLF kept away."""
    text = canonical(record, load_form(form).spec_of(file))
    lines = [f"{line}  # 注" if '"' in line and '"""' not in line else line for line in text.split("\n")]
    folder.path(file).write_text("# 手写\n" + "\n".join(lines).replace(" = ", "  =  "), encoding="utf-8")


def changed_lines(folder: Path) -> list[str]:
    """The lines that a diff takes out and puts in."""
    return changed(git(folder, "diff", "-U0", "--no-color").split("\n"))


def differences(before: Path, after: Path) -> list[list[str]]:
    """The same of each file of two folders that are not one text, in the order of their names."""
    words = ["git", "diff", "--no-index", "-U0", "--no-color", before.name, after.name]
    done = subprocess.run(words, cwd=before.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr  # they differ
    return [changed(one.split("\n")) for one in done.stdout.split("diff --git ")[1:]]


def changed(lines: list[str]) -> list[str]:
    return [line for line in lines if line[:1] in ("+", "-") and line[:3] not in ("+++", "---")]


@pytest.mark.parametrize("own_way", [False, True], ids=["canonical", "by-hand"])
@pytest.mark.parametrize("form_id", factories.FORMS)
def test_every_field_is_one_line(tmp_path: Path, form_id: str, own_way: bool) -> None:
    document = factories.document(form_id, projects=1)
    folder = write_document(tmp_path, document)
    form = load_form(form_id)
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    after.mkdir()
    tried: list[tuple[FieldPath, str]] = []
    for file, record in document.files():
        if own_way:
            by_hand(folder, file, record, form_id)
        spec, written = form.spec_of(file), folder.path(file).read_bytes()
        for path, field in spec.fields(record):
            if record.value(path) is None:
                continue
            changed = record.with_value(path, factories.other_value(field, record, path))
            save_file(folder, file, changed, spec, read_state(folder, file, form))
            (before / f"{len(tried):04}").write_bytes(written)
            folder.path(file).rename(after / f"{len(tried):04}")
            folder.path(file).write_bytes(written)
            tried.append((path, record.text(path)))
    assert len(tried) > 30
    for (path, text), lines in zip(tried, differences(before, after), strict=True):
        assert [line[0] for line in lines] == ["-", "+"], path
        assert path[-1] in lines[0] or "\n" in text
        assert lines[0].endswith("  # 注") == lines[1].endswith("  # 注")


def test_a_changed_paragraph_is_one_line(tmp_path: Path) -> None:
    document = factories.document("mof-2021", projects=1)
    folder = write_document(tmp_path, document)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    (file,) = document.projects
    record, form = document.projects[file], load_form("mof-2021")
    path: FieldPath = ("goals", record.rows("goals")[0].id, "text")
    text = record.text(path)
    assert "\n" in text
    changed = record.with_value(path, text.replace("培训", "改培训"))
    save_file(folder, file, changed, form.project, read_state(folder, file, form))
    assert len(changed_lines(tmp_path)) == 2


def test_a_moved_row_is_one_line_and_a_new_one_only_adds(tmp_path: Path) -> None:
    document = factories.document(projects=1)
    folder = write_document(tmp_path, document)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    (file,) = document.projects
    record, form = document.projects[file], load_form("hebei-2021")
    first = record.rows("indicators")[0]
    moved = record.with_value(("indicators", first.id, "order"), 99_000)
    state = save_file(folder, file, moved, form.project, read_state(folder, file, form))
    assert len(changed_lines(tmp_path)) == 2
    save_file(folder, file, moved.without_row("goals", record.rows("goals")[0].id), form.project, state)
    assert [line[0] for line in changed_lines(tmp_path)].count("+") == 1


def test_the_hunk_names_project_and_row(tmp_path: Path) -> None:
    from perftui.store.git.repository import find_repository
    from perftui.store.git.setup import set_up

    document = factories.document(projects=1)
    folder = write_document(tmp_path, document)
    git(tmp_path, "init", "-q")
    (tmp_path / ".gitattributes").write_text("*.toml diff=perftui merge=perftui\n")
    git(tmp_path, "add", "-A")
    repository = find_repository(tmp_path)
    assert repository is not None
    set_up(repository, "perftui")
    (file,) = document.projects
    record, form = document.projects[file], load_form("hebei-2021")
    row = record.rows("indicators")[2]
    changed = record.with_value(("indicators", row.id, "basis"), "行业标准").with_value(
        ("goals", record.rows("goals")[0].id, "text"), "改"
    )
    save_file(folder, file, changed, form.project, read_state(folder, file, form))
    hunks = [
        line
        for line in git(tmp_path, "diff", "--no-ext-diff", "--no-textconv", "-U0").split("\n")
        if line.startswith("@@")
    ]
    assert [hunk.split("@@ ")[-1] for hunk in hunks] == [
        f"goals.{record.rows('goals')[0].id}",
        f'name = "{row.text("name")}"',
    ]
