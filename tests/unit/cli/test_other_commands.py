"""``import``, ``rollover``, ``schema``, ``keys``, and ``check`` in its other formats and of Word documents."""

import csv
import io
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from perftui.cli.exits import Exit
from perftui.cli.main import main
from perftui.tui.commands import COMMANDS
from perftui.tui.state.settings_file import remember
from tests import factories
from tests.conftest import ROOT
from tests.factories import FORMS
from tests.unit.cli.conftest import Run, write


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.toml"))}


@pytest.mark.parametrize("form", FORMS)
def test_what_is_exported_is_imported_again(run: Run, tmp_path: Path, form: str) -> None:
    folder = write(tmp_path, factories.document(form, projects=2))
    run("export", "-o", "a.docx")
    dry = run("import", "a.docx", "--data", "again", "--dry-run")
    assert dry.code == Exit.DONE
    assert "读到 2 个项目" in dry.err
    assert not (tmp_path / "again").exists()
    ran = run("import", "a.docx", "--data", "again", "--as", "2022", "--unit", "613001")
    assert ran.code == Exit.DONE
    assert ran.out.endswith("again/2022/613001\n")
    assert len(files(tmp_path / "again/2022/613001")) == len(files(folder))
    again = run("import", "a.docx", "--data", "again", "--as", "2022", "--unit", "613001")
    assert (again.code, "已经有了" in again.err) == (Exit.USAGE, True)


def test_the_real_document_comes_back_as_it_was(run: Run, real: Path, tmp_path: Path) -> None:
    run("export", "-o", "a.docx")
    run("import", "a.docx", "--data", "again")
    assert files(tmp_path / "again/2021/613001") == files(real)


def test_what_cannot_be_imported_is_a_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK nothing")
    (tmp_path / "b.txt").write_text("没有表格", encoding="utf-8")
    assert run("import", "a.docx").code == Exit.REFUSED
    assert run("import", "b.txt").code == Exit.REFUSED
    assert run("import", "c.docx").code == Exit.USAGE
    assert not (tmp_path / "data").exists()


def test_import_reads_stdin(run: Run, real: Path, tmp_path: Path) -> None:
    run("export", "-o", "a.docx")
    argv = [sys.executable, "-m", "perftui", "import", "-", "--dry-run"]
    with (tmp_path / "a.docx").open("rb") as document:
        done = subprocess.run(
            argv, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, stdin=document, capture_output=True, check=False
        )
    assert done.returncode == Exit.DONE
    assert "读到 7 个项目" in done.stderr.decode()


def test_a_word_document_is_checked_without_being_imported(run: Run, real: Path, tmp_path: Path) -> None:
    run("export", "-o", "a.docx")
    ran = run("check", "a.docx")
    assert (ran.code, ran.out) == (Exit.FINDINGS, run("check").out)


# ---- check in other formats


def test_check_as_json_and_sarif(run: Run, real: Path, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    plain = json.loads(run("check", "--format", "json").out)
    assert plain["counts"]["error"] == 37
    (result, *_rest) = json.loads(run("check", "--format", "sarif", "--select", "C001").out)["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "data/2021/613001/projects/130303213IMBOCSFWWM1.toml"
    assert place["region"]["startLine"] == 3


def test_check_as_csv_and_xlsx_has_a_row_a_finding(
    real: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--format", "csv"]) == Exit.FINDINGS
    rows = list(csv.reader(io.StringIO(capfdbinary.readouterr().out.decode("utf-8-sig"))))
    assert main(["check", "--format", "xlsx"]) == Exit.FINDINGS
    sheet = openpyxl.load_workbook(io.BytesIO(capfdbinary.readouterr().out)).active
    assert sheet is not None
    assert len(rows) == sheet.max_row > 100


def test_one_document_at_a_time_in_other_formats(run: Run, real: Path) -> None:
    run("rollover", "2022")
    assert run("check", "data", "--format", "xlsx").code == Exit.USAGE
    ran = run("check", "data")
    assert (ran.code, ran.out.startswith("2022 613001\n")) == (Exit.FINDINGS, True)


# ---- rollover, schema, keys


def test_rollover_makes_next_years_document(run: Run, real: Path, tmp_path: Path) -> None:
    run("set", "部门", "approved_total=5", "status=同意")
    ran = run("rollover", "2022")
    assert (ran.code, ran.out) == (Exit.DONE, "data/2022/613001\n")
    folder = tmp_path / "data/2022/613001"
    department = tomllib.loads((folder / "department.toml").read_text(encoding="utf-8"))
    assert (department["year"], department["status"], "approved_total" in department) == (2022, "填报中", False)
    listed = json.loads(run("list", "--json", "--year", "2022").out)["projects"]
    old = json.loads(run("list", "--json", "--year", "2021").out)["projects"]
    assert [one["name"] for one in listed] == [one["name"] for one in old]
    assert {one["code"] for one in listed} == {None}
    project = tomllib.loads((folder / listed[0]["file"]).read_text(encoding="utf-8"))
    assert project["origin"] == old[0]["file"]
    assert run("format", "--check", "--year", "2022").code == Exit.DONE
    assert "total" not in project["budget"]
    assert run("rollover", "2022", "--year", "2021").code == Exit.USAGE
    assert run("rollover", "22", "--year", "2021").code == Exit.USAGE


def test_rollover_copies_amounts_where_the_persons_settings_say_so(run: Run, real: Path, tmp_path: Path) -> None:
    remember("rollover_amounts", '"copy"')
    run("rollover", "2022")
    run("rollover", "2023", "--year", "2021", "--amounts", "blank")
    total, copied, blank = (
        [project.get("budget", {}).get("total") for project in map(tomllib.loads, texts)]
        for texts in (
            [
                path.read_text(encoding="utf-8")
                for path in sorted((tmp_path / "data" / year / "613001/projects").iterdir())
            ]
            for year in ("2021", "2022", "2023")
        )
    )
    assert sorted(map(str, total)) == sorted(map(str, copied))
    assert blank == [None] * 7


def test_rollover_refuses_while_a_file_cannot_be_read(run: Run, real: Path, tmp_path: Path) -> None:
    (real / "projects" / "A.toml").write_text("x", encoding="utf-8")
    assert run("rollover", "2022").code == Exit.REFUSED
    assert not (tmp_path / "data/2022").exists()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("words", [[], ["--department"]], ids=["project", "department"])
def test_the_schema_takes_the_forms_files_and_refuses_others(
    run: Run, form: str, words: list[str], tmp_path: Path
) -> None:
    schema = json.loads(run("schema", "--form", form, *words).out)
    folder = write(tmp_path, factories.document(form, projects=1))
    path = folder / "department.toml" if words else next((folder / "projects").iterdir())
    plain = tomllib.loads(path.read_text(encoding="utf-8"))
    jsonschema.validate(plain, schema)
    key = "unit_name" if words else "name"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**plain, key: 5}, schema)


def test_the_schema_refuses_a_number_that_is_no_amount(run: Run) -> None:
    schema = json.loads(run("schema").out)
    for wrong in ("1,000.00", "12万", 5):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({"budget": {"total": wrong}}, schema)


def test_the_key_sheet_has_every_command(run: Run) -> None:
    printed = run("keys").out
    assert all(command.label in printed for command in COMMANDS)
    assert "F9 " in printed
