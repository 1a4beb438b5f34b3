"""DOCX files that are cut, flipped, and put together wrongly, each from a good one."""

import random
import re
import zipfile
from functools import cache
from io import BytesIO

from perftui.forms import form_ids, load_form
from tests import factories
from tests.documents import docx_of
from tests.unit.exchange.read_samples import cell, docx, para, project, row, table

_TAG = re.compile(r"<[^<>]{1,400}>")
_VALUE = re.compile(r'"[^"]{0,60}"')
_MAIN = "word/document.xml"
_ODD_VALUES = (
    "",
    "-1",
    "0",
    "1000000000",
    "999999999999999999999",
    "NaN",
    "true",
    "&#0;",
    "&x;",
    "é",
    "../../x",
    "continue",
)
_ODD_PIECES = (
    "<w:tbl>", "</w:tbl>", "<w:tc>", "</w:tc>", "<w:tr/>", "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>",
    '<w:ins w:id="1">', "</w:ins>", "<w:del>", "<w:p/>", "<w:t>", "]]>", "<![CDATA[", "<!--", "<?x",
    "&", "\0", "\ufffe",
    '<w:fldChar w:fldCharType="begin"/>', '<w:gridSpan w:val="1000000000"/>', '<w:vMerge w:val="continue"/>',
    "<!DOCTYPE x>", "<w:txbxContent>", "一级指标", "项目编码", "单位：万元", "≥" * 3000,
)  # fmt: skip


@cache
def good_documents() -> tuple[bytes, ...]:
    """What is damaged: this program's documents, and such as people's Word makes."""
    documents = ((factories.document(form_id, projects=2), load_form(form_id)) for form_id in form_ids())
    own = tuple(docx_of(document, form) for document, form in documents)
    old = "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
    tracked = f'<w:ins w:id="1" w:author="x"><w:r><w:t>改</w:t></w:r></w:ins>{old}'
    inside = table(row("项目名称", "乙"), row("绩效目标", "1. 甲；2. 乙"))
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
    nested = table(row(cell("项目编码", table(row("内", "外"))), "x", cell("合并", span=3)))
    return (*own, docx(project() + para(tracked) + control + nested), docx(project() + project(name="乙")))


def damaged(rng: random.Random) -> tuple[str, bytes]:
    """One of them, damaged in one way, and the name of that."""
    data = rng.choice(good_documents())
    kind = rng.choice(("cut", "flipped", "xml", "zip"))
    return kind, {"cut": _cut, "flipped": _flipped, "xml": _mixed_up, "zip": _badly_packed}[kind](data, rng)


def _cut(data: bytes, rng: random.Random) -> bytes:
    if rng.random() < 0.5:
        return data[: rng.randrange(len(data))]
    start = rng.randrange(len(data))
    return data[:start] + data[start + rng.randint(1, 4000) :]


def _flipped(data: bytes, rng: random.Random) -> bytes:
    """Bits changed in the file, or in its main part before it is packed, so that the sum is right."""
    if rng.random() < 0.5:
        parts = _parts(data)
        return _packed({**parts, _MAIN: _with_flips(parts[_MAIN], rng)}, rng)
    return _with_flips(data, rng)


def _with_flips(data: bytes, rng: random.Random) -> bytes:
    made = bytearray(data)
    for _time in range(rng.choice((1, 2, 8, 60))):
        at = rng.randrange(len(made))
        made[at] ^= 1 << rng.randrange(8)
    return bytes(made)


def _mixed_up(data: bytes, rng: random.Random) -> bytes:
    """Tags dropped, doubled, moved and put in, values changed, in the main part or another one."""
    parts = _parts(data)
    name = _MAIN if rng.random() < 0.8 else rng.choice(sorted(parts))
    text = parts[name].decode("utf-8", "replace")
    for _time in range(rng.choice((1, 3, 12))):
        text = _one_change(text, rng)
    return _packed({**parts, name: text.encode("utf-8", "surrogatepass")}, rng)


def _one_change(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text) + 1)
    what = rng.randrange(6)
    tag = _TAG.search(text, at)
    if what == 0 or tag is None:
        return text[:at] + rng.choice(_ODD_PIECES) + text[at:]
    if what == 1:
        return text[: tag.start()] + text[tag.end() :]
    if what == 2:
        return text[: tag.end()] + tag[0] * rng.choice((1, 5, 400)) + text[tag.end() :]
    if what == 3:
        to = rng.randrange(tag.start() + 1)
        return text[:to] + tag[0] + text[to : tag.start()] + text[tag.end() :]
    if what == 4:
        return text[: tag.end()] + rng.choice(_ODD_PIECES) + text[tag.end() :]
    value = _VALUE.search(text, at)
    return text if value is None else f'{text[: value.start()]}"{rng.choice(_ODD_VALUES)}"{text[value.end() :]}'


def _badly_packed(data: bytes, rng: random.Random) -> bytes:
    """Parts dropped, doubled, renamed and swapped; the zip's own numbers changed."""
    parts = _parts(data)
    what = rng.randrange(5)
    name = rng.choice(sorted(parts))
    if what == 0:
        del parts[name]
    elif what == 1:
        parts[rng.choice(("../../x", "/etc/x", "C:\\x", "x" * 500, "word/vbaProject.bin", "word/Document.xml"))] = (
            parts[name]
        )
    elif what == 2:
        other = rng.choice(sorted(parts))
        parts[name], parts[other] = parts[other], parts[name]
    elif what == 3:
        parts[name] = rng.choice((b"", b"\0" * 3_000_000, rng.randbytes(500), parts[name] * 3))
    made = bytearray(_packed(parts, rng))
    if what == 4:
        marks = [at for mark in (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06") for at in _places(made, mark)]
        for _time in range(rng.choice((1, 4))):
            at = rng.choice(marks) + rng.randrange(4, 46)
            if at < len(made):
                made[at] = rng.choice((0, 1, 0x7F, 0xFF, rng.randrange(256)))
    return bytes(made)


def _places(data: bytes | bytearray, wanted: bytes) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(wanted), data)]


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes], rng: random.Random) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()
