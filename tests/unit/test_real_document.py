"""The shipped example is the real document: the reference is parsed here on its own and compared by field."""

import re
from pathlib import Path

import pytest

from perftui.forms import load_form
from perftui.model.document import Document
from perftui.model.record import Record
from perftui.store.toml.canonical import canonical
from perftui.store.toml.decode import decode
from tests.documents import import_document

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "data" / "2021" / "613001"
REFERENCE = ROOT / "tests" / "data" / "reference" / "lunan-2021.txt"
FORM = load_form("hebei-2021")
TEXT = REFERENCE.read_text(encoding="utf-8")

LEADS = {
    "主要职责是": "responsibility",
    "职责目标是": "duty_goal",
    "绩效目标是": "performance_goal",
    "绩效指标是": "indicator",
    "绩效标准：": "standard",
}
COLUMNS = ("category", "class", "name", "description", "value", "basis")
TITLE = re.compile(r"^ ?(?:\[bookmark: \w+\])?\d、(.*绩效目标表)$", re.M)
CELL = re.compile(r"^\t(.*(?:\n(?=[^\t\n ]).*)*)", re.M)


def stored_department() -> Record:
    return decode((FOLDER / "department.toml").read_bytes(), FORM.department)


def stored_projects() -> list[tuple[str, Record]]:
    files = sorted((FOLDER / "projects").iterdir())
    found = [(file.name, decode(file.read_bytes(), FORM.project)) for file in files]
    return sorted(found, key=lambda item: item[1].head["order"])


def reference_projects() -> list[tuple[str, list[str]]]:
    """Title and cells of each project, in the dump's order."""
    parts = TITLE.split(TEXT)[1:]
    return [
        (title, [cell.strip() for cell in CELL.findall(body)])
        for title, body in zip(parts[::2], parts[1::2], strict=True)
    ]


def reference_duties() -> list[dict[str, str]]:
    duties: list[dict[str, str]] = []
    for line in TEXT[: TEXT.index("（三）")].splitlines():
        lead = next((lead for lead in LEADS if line.startswith(lead)), None)
        if lead:
            duties[-1][LEADS[lead]] = line.removeprefix(lead)
        elif re.match(r"\d、", line):
            duties.append({"name": line[2:]})
    return duties


def texts(record: Record, group: str) -> list[dict[str, str]]:
    return [{key: value for key, value in row.values.items() if key != "order"} for row in record.rows(group)]


def test_the_head_of_the_department() -> None:
    assert stored_department().head == {
        "schema": 1, "form": "hebei-2021", "division": "130303", "unit_code": "613001",
        "unit_name": "路南街道办事处部门本级", "year": 2021, "status": "填报中",
    }  # fmt: skip


def test_every_text_of_the_duties() -> None:
    stored = texts(stored_department(), "duties")
    assert stored == reference_duties()
    assert len(stored) == 6
    assert stored[0]["performance_goal"].endswith("升级。。")


def test_both_safeguards() -> None:
    lines = [line.strip() for line in TEXT[TEXT.index("（三）") :].splitlines()[1:5]]
    assert texts(stored_department(), "safeguards") == [
        {"title": lines[0], "text": lines[1]},
        {"title": lines[2], "text": lines[3]},
    ]
    assert [lines[0], lines[2]] == ["关注民生，推动社会事业深入发展", "二是精细管理，城市面貌进一步提升"]
    assert lines[1].startswith("一是注重民生民计")
    assert lines[3].endswith("幸福城市。")


@pytest.mark.parametrize("index", range(7))
def test_the_head_of_a_project(index: int) -> None:
    (file, stored), (title, cells) = stored_projects()[index], reference_projects()[index]
    assert file == f"{cells[3]}.toml"
    own = {} if title == f"{cells[5]}绩效目标表" else {"title": title}
    assert stored.head == {"schema": 1, "code": cells[3], "name": cells[5], "order": (index + 1) * 1000, **own}
    assert bool(own) == (index == 4)
    other = "0.00" if cells[12] == "0" else cells[12]
    assert stored.tables["budget"] == {"total": cells[8], "fiscal": cells[10], "other": other, "purpose": cells[14]}
    points = zip(("m03", "m06", "m10", "m12"), cells[21:25], strict=True)
    assert stored.tables["plan"] == {key: text.removesuffix("%") for key, text in points if text}
    assert (stored.tables["plan"] == {}) == (index == 4)


@pytest.mark.parametrize("index", range(7))
def test_the_goals_of_a_project(index: int) -> None:
    (_file, stored), (_title, cells) = stored_projects()[index], reference_projects()[index]
    assert cells[25] == "绩效目标"
    goals = [{"text": re.sub(r"^\d\. ?", "", line).strip()} for line in cells[26].splitlines()]
    assert texts(stored, "goals") == goals


@pytest.mark.parametrize("index", range(7))
def test_the_indicators_of_a_project(index: int) -> None:
    (_file, stored), (_title, cells) = stored_projects()[index], reference_projects()[index]
    assert cells[27] == "一级指标"
    flat, category, wanted = cells[33:], "", []
    for start in range(0, len(flat), 6):
        row = dict(zip(COLUMNS, flat[start : start + 6], strict=False))  # the dump ends inside its last row
        category = row["category"] or category
        wanted.append({key: text for key, text in {**row, "category": category}.items() if text})
    assert texts(stored, "indicators") == wanted


def test_how_much_there_is() -> None:
    department, projects = stored_department(), stored_projects()
    assert (len(department.rows("duties")), len(department.rows("safeguards")), len(projects)) == (6, 2, 7)
    assert [len(record.rows("indicators")) for _file, record in projects] == [9, 9, 9, 9, 9, 9, 2]
    assert sum(len(record.rows("goals")) for _file, record in projects) == 15
    assert len(stored_projects()[0][1].head["code"]) == 20


def test_the_files_are_canonical() -> None:
    assert (FOLDER / "department.toml").read_text("utf-8") == canonical(stored_department(), FORM.department)
    for file, record in stored_projects():
        assert (FOLDER / "projects" / file).read_text("utf-8") == canonical(record, FORM.project)


def test_importing_the_reference_gives_the_same_document_ids_and_all() -> None:
    projects = {f"projects/{file}": record for file, record in stored_projects()}
    stored = Document(year=2021, unit="613001", form="hebei-2021", department=stored_department(), projects=projects)
    imported = import_document(REFERENCE.read_bytes())
    assert imported.document == stored
    assert imported.counts.left_out == {}
    assert imported.counts.rows == {"职责": 6, "保障措施": 2, "绩效目标": 15, "绩效指标": 56}
