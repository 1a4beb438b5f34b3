"""``export`` as a person uses it: drafts, final documents, stamps, pipes, PDF."""

import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from perftui.model.document import Document
from perftui.model.record import CONFLICTS, Row
from perftui.review.engine import review
from perftui.session.review_settings import accept_findings, read_settings
from perftui.store.folder import find_documents
from perftui.store.open import open_document
from tests import factories
from tests.conftest import ROOT
from tests.programs import require
from tests.unit.cli.conftest import Run, write
from tests.unit.exchange.style_samples import HEADER, office_file


def part(path: Path, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode()


def accept_all(data: Path) -> None:
    folder = find_documents(data)[0]
    opened = open_document(folder)
    settings = read_settings(folder)
    for finding in review(opened.document, opened.form):
        settings = accept_findings(folder, settings, [finding], "已核对", "张三")


def test_it_says_how_many_findings_are_open(run: Run, real: Path) -> None:
    ran = run("export")
    assert ran.code == 0
    assert "错误 37 · 警告 82 · 提示 14" in ran.err
    assert "scp " in ran.err
    assert ran.out == f"{Path('exports').resolve()}/2021-613001-路南街道办事处部门本级.docx\n"


def test_a_draft_is_marked_and_lists_what_is_open(run: Run, real: Path) -> None:
    path = Path(run("export", "--draft").out.strip())
    assert path.name == "2021-613001-路南街道办事处部门本级-草稿.docx"
    text = part(path)
    assert text.count("（草稿）") == 1
    listed = text[text.rindex("审核意见") :]
    assert listed.count("<w:tbl>") == 1
    assert listed.count(">错误 I010<") == 1, "grouped as check groups them"
    assert "TableSmall" in listed


def test_a_final_document_waits_until_every_error_is_accepted(run: Run, real: Path) -> None:
    assert run("export", "--final").code == 1
    assert not Path("exports").exists()
    accept_all(real.parent.parent)
    ran = run("export", "--final")
    assert (ran.code, ran.err.count("还有问题")) == (0, 0)


def test_no_final_document_is_made_of_a_conflict(run: Run, tmp_path: Path) -> None:
    document = factories.document(projects=2)
    file = next(iter(document.projects))
    row = Row(id="a", values={"field": "name", "base": "甲", "ours": "乙", "theirs": "丙", "theirs_by": "李四"})
    write(tmp_path, document.with_record(file, document.projects[file].with_row(CONFLICTS, row)))
    ran = run("export", "--final", "-o", "a.docx")
    assert ran.code == 1
    assert "还有 1 个错误没有处理或接受" in ran.err
    assert not Path("a.docx").exists()
    assert run("export", "--final", "#2", "-o", "a.docx").code == 0


def test_some_projects_are_printed_with_their_numbers(run: Run, real: Path) -> None:
    path = Path(run("export", "#2", "#4").out.strip())
    assert path.name.endswith("-2个项目.docx")
    text = part(path)
    assert [number for number in range(1, 8) if f">{number}、" in text] == [2, 4]


def test_the_pages_for_a_larger_document_have_no_cover_and_no_contents(run: Run, real: Path) -> None:
    whole, bare = (part(Path(run("export", *words).out.strip())) for words in ((), ("--no-front", "-o", "b.docx")))
    assert "目录" in whole
    assert "目录" not in bare
    assert "第一部分" in bare
    assert "CoverTitle" not in bare


def test_remarks_stand_in_the_margin_and_the_file_has_a_name_of_its_own(run: Run, real: Path) -> None:
    path = Path(run("export", "--remarks").out.strip())
    assert path.name == "2021-613001-路南街道办事处部门本级-批注.docx"
    assert part(path, "word/comments.xml").count("<w:comment ") == 37 + 82 + 14
    assert part(path).count("<w:commentReference ") == 37 + 82 + 14


def test_it_says_the_size_and_how_to_fetch_it_with_putty_and_winscp(run: Run, real: Path) -> None:
    said = run("export", "-o", "a b.docx").err
    assert " KB）" in said
    assert f':"{Path("a b.docx").resolve()}" .' in said
    assert f"打开文件夹 {Path().resolve()}" in said


# ---- stamps


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, encoding="utf-8")
    return done.stdout.strip()


