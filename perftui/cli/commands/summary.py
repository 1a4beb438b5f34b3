"""``perftui summary``: many documents in figures: funds by kind, the plan over the year, what is open."""

import csv
import io

from perftui.cli.arguments import Arguments, Parser, add_all_option, add_document_options
from perftui.cli.document_arguments import chosen_folders, open_told, outcome
from perftui.cli.exits import Exit
from perftui.cli.output import put_bytes, put_json, put_table, say
from perftui.cli.review_output import review_of
from perftui.locale import _
from perftui.model.width import Align
from perftui.session.last_hands import LastHands
from perftui.viewmodel.summary import DocumentSummary, summary_of, summary_rows

TABLE, JSON, CSV = FORMATS = ("table", "json", "csv")
_TEXTS = 4
"""Columns of words before those of figures."""


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    add_document_options(parser)
    add_all_option(parser)
    parser.add_argument("--format", choices=FORMATS, default=TABLE, help=_("结果的格式"))


def run(args: Arguments) -> Exit:
    """Print the figures of one document, or of all."""
    summaries: list[DocumentSummary] = []
    codes: list[Exit] = []
    folders = chosen_folders(args)
    hands = LastHands(folders)
    for folder in folders:
        opened = open_told(folder)
        unreadable, hand = len(opened.problems), hands.of(folder)
        summaries.append(summary_of(opened.document, opened.form, review_of(opened), unreadable, hand))
        codes.append(outcome(opened))
    _put(args.format, summaries)
    if hands.not_here:
        say(hands.not_here)
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
