"""Documents as dense in findings as the real one: its own projects, again and again under other codes and names."""

import re
import shutil
from pathlib import Path

from perftui.files.names import is_project_file_name
from perftui.store.folder import DocumentFolder, document_folder

_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_COMMENT = "# 与财政局核对过的数\n"


def write(original: Path, data: Path, count: int, *, commented: bool = False) -> DocumentFolder:
    """Write so many projects made of those of ``original``, a document's folder; ``commented``: a comment in each."""
    year, unit = int(original.parent.name), original.name
    folder = document_folder(data, year, unit)
    folder.path("projects").mkdir(parents=True, exist_ok=True)
    shutil.copy(original / "department.toml", folder.path("department.toml"))
    projects = sorted((original / "projects").iterdir())
    texts = [(path.stem, path.read_text(encoding="utf-8")) for path in projects if is_project_file_name(path.name)]
    for number in range(count):
        code, text = texts[number % len(texts)]
        name = code if number < len(texts) else _code(code, number)
        text = _numbered(text.replace(code, name, 1), number + 1)
        text = text.replace("[budget]", f"{_COMMENT}[budget]", 1) if commented else text
        folder.path(f"projects/{name}.toml").write_text(text, encoding="utf-8")
    return folder


def _numbered(text: str, number: int) -> str:
    """A project's text with a number behind its name, and its place in the list."""
    lines = text.split("\n")
    found = []
    for line in lines[: lines.index("[budget]")]:
        if line.startswith("name = "):
            line = f'{line[:-1]}（{number:05d}）"'
        elif line.startswith("order = "):
            line = f"order = {number * 1000}"
        found.append(line)
    return "\n".join([*found, *lines[len(found) :]])


def _code(code: str, number: int) -> str:
    """A code of the same office whose end is another for every number."""
    end = ""
    for _place in range(6):
        number, place = divmod(number, len(_ALPHABET))
        end = _ALPHABET[place] + end
    return f"{code[:-6]}{end}"


def lengthen(projects: Path, count: int) -> None:
    """Leave the first of some projects alone, with so many rows of indicators made of its own."""
    first, *others = sorted(projects.glob("*.toml"))
    for other in others:
        other.unlink()
    head, *rows = re.split(r"(?m)^(?=\[indicators\.)", first.read_text(encoding="utf-8"))
    made = [_as_row(rows[number % len(rows)], number, again=number >= len(rows)) for number in range(count)]
    first.write_text(head + "".join(made), encoding="utf-8")


def _as_row(text: str, number: int, *, again: bool) -> str:
    """A row under an id and at a place of its own; ``again``: with a number behind its name."""
    row_id = _code("......", number).lower()
    text = re.sub(r"^\[indicators\.\w+\]", f"[indicators.{row_id}]", text)
    text = re.sub(r"(?m)^order = .*$", f"order = {(number + 1) * 1000}", text)
    return re.sub(r'(?m)^name = "(.*)"$', rf'name = "\g<1>{number}"', text) if again else text
