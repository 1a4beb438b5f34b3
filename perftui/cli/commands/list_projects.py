"""``perftui list``: the projects of a document, a line each."""

from collections import Counter
from typing import Any

from perftui.cli.arguments import Arguments, Parser, add_all_option, add_document_options
from perftui.cli.document_arguments import chosen_folders, open_told, outcome, tell_doubled
from perftui.cli.exits import Exit
from perftui.cli.output import put, put_columns, put_json, say
from perftui.cli.review_output import review_of, say_settings
from perftui.forms import Role
from perftui.forms.computed_fields import value_of
from perftui.forms.glosses import glossed
from perftui.locale import _
from perftui.model.document import file_stem
from perftui.model.money import print_amount
from perftui.model.record import FieldPath, Record, format_path
from perftui.model.width import Align
from perftui.review.engine import Review
from perftui.review.finding import Severity
from perftui.session.last_hands import LastHands
from perftui.store.open import LoadedDocument

_NONE: Counter[Severity] = Counter()


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    add_document_options(parser)
    add_all_option(parser)
    parser.add_argument("--json", action="store_true", help=_("以 JSON 打印"))


def run(args: Arguments) -> Exit:
    """Print the projects of one document, or of all, in reading order."""
    folders = chosen_folders(args)
    reviewed = [(opened, review_of(opened)) for opened in map(open_told, folders)]
    hands = LastHands(folders)
    if args.json:
        plain = [_plain(opened, review, hands) for opened, review in reviewed]
        put_json(plain if args.all else plain[0])
    else:
        for opened, review in reviewed:
            _put(opened, review, hands, titled=args.all)
    for _opened, review in reviewed:
        say_settings(review)
    if hands.not_here:
        say(hands.not_here)
    tell_doubled(opened for opened, _review in reviewed)
    for name in hands.unmerged:
        say(_("{name} 两边都改了，还没有说用哪一边的：perftui share 会问").format(name=name))
    return max(outcome(opened) for opened, _review in reviewed)


def _put(opened: LoadedDocument, review: Review, hands: LastHands, *, titled: bool) -> None:
    if titled:
        put(f"{opened.document.year} {opened.document.unit}")
    if opened.document.projects:
        _put_table(opened, review, hands)
    else:
        say(_("还没有项目") if opened.form.has_projects else _("这个表样没有项目，只有部门的表"))
    if waiting := hands.in_short(opened.folder):
        say(waiting)


def _columns(opened: LoadedDocument, review: Review) -> list[list[str]]:
    """What is told of each project, column by column."""
    records, spec = list(opened.document.projects.values()), opened.form.project
    code, name = spec.path_of(Role.CODE), spec.path_of(Role.NAME)
    names = [[record.text(name) if name else file_stem(file) for file, record in opened.document.projects.items()]]
    if code:
        names.insert(0, [record.text(code) or file_stem(file) for file, record in opened.document.projects.items()])
    unit = opened.form.amount_unit_of(opened.document.department)
    amounts = [
        [print_amount(value_of(spec, record, path), unit) for record in records] for path, _label in _amounts(opened)
    ]
    counts = _counts(review)
    marks = [_marks(counts.get(file, _NONE)) for file in opened.document.projects]
    return [list(map(str, range(1, len(records) + 1))), *names, *amounts, marks]


def _amounts(opened: LoadedDocument) -> list[tuple[FieldPath, str]]:
    """The paths of the form's amounts, and their labels: with their group's where two groups have the same."""
    spec = opened.form.project
    return [(path, spec.label(path)) for group in spec.amounts for path in map(group.path, group.amounts)]


def _counts(review: Review) -> dict[str, Counter[Severity]]:
    """How many findings are open in each file that has any."""
    found: dict[str, Counter[Severity]] = {}
    for finding in review.findings:
        if finding.is_open:
            found.setdefault(finding.location.file, Counter())[finding.severity] += 1
    return found


def _put_table(opened: LoadedDocument, review: Review, hands: LastHands) -> None:
    amounts = _amounts(opened)
    code = [_("编码")] if opened.form.project.path_of(Role.CODE) else []
    head = ["#", *code, _("名称"), *(glossed(opened.form, label) for _path, label in amounts), _("审核")]
    columns = [[title, *column] for title, column in zip(head, _columns(opened, review), strict=True)]
    last = [hands.of(opened.folder, file) for file in opened.document.projects]
    columns += [[_("最后经手"), *last]] if any(last) else []
    left: Align = "left"
    right: Align = "right"
    aligns = [right, *[left] * (len(head) - len(amounts) - 2), *[right] * len(amounts), left, left]
    put_columns(columns, aligns[: len(columns)])


def _marks(counts: Counter[Severity]) -> str:
    """Findings in short: 错2 警1."""
    if not counts:
        return ""
    signs = ((Severity.ERROR, _("错")), (Severity.WARNING, _("警")), (Severity.HINT, _("提")))
    return " ".join(f"{sign}{counts[severity]}" for severity, sign in signs if counts[severity])


def _plain(opened: LoadedDocument, review: Review, hands: LastHands) -> dict[str, Any]:
    counts = _counts(review)
    projects = [
        _plain_project(opened, counts.get(file, _NONE), number, file, record)
        | {"last_hand": hands.of(opened.folder, file) or None}
        for number, (file, record) in enumerate(opened.document.projects.items(), 1)
    ]
    problems = [{"file": one.file, "line": one.line, "reason": one.reason} for one in opened.problems]
    return {
        "year": opened.document.year,
        "unit": opened.document.unit,
        "form": opened.form.id,
        "projects": projects,
        "problems": problems,
        "git": hands.waiting(opened.folder),
    }


def _plain_project(
    opened: LoadedDocument, counts: Counter[Severity], number: int, file: str, record: Record
) -> dict[str, Any]:
    spec = opened.form.project
    return {
        "number": number,
        "file": file,
        "code": spec.text_of(record, Role.CODE) or None,
        "name": spec.text_of(record, Role.NAME) or None,
        "amounts": {format_path(path): value_of(spec, record, path) or None for path, _label in _amounts(opened)},
        "findings": {severity.word: counts[severity] for severity in sorted(Severity, reverse=True)}
        if opened.form.is_known
        else None,
    }
