import pytest

from perftui.files.names import is_project_file_name, safe_name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-613001-路南街道办事处部门本级", "2021-613001-路南街道办事处部门本级"),
        ("130303216F9HQOHBT7GG4", "130303216F9HQOHBT7GG4"),
        ("new-7k2fmw", "new-7k2fmw"),
        ("办公费（本级）", "办公费（本级）"),
        ("a.b_c", "a.b_c"),
        ("经费/差旅 费", "经费-差旅-费"),
        ("../../etc/passwd", "etc-passwd"),
        ("/etc/passwd", "etc-passwd"),
        ("..\\..\\x", "x"),
        (".hidden", "hidden"),
        ("-rf", "rf"),
        ("a..b", "a.b"),
        ("name.", "name"),
        ("a\x00b\nc\x1b[31m", "a-b-c-31m"),
        ("\u202etxt.exe", "txt.exe"),
        ("con", "_con"),
        ("LPT1.docx", "_LPT1.docx"),
        ("console", "console"),
        ("\ud800", "fallback"),
        ("", "fallback"),
        ("///", "fallback"),
        ("...", "fallback"),
    ],
)
def test_a_name_is_made_of_what_is_allowed(text: str, expected: str) -> None:
    assert safe_name(text, "fallback") == expected


def test_a_long_name_is_cut_between_characters() -> None:
    assert safe_name("路" * 80, "") == "路" * 33
    assert safe_name("a" + "路" * 80, "") == "a" + "路" * 32
    assert safe_name("-" * 200 + "路", "") == "路"
    assert safe_name("x" * 98 + "." + "y" * 9, "") == "x" * 98


@pytest.mark.parametrize("name", ["130303216F9HQOHBT7GG4.toml", "new-7k2fmw.toml", "培训费.toml", "a.b.toml"])
def test_a_projects_file_is_known_by_its_name(name: str) -> None:
    assert is_project_file_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "a.toml.orig", ".a.toml.swp", "#a.toml#", ".toml", "toml", "..toml", ".hidden.toml", "a b.toml", "a/b.toml",
        "a.toml~", ".a.toml.perftui-lock", ".a.toml.1-00000000-1-000000000000-000000000000.perftui-tmp", "a\x1b.toml",
    ],
)  # fmt: skip
def test_other_names_are_not_a_projects(name: str) -> None:
    assert not is_project_file_name(name)
