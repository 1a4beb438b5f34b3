"""``perftui summary`` of one document, and ``perftui diff`` with a year."""

import json
from pathlib import Path

import pytest

from perftui.cli.exits import Exit
from tests.tui.test_overview import two_years
from tests.unit.cli.conftest import Run


def test_the_summary_of_one_document_is_its_overview(run: Run, tmp_path: Path) -> None:
    data = ["--data", str(two_years(tmp_path)), "--year", "2022"]
    told = run("summary", *data)
    assert told.code == Exit.DONE
    assert "3 个项目" in told.out
    assert "新增 1 · 结束 1 · 改名 1" in told.out
    plain = json.loads(run("summary", *data, "--json").out)
    assert plain["last_year"]["changes"] == {"new": 1, "ended": 1, "renamed": 1, "amount": 1, "text": 0}
    assert [one["even"] for one in plain["planned_by"]] == ["25.0", "50.0", "83.3", "100.0"]


def test_diff_against_a_year_lists_projects_and_amounts(run: Run, tmp_path: Path) -> None:
    data = ["--data", str(two_years(tmp_path)), "--year", "2022"]
    told = run("diff", *data, "--against", "2021")
    assert [line.split()[0] for line in told.out.splitlines()] == ["金额", "改名", "新增", "结束"]
    plain = json.loads(run("diff", *data, "--against", "2021", "--json", "--limit", "100000").out)
    assert [one["kind"] for one in plain["changes"]] == ["renamed", "new", "ended"]


def test_an_earlier_year_named_alone_is_compared_with_the_newest(run: Run, tmp_path: Path) -> None:
    data = ["--data", str(two_years(tmp_path))]
    told, against = run("diff", *data, "--year", "2021"), run("diff", *data, "--year", "2022", "--against", "2021")
    assert (told.code, told.out) == (Exit.DONE, against.out)
    assert told.err == "比的是 2022 年和 2021 年；只看 2021 年这一份改了什么：perftui diff --year 2021 HEAD\n"
    plain = run("diff", *data, "--year", "2021", "--json").out
    assert json.loads(plain) == json.loads(run("diff", *data, "--year", "2022", "--against", "2021", "--json").out)


def test_the_newest_year_or_a_version_named_is_one_document_compared_with_itself(run: Run, tmp_path: Path) -> None:
    data = ["--data", str(two_years(tmp_path))]
    assert "年和" not in run("diff", *data, "--year", "2022").err
    assert "年和" not in run("diff", *data, "--year", "2021", "HEAD").err


def test_a_year_of_no_document_is_said_with_those_there_are(run: Run, tmp_path: Path) -> None:
    told = run("diff", "--data", str(two_years(tmp_path)), "--year", "2020")
    assert (told.code, "--year 2021 --unit 613001" in told.err) == (Exit.USAGE, True)


def test_two_years_that_are_alike_are_said_to_be(run: Run, tmp_path: Path) -> None:
    data = ["--data", str(two_years(tmp_path))]
    assert run("rollover", "2023", *data, "--year", "2022").code == Exit.DONE
    told = run("diff", *data, "--year", "2023", "--against", "2022")
    assert (told.code, told.out, told.err) == (Exit.DONE, "", "和 2022 年没有不同\n")


@pytest.mark.parametrize("year", ["2020", "2022"])
def test_a_year_that_is_not_there_is_said(run: Run, tmp_path: Path, year: str) -> None:
    told = run("diff", "--data", str(two_years(tmp_path)), "--year", "2022", "--against", year)
    assert (told.code, "可以比" in told.err) == (Exit.USAGE, True)
