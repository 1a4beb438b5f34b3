"""Where an export goes, when it must not replace what is there, and the line that copies it home."""

import fcntl
from pathlib import Path

import pytest

from perftui.forms import load_form
from perftui.session.export import export_document
from perftui.session.export_target import (
    OpenTarget,
    ReadOnlyTarget,
    copy_line,
    export_name,
    exports_folder,
    require_free,
)
from tests import factories

FORM = load_form("hebei-2021")


def test_the_folder_lies_beside_the_data_folder(tmp_path: Path) -> None:
    assert exports_folder(tmp_path / "data") == tmp_path / "exports"


def test_the_name_is_safe_whatever_the_unit_is_called() -> None:
    assert export_name(factories.document(), FORM) == "2021-613001-路南街道办事处部门本级.docx"
    hostile = factories.document(unit_name="../../etc/\x1b[31m路/南\n" + "长" * 200)
    name = export_name(hostile, FORM)
    assert "/" not in name
    assert name.isprintable()
    assert len(name.encode()) <= 110
    assert export_name(factories.document(unit_name=None), FORM) == "2021-613001.docx"


def test_a_part_or_a_draft_never_takes_the_wholes_name() -> None:
    document = factories.document(projects=3)
    files = list(document.projects)
    names = {
        export_name(document, FORM),
        export_name(document, FORM, files[:1]),
        export_name(document, FORM, files[:2]),
        export_name(document, FORM, draft=True),
    }
    assert len(names) == 4
    assert "2021-613001-路南街道办事处部门本级-街道工作者补助.docx" in names


def test_a_read_only_document_stays(tmp_path: Path) -> None:
    target = tmp_path / "a.docx"
    target.write_bytes(b"kept")
    target.chmod(0o444)
    with pytest.raises(ReadOnlyTarget, match=r"a\.docx 是只读的"):
        export_document(factories.document(), FORM, target)
    assert target.read_bytes() == b"kept"


@pytest.mark.parametrize("lock", ["~$21-文本.docx", "~$2021-文本.docx", ".~lock.2021-文本.docx#"])
def test_a_document_that_word_holds_open_stays(tmp_path: Path, lock: str) -> None:
    target = tmp_path / "2021-文本.docx"
    target.write_bytes(b"kept")
    (tmp_path / lock).touch()
    with pytest.raises(OpenTarget) as refused:
        export_document(factories.document(), FORM, target)
    assert lock in str(refused.value)
    assert target.read_bytes() == b"kept"
    (tmp_path / lock).unlink()
    require_free(target)


def test_a_locked_document_stays(tmp_path: Path) -> None:
    target = tmp_path / "a.docx"
    target.write_bytes(b"kept")
    with target.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_SH)
        with pytest.raises(OpenTarget, match="正在别的程序里打开着"):
            require_free(target)
    require_free(target)


@pytest.mark.parametrize(
    ("connection", "start"),
    [
        ("10.0.0.9 50000 10.0.0.5 22", "@10.0.0.5:'/数 据/a.docx' ."),
        ("fe80::9 50000 2001:db8::5 22", "@[2001:db8::5]:'/数 据/a.docx' ."),
    ],
)
def test_the_line_that_copies_it_home(connection: str, start: str) -> None:
    line = copy_line(Path("/数 据/a.docx"), {"SSH_CONNECTION": connection})
    assert line.startswith("scp ")
    assert line.endswith(start)


def test_another_port_and_a_quote_in_the_path() -> None:
    line = copy_line(Path("/a'b.docx"), {"SSH_CONNECTION": "10.0.0.9 5 10.0.0.5 2222"})
    assert line.startswith("scp -P 2222 ")
    assert line.endswith(":'/a'\\''b.docx' .")
    assert "-P" not in copy_line(Path("/a.docx"), {})
