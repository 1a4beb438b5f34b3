"""Definitions are kept read from start to start; what is kept is found by content, and never believed when damaged."""

from pathlib import Path

import pytest

from perftui.files.reading import digest
from perftui.files.xdg_dirs import cache_folder
from perftui.forms.assembly import SHIPPED
from perftui.forms.loader import plain_form
from perftui.forms.parsed_forms import keep_plain, kept_plain
from tests.conftest import RunPython

DATA = (SHIPPED / "mof-2021.toml").read_bytes()
PLAIN = plain_form(DATA.decode(), "mof-2021")


def kept_files() -> list[Path]:
    return sorted((cache_folder() / "forms").glob("*.kept"))


def test_what_was_kept_is_found_by_the_content_alone() -> None:
    assert kept_plain(digest(DATA)) is None
    keep_plain(digest(DATA), PLAIN)
    assert kept_plain(digest(DATA)) == PLAIN
    assert kept_plain(digest(DATA + b"\n")) is None


@pytest.mark.parametrize("damage", [b"", b"x", DATA])
def test_a_damaged_one_is_not_believed(damage: bytes) -> None:
    keep_plain(digest(DATA), PLAIN)
    (path,) = kept_files()
    path.write_bytes(damage)
    assert kept_plain(digest(DATA)) is None
    path.write_bytes(path.read_bytes()[:70] + damage)
    assert kept_plain(digest(DATA)) is None


def test_what_another_version_of_the_program_kept_goes() -> None:
    keep_plain(digest(DATA), PLAIN)
    (path,) = kept_files()
    path.rename(path.with_name(path.name.replace(path.name.partition("-")[2], "0000.kept")))
    keep_plain(digest(DATA), PLAIN)
    assert kept_files() == [path]


def test_a_cache_that_cannot_be_written_is_no_misfortune() -> None:
    (cache_folder() / "forms").write_text("a file")
    keep_plain(digest(DATA), PLAIN)
    assert kept_plain(digest(DATA)) is None


def test_the_second_start_neither_parses_nor_checks(run_python: RunPython) -> None:
    code = (
        "import sys; from perftui.forms import load_form; load_form('hebei-2021');"
        "print([name for name in ('tomllib', 'difflib', 'perftui.forms.consistency') if name in sys.modules])"
    )
    assert run_python(code) != "[]"
    assert run_python(code) == "[]"
