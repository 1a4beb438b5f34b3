"""``perftui summary``: one document at a glance, or many in figures."""

import csv
import io

from perftui.cli.arguments import Arguments, Parser, add_all_option, add_document_options
from perftui.cli.document_arguments import chosen_folders, open_told, outcome
from perftui.cli.exits import Exit
from perftui.cli.output import put, put_bytes, put_json, put_table, say
from perftui.cli.review_output import review_of
from perftui.locale import _
from perftui.model.width import Align
from perftui.session.doubled_codes import DoubledCodes
from perftui.session.last_hands import LastHands
from perftui.session.last_visit import last_visit
from perftui.session.last_year import read_last_year
from perftui.store.open import LoadedDocument
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.finding_index import FindingIndex
from perftui.viewmodel.overview import overview_of
from perftui.viewmodel.overview_grid import overview_lines
from perftui.viewmodel.summary import DocumentSummary, summary_of, summary_rows

TEXT, TABLE, JSON, CSV = FORMATS = ("text", "table", "json", "csv")
_TEXTS = 4
"""Columns of words before those of figures."""


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    add_document_options(parser)
    add_all_option(parser)
    parser.add_argument("--format", choices=FORMATS, help=_("结果的格式"))
    parser.add_argument("--json", action="store_true", help=_("一份文本的总览以 JSON 打印"))


def run(args: Arguments) -> Exit:
    """Print one document at a glance; with ``--all``, or as a table, the figures of documents."""
    if args.json or args.format == TEXT or not (args.all or args.format):
        return _overviews(args)
    return _figures(args, args.format or TABLE)


def _overviews(args: Arguments) -> Exit:
    """The overview of each document that is meant."""
    codes: list[Exit] = []
    plain = []
    folders = chosen_folders(args)
    hands = LastHands(folders)
    for folder in folders:
        opened = open_told(folder)
        codes.append(outcome(opened))
        shown = _shown(opened, hands)
        overview = overview_of(shown)
        if args.json:
            plain.append(overview.to_plain())
            continue
        for line in overview_lines(shown, overview):
            put(line)
    if args.json:
        put_json(plain if args.all else plain[0])
    return max(codes)


def _shown(opened: LoadedDocument, hands: LastHands) -> DocumentView:
    """What the screens would show of a document."""
    last = read_last_year(opened.folder, opened.form)
    return DocumentView(
        document=opened.document, form=opened.form, index=FindingIndex.of(review_of(opened).findings),
        changed_at=opened.changed_at, changed_elsewhere_at=opened.changed_at, ask_last_year=lambda: last,
        ask_last_visit=lambda: last_visit(opened.folder.folder), standing=hands.standing(opened.folder),
    )  # fmt: skip


def _figures(args: Arguments, name: str) -> Exit:
    """The figures of one document, or of all."""
    summaries: list[DocumentSummary] = []
    doubled = DoubledCodes()
    codes: list[Exit] = []
    folders = chosen_folders(args)
    hands = LastHands(folders)
    for folder in folders:
        opened = open_told(folder)
        doubled.add(opened.document, opened.form)
        unreadable, hand = len(opened.problems), hands.of(folder)
        summaries.append(summary_of(opened.document, opened.form, review_of(opened), unreadable, hand))
        codes.append(outcome(opened))
    _put(name, summaries)
    if hands.not_here:
        say(hands.not_here)
    for sentence in doubled.sentences():
        say(sentence)
    return max(codes)


def _put(name: str, summaries: list[DocumentSummary]) -> None:
    if name == JSON:
        put_json([one.to_plain() for one in summaries])
        return
    rows = summary_rows(summaries)
    if name == CSV:
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\r\n").writerows(rows)
        put_bytes(("\ufeff" + text.getvalue()).encode())
        return
    figures = len(rows[0]) - _TEXTS - 1
    left: Align = "left"
    right: Align = "right"
    put_table(rows, [*[left] * _TEXTS, *[right] * figures, left])