def test_a_stamp_says_the_data_and_the_commit(run: Run, real: Path, tmp_path: Path) -> None:
    def stamp() -> str:
        assert run("export", "--stamp", "-o", "a.docx").code == 0
        foot = part(Path("a.docx"), "word/footerOdd.xml")
        assert foot.count("<w:p>") == 2
        assert part(Path("a.docx"), "word/footerBlank.xml").count("校验") == 0
        return foot.rpartition('preserve">')[2].partition("<")[0]

    alone = stamp()
    assert alone == f"校验 {run('export', '--digest').out[:10]}"
    git(tmp_path, "init", "-q")
    assert stamp() == alone
    git(tmp_path, "add", "data")
    git(tmp_path, "commit", "-q", "-m", "a")
    assert stamp() == f"版本 {git(tmp_path, 'rev-parse', '--short=10', 'HEAD')} {alone}"
    assert run("set", "#1", "plan.m03=33").code == 0
    changed = stamp()
    assert changed.partition(" 校验 ")[0].endswith("+")
    assert not changed.endswith(alone)
    assert run("export", "-o", "b.docx").code == 0
    assert part(Path("b.docx"), "word/footerOdd.xml").count("<w:p>") == 1


def test_the_digest_is_printed_and_nothing_is_written(run: Run, real: Path, tmp_path: Path) -> None:
    first = run("export", "--digest")
    assert (first.code, len(first.out.strip())) == (0, 64)
    assert list(tmp_path.rglob("*.docx")) == []
    assert run("export", "--digest").out == first.out
    assert run("export", "--digest", "#1").out != first.out
    assert run("set", "#1", "plan.m03=33").code == 0
    assert run("export", "--digest").out != first.out


# ---- pipes


def piped(tmp_path: Path, *words: str, **environment: str) -> bytes:
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    command = [sys.executable, "-m", "perftui", "export", "-o", "-", *words]
    return subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, check=True, timeout=60).stdout


def test_a_pipe_gets_the_same_bytes_as_a_file(run: Run, real: Path, tmp_path: Path) -> None:
    assert run("export", "-o", "a.docx").code == 0
    assert piped(tmp_path) == Path("a.docx").read_bytes()


def test_the_same_data_gives_the_same_bytes_wherever_it_is_exported(real: Path, tmp_path: Path) -> None:
    """Whatever the zone, the seed, the language, the umask, the folder and the files' times are."""
    other = tmp_path / "elsewhere" / "deeper"
    other.mkdir(parents=True)
    before = piped(tmp_path, "--stamp", TZ="Asia/Shanghai", PYTHONHASHSEED="1")
    os.rename(tmp_path / "data", other / "data")
    for path in other.rglob("*.toml"):
        os.utime(path, (0, 0))
    umask = os.umask(0o027)
    try:
        after = piped(
            other, "--stamp", TZ="America/New_York", PYTHONHASHSEED="2", LC_ALL="C", LANG="C", PERFTUI_LANG="en",
            USER="somebody", LOGNAME="somebody", HOME=str(other),
        )  # fmt: skip
    finally:
        os.umask(umask)
    assert after == before
    with zipfile.ZipFile(BytesIO(after)) as package:
        everything = b"".join(package.read(name) for name in package.namelist())
    for word in (str(tmp_path).encode(), b"elsewhere", b"somebody", b"root", os.uname().nodename.encode()):
        assert word not in everything
    for tag in (b"creator", b"lastModifiedBy", b"created", b"modified", b"w:rsid", b"<w:author", b"thumbnail"):
        assert tag not in everything


# ---- PDF


def test_a_pdf_stands_beside_the_document_or_alone(run: Run, tmp_path: Path) -> None:
    require("soffice")
    write(tmp_path, factories.document(projects=1))
    ran = run("export", "--pdf")
    docx, pdf = map(Path, ran.out.split())
    assert (docx.suffix, pdf.suffix) == (".docx", ".pdf")
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert run("export", "-o", "alone.pdf").out == f"{Path('alone.pdf').resolve()}\n"
    assert not Path("alone.docx").exists()
    assert not Path("alone.pdf").is_dir()


