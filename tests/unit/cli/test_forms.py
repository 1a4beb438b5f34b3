"""Forms of the data folder and of the person's own: listed, checked, begun, used; a form that is not here."""

import json
import os
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from perftui.editing.edits import SetValue
from perftui.forms import exchanged, form_ids, load_form, look_in, shipped_ids
from perftui.forms.assembly import SHIPPED
from perftui.forms.reference import definition_schema
from perftui.model.document import DEPARTMENT
from perftui.session.document_figures import figures_of
from perftui.session.doubled_codes import DoubledCodes
from perftui.session.export import proven_docx
from perftui.session.last_hands import LastHands
from perftui.session.open_document import FileLocked, OpenDocument
from perftui.store.folder import document_folder, find_documents
from perftui.store.open import open_document
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.finding_index import FindingIndex
from perftui.viewmodel.foot import foot_text
from perftui.viewmodel.projects import projects_view
from perftui.viewmodel.start import StartValues, start_view
from tests import factories
from tests.unit.cli.conftest import Run, write

INIT = ("init", "--year", "2022", "--unit", "9", "--name", "甲局")


def form_file(data: Path, name: str = "mine", old: str = "", new: str = "") -> Path:
    """A form of the data folder that is the ministry's in all but name and one place."""
    text = (SHIPPED / "mof-2021.toml").read_text(encoding="utf-8").replace('id = "mof-2021"', f'id = "{name}"')
    assert old in text
    path = data / "forms" / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
    return path


def test_forms_are_listed_with_where_they_come_from_and_who_uses_them(run: Run, tmp_path: Path) -> None:
    write(tmp_path, factories.document("hebei-2021"))
    form_file(tmp_path / "data")
    ran = run("forms")
    assert ran.code == 0
    assert "mine" in ran.out
    plain = {row["id"]: row for row in json.loads(run("forms", "--json").out)}
    assert (plain["hebei-2021"]["origin"], plain["hebei-2021"]["documents"]) == ("shipped", 1)
    assert (plain["mine"]["origin"], plain["mine"]["documents"]) == ("data", 0)


def test_of_two_forms_with_one_name_the_data_folders_is_used_and_the_other_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert "不止一份" not in run("forms").err
    used = form_file(tmp_path / "data", "mine")
    person = tmp_path / "config" / "perftui" / "forms" / "mine.toml"
    person.parent.mkdir(parents=True)
    person.write_bytes(used.read_bytes())
    ran = run("forms")
    assert ran.code == 0
    assert f"“mine”不止一份，用的是近的一份，这一份没有用（个人配置）：{person}" in ran.err
    plain = {row["id"]: row for row in json.loads(run("forms", "--json").out)}
    assert plain["mine"]["origin"] == "data"
    form_file(tmp_path / "data", "mof-2021")
    assert "“mof-2021”不止一份，用的是近的一份，这一份没有用（随程序）" in run("forms").err


def test_a_form_is_begun_checked_and_used_without_a_line_of_python(run: Run, tmp_path: Path) -> None:
    made = run("form", "new", "our-county", "--from", "mof-2021")
    assert (made.code, made.out) == (0, "data/forms/our-county.toml\n")
    assert run("form", "new", "our-county", "--from", "mof-2021").code == 2
    assert run("form", "check", "our-county").code == 0
    assert run(*INIT, "--form", "our-county").code == 0
    opened = open_document(document_folder(tmp_path / "data", 2022, "9"))
    assert (opened.form.id, opened.problems) == ("our-county", ())
    assert run("schema", "--form", "our-county").code == 0


def test_a_word_document_is_read_by_the_data_folders_forms_whatever_the_command(run: Run, tmp_path: Path) -> None:
    form_file(tmp_path / "data", "zz-mine")  # as good as the ministry's, and the last of equal ones is taken
    document = factories.document("mof-2021", projects=1)
    (tmp_path / "a.docx").write_bytes(proven_docx(document, load_form("mof-2021")).data)
    look_in(tmp_path)
    assert json.loads(run("check", "a.docx", "--format", "json").out)["document"]["form"] == "zz-mine"
    look_in(tmp_path)
    assert run("rollover", str(document.year + 1), "--from", "a.docx", "--unit", "9").code == 0
    assert open_document(document_folder(tmp_path / "data", document.year + 1, "9")).form.id == "zz-mine"


def test_a_word_document_is_made_data_only_where_the_new_year_can_be(run: Run, tmp_path: Path) -> None:
    document = factories.document("mof-2021", projects=1)
    (tmp_path / "a.docx").write_bytes(proven_docx(document, load_form("mof-2021")).data)
    (tmp_path / "data" / str(document.year + 1) / "9").mkdir(parents=True)
    for year in (document.year + 1, document.year, 22):
        assert run("rollover", str(year), "--from", "a.docx", "--unit", "9").code == 2
        assert not (tmp_path / "data" / str(document.year)).exists()


