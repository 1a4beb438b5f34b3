"""The forms that are shipped are data alone: kept, merged, checked, printed and read with no line of Python."""

from itertools import pairwise
from pathlib import Path

import pytest

from perftui.cli.main import main
from perftui.forms import load_form, shipped_ids
from perftui.forms.assembly import SHIPPED
from perftui.forms.loader import read_form
from perftui.model.diff import same_values
from perftui.model.merge import merge
from perftui.store.open import open_document
from perftui.store.toml.canonical import canonical
from perftui.store.toml.decode import decode
from tests import factories
from tests.unit.store.documents import write_document

NAMES = shipped_ids()
PUBLIC = [name for name in NAMES if name not in ("hebei-2021", "mof-2021")]
"""Those that were made after a public table."""


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A form."""
    monkeypatch.chdir(tmp_path)
    return str(request.param)


def test_six_plans_of_public_forms_say_their_sources() -> None:
    assert len(PUBLIC) >= 6
    for one in PUBLIC:
        text = (SHIPPED / f"{one}.toml").read_text(encoding="utf-8")
        assert "照" in text.partition("\n\n")[0], "the head says where the form comes from"
        assert "source = " in text
        assert read_form(text, one).is_known


def test_a_document_is_written_read_and_listed(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = factories.document(name)
    opened = open_document(write_document(tmp_path / "data", document))
    assert (opened.form.id, opened.problems) == (name, ())
    assert opened.document == document
    capsys.readouterr()
    assert main(["list"]) == 0
    told = capsys.readouterr()
    assert "街道工作者补助" in told.out or (not opened.form.has_projects and "只有部门的表" in told.err)
    assert main(["check"]) in (0, 1)
    assert main(["schema", "--form", name]) == 0


def test_every_field_is_kept_and_merged_by_itself(name: str) -> None:
    form = load_form(name)
    for file, record in factories.document(name, projects=1).files():
        spec = form.spec_of(file)
        assert same_values(decode(canonical(record, spec).encode(), spec), record)
        fields = list(spec.fields(record))
        for (one, field), (other, beside) in pairwise(fields):
            ours = record.with_value(one, factories.other_value(field, record, one))
            theirs = record.with_value(other, factories.other_value(beside, record, other))
            merged = merge(record, ours, theirs, "乙")
            assert merged.conflicts == ()
            assert merged.record.value(one) == ours.value(one)
            assert merged.record.value(other) == theirs.value(other)