def test_without_libreoffice_the_document_is_made_and_a_sentence_says_what_is_missing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, factories.document(projects=1))
    monkeypatch.setenv("PATH", str(tmp_path))
    ran = run("export", "--pdf")
    assert ran.code == 3
    assert "没有安装 LibreOffice" in ran.err
    assert Path(ran.out.strip()).suffix == ".docx"


def test_a_read_only_target_is_a_sentence(run: Run, tmp_path: Path) -> None:
    write(tmp_path, factories.document(projects=1))
    Path("a.docx").write_bytes(b"kept")
    Path("a.docx").chmod(0o444)
    ran = run("export", "-o", "a.docx")
    assert (ran.code, ran.out) == (3, "")
    assert "a.docx 是只读的" in ran.err
    assert Path("a.docx").read_bytes() == b"kept"


def test_a_difference_in_the_proof_is_exit_3(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from perftui.exchange import docx_writer

    document: Document = factories.document(projects=1)
    write(tmp_path, document)
    original = docx_writer.run
    monkeypatch.setattr(docx_writer, "run", lambda text, **source: original(text.replace("补", "朴"), **source))
    ran = run("export")
    assert ran.code == 3
    assert "读回来不一样" in ran.err
    assert list(Path("exports").iterdir()) == [] if Path("exports").exists() else True


@pytest.mark.parametrize("name", ["文本.txt", "a.doc", "a.xls"])
def test_a_file_of_another_kind_is_refused_and_not_made_a_folder(run: Run, real: Path, name: str) -> None:
    ran = run("export", "-o", name)
    assert (ran.code, ran.out) == (2, "")
    assert f"{name} 不是 .docx、.pdf 或 .xlsx，没有导出" in ran.err
    assert not Path(name).exists()


def test_a_folder_may_have_a_dot_in_its_name(run: Run, real: Path) -> None:
    Path("v1.old").mkdir()
    assert run("export", "-o", "v1.old").out.startswith(str(Path("v1.old").resolve()))
    assert run("export", "-o", "2021.12").out.startswith(str(Path("2021.12").resolve()))


def test_a_workbook_is_written_and_imported_as_the_same_records(run: Run, real: Path) -> None:
    ran = run("export", "--xlsx")
    path = Path(ran.out.strip())
    assert path.name == "2021-613001-路南街道办事处部门本级.xlsx"
    assert "scp " in ran.err
    assert run("import", str(path), "--data", "again").code == 0
    assert run("diff", str(real), "again/2021/613001").out == ""


def test_a_workbook_goes_where_its_name_or_a_pipe_says(run: Run, real: Path) -> None:
    assert run("export", "#1", "-o", "一个.xlsx").out == f"{Path('一个.xlsx').resolve()}\n"
    ran = run("export", "--xlsx", "-o", "文本.docx")
    assert (ran.code, Path("文本.docx").exists()) == (2, False)


def test_an_offices_own_file_gives_the_looks(run: Run, real: Path, tmp_path: Path) -> None:
    (tmp_path / "样式.docx").write_bytes(office_file())
    ran = run("export", "--style", "样式.docx", "--draft")
    assert ran.code == 0
    assert "请在 Word 里点目录，按 F9 更新页码" in ran.err
    path = Path(ran.out.strip())
    assert HEADER in part(path, "word/styleHeader1.xml")
    assert "草稿" in part(path, "word/styleFooter2.xml")
    assert run("import", str(path), "--dry-run").code == 0


def test_the_offices_file_is_never_the_one_that_is_written(run: Run, real: Path, tmp_path: Path) -> None:
    usual, before = Path(run("export").out.strip()), office_file()
    (tmp_path / "样式.docx").write_bytes(before)
    usual.write_bytes(before)
    for style, words in (("样式.docx", ("-o", "./样式.docx")), (str(usual), ())):
        ran = run("export", "--style", style, *words)
        assert ran.code == 3
        assert "会盖掉样式文件" in ran.err
        assert Path(style).read_bytes() == before


def test_a_file_that_gives_no_looks_is_refused_and_nothing_is_written(run: Run, real: Path, tmp_path: Path) -> None:
    (tmp_path / "样式.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    for name, why in (("样式.docx", "加了密码"), ("没有.docx", "没有.docx")):
        ran = run("export", "--style", name)
        assert ran.code != 0
        assert why in ran.err
    assert run("export", "--style", "样式.docx", "--xlsx").code == 2
    assert not Path("exports").exists()