def test_a_persons_own_form_serves_every_data_folder(run: Run, tmp_path: Path) -> None:
    assert run("form", "new", "own", "--from", "hebei-2021", "--own").code == 0
    assert run("forms").out.count("个人配置") == 1
    assert run(*INIT, "--form", "own", "--data", "elsewhere").code == 0


@pytest.mark.parametrize(
    "words",
    [("form", "new", "A b", "--from", "mof-2021"), ("form", "new", "x"), ("form", "check"), (*INIT, "--form", "none")],
)
def test_what_cannot_be_meant_is_refused(run: Run, words: tuple[str, ...]) -> None:
    ran = run(*words)
    assert ran.code == 2
    assert ran.err


def test_every_mistake_is_a_line_with_file_line_and_column(run: Run, tmp_path: Path) -> None:
    path = form_file(tmp_path / "data", old='kind = "percent"', new='kind = "procent"')
    ran = run("form", "check", "data/forms/mine.toml")
    assert ran.code == 1
    line = path.read_text(encoding="utf-8").partition("procent")[0].count("\n") + 1
    assert ran.out == f"data/forms/mine.toml:{line}:39: 没有“procent”这一种，是不是“percent”？\n"
    listed = run("forms")
    assert listed.code == 3
    assert "mine.toml 有 1 处写错" in listed.err


@pytest.fixture
def strange(run: Run, tmp_path: Path) -> Path:
    """A document whose form is not here; its folder."""
    path = form_file(tmp_path / "data")
    folder = write(tmp_path, factories.document("mof-2021"))
    text = (folder / DEPARTMENT).read_text(encoding="utf-8").replace('"mof-2021"', '"mine"')
    (folder / DEPARTMENT).write_text(text, encoding="utf-8")
    assert run("list").code == 0
    path.unlink()
    return folder


def test_the_list_tells_amounts_of_two_groups_apart(run: Run, tmp_path: Path) -> None:
    write(tmp_path, factories.document("bingtuan-2021"))
    head = run("list").out.splitlines()[0]
    assert "项目资金总额·中央财政补助" in head
    assert "年度资金申请总额·中央财政补助" in head
    assert head.count("上年结转资金") == 1


def test_nothing_is_told_of_projects_where_a_form_has_none(run: Run, tmp_path: Path) -> None:
    write(tmp_path, factories.document("guangshui-2021"))
    told = run("summary").out
    assert "项目" not in told
    assert "完成" in told


def test_a_document_without_its_form_is_looked_at_and_never_written(run: Run, strange: Path) -> None:
    before = {path: path.read_bytes() for path in strange.rglob("*.toml")}
    for words in (["list"], ["list", "--json"], ["check"]):
        ran = run(*words)
        assert ran.code == 3, words
        assert "没有名为“mine”的表样" in ran.err
    for words in (["export"], ["set", "#1", "name=x"], ["show", "#1"], ["format"], ["rollover", "2022"]):
        ran = run(*words)
        assert (ran.code, ran.out) == (3, ""), words
    session = OpenDocument.open(document_folder(strange.parent.parent, 2021, "613001"))
    file = next(iter(session.document.projects))
    with pytest.raises(FileLocked, match="mine"):
        session.run([SetValue(file=file, path=("name",), value="x")], "")
    session.poll()
    session.close()
    assert {path: path.read_bytes() for path in strange.rglob("*.toml")} == before


@pytest.mark.usefixtures("strange")
def test_what_only_the_form_could_tell_is_null_and_no_zero_for_other_programs(run: Run) -> None:
    def answer(*words: str) -> Any:
        return json.loads(run(*words).out)

    assert {one["findings"] for one in answer("list", "--json")["projects"]} == {None}
    report = answer("check", "--format", "json")
    assert report["document"]["form"] == "mine"
    assert set(report["counts"].values()) == {None}
    overview = answer("summary", "--json")
    assert (overview["form"], overview["total"], overview["done"], overview["open"]) == ("mine", None, None, None)
    assert {one[key] for one in overview["projects"] for key in ("amount", "percent", "done", "whole")} == {None}
    assert [one["open"] for one in answer("summary", "--format", "json")] == [None]
    assert run("summary", "--format", "csv").out.endswith(",,,,\r\n")


