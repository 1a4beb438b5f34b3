"""The form that a command line means, also one of the data folder or of the person's own."""

from pathlib import Path

from perftui.cli.arguments import Arguments, Parser, add_data_option
from perftui.cli.exits import CommandError, Exit
from perftui.forms import DEFAULT_FORM, Form, UnknownForm, form_ids, load_form, look_in
from perftui.locale import _


def add_form_option(parser: Parser, *, guessed: bool = False) -> None:
    """The option that says which form is meant; ``guessed``: without it the content tells."""
    add_data_option(parser)
    help_text = _("表样，平时按栏目名称判断") if guessed else _("表样，有哪些见 perftui forms")
    parser.add_argument("--form", metavar="FORM", default=None if guessed else DEFAULT_FORM, help=help_text)


def chosen_form(args: Arguments) -> Form:
    """The form that ``--form`` names. Raises CommandError."""
    look_in(Path(args.data))
    try:
        return load_form(args.form)
    except UnknownForm as error:
        names = _("有的表样：{names}").format(names=" ".join(form_ids()))
        code = Exit.REFUSED if args.form in form_ids() else Exit.USAGE
        raise CommandError(code, f"{error}\n{names}" if code is Exit.USAGE else str(error)) from error
