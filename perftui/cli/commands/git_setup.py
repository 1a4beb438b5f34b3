"""``perftui git-setup``: the merge driver and the diff driver in this working copy."""

from perftui.cli.arguments import Arguments, Parser, add_document_options
from perftui.cli.document_arguments import document_folder
from perftui.cli.exits import Exit
from perftui.cli.git_failures import reporting_git_failures
from perftui.cli.output import put, say
from perftui.locale import _
from perftui.session.versions import repository_of
from perftui.store.create import prepare_for_git
from perftui.store.git.setup import has_attributes, program_line, set_up
from perftui.store.git.setup_check import ignore_our_files, setup_doubts


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    add_document_options(parser)


@reporting_git_failures()
def run(args: Arguments) -> Exit:
    """Install both drivers, and the attributes that name them where there are none."""
    folder = document_folder(args)
    repository = repository_of(folder)
    prepare_for_git(folder.data)
    ignore_our_files(repository, folder.data)
    set_up(repository, program_line())
    put(_("已设置：git 合并和比较 {root} 里的文件时按字段进行").format(root=repository.root))
    if not has_attributes(folder.data):
        say(_("{data}/.gitattributes 里没有 merge=perftui，请加上：*.toml merge=perftui").format(data=folder.data))
    doubts = list(setup_doubts(repository, folder.data))
    for sentence in doubts:
        say(sentence)
    return Exit.FINDINGS if doubts else Exit.DONE
