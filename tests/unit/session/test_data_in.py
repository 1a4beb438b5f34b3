"""Plain data becomes the same records again; what is no such data is refused with a sentence."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from perftui.forms import load_form, look_in
from perftui.session.data_out import plain_document
from perftui.session.foreign_document import CannotImport, read_foreign
from tests import factories


def data(**changes: Any) -> bytes:
    plain = plain_document(factories.document(projects=2), load_form("hebei-2021"))
    return json.dumps({**plain, **changes}, ensure_ascii=False).encode()


@pytest.mark.parametrize("form", factories.FORMS)
def test_what_went_out_comes_in_as_the_same_records(form: str) -> None:
    document = factories.document(form, projects=3)
    plain = plain_document(document, load_form(form))
    found = read_foreign(json.dumps(plain).encode(), "文本.json")
    assert found.document == document
    assert found.notes == ()


def test_of_another_year_it_begins_that_year() -> None:
    found = read_foreign(data(), "文本.json", year=2030)
    assert found.document.year == 2030
    assert "作为 2030 年的读入" in found.notes[0].message


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (b'{"form": ', "不是完整的 JSON，没有读入：第 1 行"),
        (b'{"a":' * 5000, "不是完整的 JSON"),
        (b"{}", "不是绩效文本"),
        ({"version": 2}, "第 2 版"),
        ({"form": "../x"}, '没有表样 "../x"'),
        ({"projects": None}, "projects 不对"),
        ({"projects": [{"file": "../../x.toml"}]}, "projects[1]：file"),
        ({"projects": [{"file": "projects/abcde.toml"}, {"file": "ABCDE.toml"}]}, "projects[2]：file"),
        ({"projects": [{"file": "projects/abcde.toml", "code": None}]}, "projects[1] 不对"),
        ({"projects": [{"file": "projects/abcde.toml", "budget": {"total": 5}}]}, "projects[1]：“预算数”"),
        ({"department": []}, "department 不对"),
    ],
)
def test_what_is_otherwise_is_named(bad: bytes | dict[str, Any], said: str) -> None:
    with pytest.raises(CannotImport) as refused:
        read_foreign(bad if isinstance(bad, bytes) else data(**bad), "文本.json")
    assert said in str(refused.value)


def test_data_of_another_form_does_not_go_into_this_one() -> None:
    with pytest.raises(CannotImport, match="不能当作 mof-2021"):
        read_foreign(data(), "文本.json", form="mof-2021")


@pytest.fixture
def broken_form(tmp_path: Path) -> Iterator[None]:
    """A data folder whose form of the usual name is written wrongly."""
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "hebei-2021.toml").write_text('id = "hebei-2021"\n', encoding="utf-8")
    look_in(tmp_path)
    yield
    look_in(tmp_path / "none")


@pytest.mark.usefixtures("broken_form")
@pytest.mark.parametrize("form", [None, "hebei-2021"])
def test_a_form_that_is_written_wrongly_is_named(form: str | None) -> None:
    plain = json.dumps({"version": 1, "form": "hebei-2021"}).encode()
    with pytest.raises(CannotImport, match=r"表样 hebei-2021\.toml 有 \d+ 处写错"):
        read_foreign(plain, "文本.json", form=form)


@pytest.mark.usefixtures("broken_form")
def test_a_document_is_not_read_by_a_form_that_is_written_wrongly() -> None:
    with pytest.raises(CannotImport, match=r"表样 hebei-2021\.toml 有 \d+ 处写错"):
        read_foreign("项目名称：甲".encode(), "文本.txt", form="hebei-2021")