def test_nothing_is_said_of_how_far_it_is(run: Run, strange: Path) -> None:
    files = [path.stem for path in (strange / "projects").iterdir()]
    told = run("summary").out
    assert "没有表样“mine”，只能看" in told
    assert all(file in told for file in files)
    assert not any(word in told for word in ("未命名", "填好", "%", "0 元"))
    assert "没有表样“mine”，只能看" in run("summary", "--all").out
    assert run("check").out.startswith("没有表样“mine”，没有审核")
    opened = open_document(document_folder(strange.parent.parent, 2021, "613001"))
    listed = projects_view(DocumentView(document=opened.document, form=opened.form, index=FindingIndex.of(())), 80)
    assert [cell.text for row in listed.rows for cell in row.cells if cell.place] == sorted(files)
    assert "通过" not in [cell.text for row in listed.rows for cell in row.cells]
    assert "完成" not in [cell.text for cell in (listed.header or listed.rows[0]).cells]
    assert [cell.text for row in listed.footer for cell in row.cells] == [f"{len(files)} 个项目"]
    (figures,) = [figures_of(one, LastHands([one]), DoubledCodes()) for one in find_documents(strange.parent.parent)]
    start = start_view(StartValues(form="mof-2021"), [("d", "2021")], 80, example=False, figures={"d": figures})
    texts = [cell.text for row in start.rows for cell in row.cells]
    assert "没有表样“mine”，只能看" in texts
    assert "0.00" not in texts


def test_a_form_that_is_here_and_has_a_mistake_is_not_said_to_be_missing(run: Run, strange: Path) -> None:
    data = strange.parent.parent
    path = form_file(data, old="amount_unit =", new="amount_unitt =")
    text = path.read_text(encoding="utf-8")
    line = text[: text.index("amount_unitt")].count("\n") + 1
    fault = f"表样“mine”第 {line} 行写错了"
    opened = open_document(document_folder(data, 2021, "613001"))
    shown = DocumentView(document=opened.document, form=opened.form, index=FindingIndex.of(()))
    told = [run("summary").out, run("check").out, run("summary", "--all").out, run("show", "#1").err]
    told.append(foot_text(shown, None, ""))
    assert all(fault in one and "perftui forms" in one and "没有表样" not in one for one in told)
    assert "是不是“amount_unit”" in run("forms").err
    path.write_text("\n" + text, encoding="utf-8")
    changed = exchanged(opened.form)
    assert changed is not None
    assert changed.missing.startswith(f"表样“mine”第 {line + 1} 行")


def test_its_values_stand_under_their_own_keys(strange: Path) -> None:
    opened = open_document(document_folder(strange.parent.parent, 2021, "613001"))
    known = load_form("mof-2021").project
    assert not opened.form.is_known
    for file, record in opened.document.projects.items():
        plain = tomllib.loads((strange / file).read_text(encoding="utf-8"))
        assert record.text(("name",)) == plain["name"]
        assert record.tables["funds"] == plain["funds"]
        assert {row.id for row in record.rows("indicators")} == set(plain["indicators"])
        assert known.field(("name",)) is not None


def test_a_form_that_is_exchanged_underneath_is_noticed_by_its_content(tmp_path: Path) -> None:
    path = form_file(tmp_path)
    look_in(tmp_path)
    form = load_form("mine")
    os.utime(path, (1, 1))
    assert exchanged(form) is None
    path.write_bytes(path.read_bytes().replace("主管部门及代码".encode(), "主管部门".encode()))
    other = exchanged(form)
    assert other is not None
    assert other.project.label(("supervisor",)) == "主管部门"
    path.write_text("id = 3", encoding="utf-8")
    gone = exchanged(other)
    assert gone is not None
    assert not gone.is_known
    assert exchanged(gone) is None


def test_a_data_folders_form_goes_before_a_shipped_one_of_its_name(tmp_path: Path) -> None:
    form_file(tmp_path, "mof-2021", "项目支出绩效目标表（财政部 2021）", "本县的")
    look_in(tmp_path)
    assert load_form("mof-2021").title == "本县的"
    look_in(tmp_path / "none")
    assert load_form("mof-2021").title != "本县的"
    assert form_ids()[:1] == shipped_ids()[:1] == ("hebei-2021",)


@pytest.mark.parametrize("name", shipped_ids())
def test_shipped_definitions_obey_the_schema_and_the_checker(run: Run, name: str) -> None:
    path = SHIPPED / f"{name}.toml"
    jsonschema.validate(tomllib.loads(path.read_text(encoding="utf-8")), definition_schema())
    assert run("form", "check", str(path)).code == 0


def test_reference_and_schema_are_printed(run: Run) -> None:
    assert "- `kind` 文字：text longtext" in run("form", "reference").out
    assert json.loads(run("form", "schema").out)["properties"]["print"]
