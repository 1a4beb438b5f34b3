"""The gallery's forms are data alone: described, entered, kept, merged and checked with no line of Python."""

from itertools import pairwise
from pathlib import Path

import pytest

from perftui.cli.main import main
from perftui.forms import load_form, look_in
from perftui.forms.loader import read_form
from perftui.forms.search_path import GALLERY
from perftui.model.diff import same_values
from perftui.model.document import DEPARTMENT
from perftui.model.merge import merge
from perftui.store.open import open_document
from perftui.store.toml.canonical import canonical
from perftui.store.toml.decode import decode
from tests import factories
from tests.unit.store.documents import write_document

NAMES = sorted(path.stem for path in GALLERY.glob("*.toml"))


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A form of the gallery, brought into a data folder."""
    monkeypatch.chdir(tmp_path)
    assert main(["form", "new", request.param, "--from", request.param]) == 0
    look_in(tmp_path / "data")
    return str(request.param)


def test_six_plans_with_their_sources_can_be_begun_from() -> None:
    assert len(NAMES) >= 6
    for one in NAMES:
        text = (GALLERY / f"{one}.toml").read_text(encoding="utf-8")
        assert "照" in text.partition("\n\n")[0], "the head says where the form comes from"
        assert read_form(text, one).is_known


def test_a_document_is_written_read_and_listed(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = factories.document(name)
    opened = open_document(write_document(tmp_path / "data", document))
    assert (opened.form.id, opened.problems) == (name, ())
    assert opened.document == document
    capsys.readouterr()
    assert main(["list"]) == 0
    assert "街道工作者补助" in capsys.readouterr().out
    assert main(["check"]) in (0, 1)
    assert main(["schema", "--form", name]) == 0


def test_every_field_is_kept_and_merged_by_itself(name: str) -> None:
    form = load_form(name)
    for file, record in factories.document(name, projects=1).files():
        spec = form.spec(department=file == DEPARTMENT)
        assert same_values(decode(canonical(record, spec).encode(), spec), record)
        fields = list(spec.fields(record))
        for (one, field), (other, beside) in pairwise(fields):
            ours = record.with_value(one, factories.other_value(field, record, one))
            theirs = record.with_value(other, factories.other_value(beside, record, other))
            merged = merge(record, ours, theirs, "乙")
            assert merged.conflicts == ()
            assert merged.record.value(one) == ours.value(one)
            assert merged.record.value(other) == theirs.value(other)
