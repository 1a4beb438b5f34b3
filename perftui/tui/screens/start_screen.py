"""Where there is no document yet, or several: choose one, make a new one, or take a copy of the example."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rich.style import Style
from textual import events
from textual.app import ComposeResult

from perftui.editing.history import History
from perftui.files.errors import FileError
from perftui.forms import DEFAULT_FORM, look_in, usable_forms
from perftui.locale import _
from perftui.model.document import Location
from perftui.model.text import is_text
from perftui.model.textedit import TextEdit
from perftui.session.begun_document import BegunDocument
from perftui.session.document_figures import DocumentFigures, Overview, document_name
from perftui.session.examples import copy_example, documents_in, has_example
from perftui.session.journal.entries import Offer
from perftui.store.create import create_document
from perftui.store.folder import DocumentFolder
from perftui.tui.commands import key_label, useless_in_text
from perftui.tui.screens.background_work import Result, in_background
from perftui.tui.screens.sheet_screen import SheetScreen
from perftui.tui.terminal.terminal_app import hand_over
from perftui.tui.terminal.tokens import BREAKS
from perftui.tui.widgets.host_protocol import EntryOutcome, SheetHost
from perftui.tui.widgets.picker_lines import Item, numbered
from perftui.tui.widgets.text_lines import Piece, TextLines
from perftui.tui.widgets.tones import RULED, STYLES
from perftui.viewmodel.grid import CellView, Tone
from perftui.viewmodel.start import CREATE, EXAMPLE, IMPORT, NEXT_YEAR, START, StartValues, start_view

OPENED = "opened"
"""The answer of an app in which a document was chosen."""

_KEYS = frozenset(("ctrl+q", "f1", "f2", "f4", "ctrl+z"))
"""Keys that leave the text being typed."""


class KeptTexts:
    """The tray's texts where there is no journal yet, and what was copied."""

    def __init__(self) -> None:
        self.kept = ""
        """What was not put in."""
        self.clip = ""
        self.history = History()
        """There is nothing to undo here."""

    def hold(self, place: Location | None, text: str) -> None:
        """There is no journal yet."""

    def let_go(self, held: Offer) -> None:
        """Nothing is held."""

    def note_answer(self, title: str, text: str) -> None:
        """There is no journal yet."""

    def keep_text(self, text: str, held: Offer | None = None) -> None:
        """Have a text pasted by Ctrl+V here; else the document that is opened has it."""
        self.kept = self.clip = self.kept + text

    def taken(self) -> str:
        """What was copied or kept last, to be put in."""
        if self.clip == self.kept:
            self.kept = ""
        return self.clip


class BegunValues:
    """What was typed for a new document in a data folder, now or another time; all of it is kept for the next start."""

    def __init__(self, data: Path) -> None:
        self._kept = BegunDocument(data)
        self.values = StartValues(form=DEFAULT_FORM).with_typed(self._kept.values)
        self.is_old = bool(self._kept.values)
        """Does something of another time stand there?"""

    def put(self, key: str, text: str) -> None:
        """Fill in a field."""
        self.values = self.values.with_value(key, text.strip())
        self.end_draft()

    def draft(self, key: str, text: str) -> None:
        """A field is half-typed."""
        self._kept.keep(self.values.with_value(key, text.strip()).typed())

    def end_draft(self) -> None:
        """Nothing is half-typed any more."""
        self._kept.keep(self.values.typed())

    def forget(self) -> None:
        """The document is made."""
        self._kept.keep({})

    def close(self) -> None:
        """The screen is gone: write what waits."""
        self._kept.close()


class StartScreen(SheetScreen, inherit_bindings=False):
    """A list of the documents, and under it the few fields that a new one needs."""

    CSS = "StartScreen { layers: base above; layout: vertical; background: ansi_default; color: ansi_default; }"

    def __init__(self, data: Path) -> None:
        self.texts = KeptTexts()
        super().__init__(self.texts)
        self.data = data
        self.chosen: DocumentFolder | None = None
        self.title_line = TextLines(1, RULED, name="title")
        self.said = TextLines(1, name="said")
        self._documents = documents_in(data)
        self._names = [(str(number), document_name(folder)) for number, folder in enumerate(self._documents)]
        self._overview = Overview(self._documents)
        self._figures: Mapping[str, DocumentFigures] = {}
        self.begun = BegunValues(data)

    def make_host(self) -> SheetHost:
        """This screen answers its sheet itself."""
        return self

    def compose(self) -> ComposeResult:
        """Title, sheet, what was said, keys."""
        yield self.title_line
        yield self.sheet
        yield self.said
        yield self.keys
        yield self.picker

    def on_mount(self) -> None:
        """The sheet has the keys; how far each document is is found out meanwhile."""
        self.sheet.focus()
        self._figure(0)

    def _figure(self, number: int) -> None:
        """Find the figures of one document, then of the next: nobody waits for them."""

        def found(figures: DocumentFigures | None) -> None:
            if figures is not None:
                self._figures = {**self._figures, str(number): figures}
                self.sheet.keep_selection(lambda: self.show(self.sheet.place))
            self._figure(number + 1)

        if number < len(self._documents):
            self.background("figures", lambda: self._overview.of(number), found)
        elif not any(self.said.texts):
            self.say(_("上次填到一半的新文本还在下面") if self.begun.is_old else self._overview.clone_in_short)

    def on_resize(self) -> None:
        """Another width is another view."""
        self.show()

    def show(self, place: Location | None = None) -> None:
        """Show the documents and the fields."""
        width = self.size.width or 80
        view = start_view(self.begun.values, self._names, width, example=has_example(), figures=self._figures)
        self.sheet.show(view, place)
        folder = _("数据文件夹 {data}").format(data=self.data)
        self.title_line.show([[(_(" · ").join((" perftui", folder)), STYLES[Tone.GROUP])]])
        self.show_keys()

    def key_line(self) -> Sequence[Piece]:
        """The few keys that there are."""
        keys = (("↑↓", _("移动")), (_("回车"), _("打开或填写下一栏")), ("F4", _("选择表样")), ("Ctrl+Q", _("退出")))
        return [piece for key, label in keys for piece in ((key, STYLES[Tone.GROUP]), (f" {label}  ", Style.null()))]

    def holds(self, event: events.Key | events.Paste) -> bool:
        """What answers no question goes to the tray, which also answers its own; the document gets what is too late."""
        if self.chosen is not None:
            text = event.text if isinstance(event, events.Paste) else event.character or ""
            self.texts.keep_text("".join(sign for sign in text if is_text(sign) or sign in BREAKS))
            return True
        return self.tray.holds(event)

    def take_clip(self, *, put_in: bool = True) -> str:
        """What was copied or kept."""
        return self.texts.taken() if put_in else self.texts.clip

    def copied(self, text: str) -> None:
        """Keep a part of a text for Ctrl+V."""
        self.texts.clip = text

    def keep(self, text: str) -> None:
        """Keep a paste for Ctrl+V."""
        self.tray.keep(text)

    def means_something_new(self, key: str) -> None:
        """Nothing was different here."""

    def thrown_away(self, cell: CellView, edit: TextEdit, *, overwriting: bool) -> None:
        """Keep it for undo."""

        def reopen() -> None:
            self.show(cell.place)
            self.sheet.resume(edit, overwriting=overwriting)

        self.throw_away(edit, reopen)

    def commit(self, cell: CellView, text: str) -> EntryOutcome:
        """Keep what was typed for the new document."""
        if cell.place is None:
            return EntryOutcome()
        self.begun.put(cell.place.path[0], text)
        self.sheet.drop_edit()
        self.show(cell.place)
        return EntryOutcome(place=cell.place)

    def key_came(self, read: int | None, pause: float | None) -> None:
        """Nothing here depends on the keys before."""

    def useless(self, key: str) -> None:
        """Say that a key does nothing here."""
        self.say(_("{key} 在这里没有作用：F1 看怎么用").format(key=key_label(key)))

    def at_edge(self, cell: CellView | None) -> None:
        """Say that there is nothing further."""
        self.say(_("已经到头了"))

    def past_end(self, step: int) -> None:
        """Say that there is nothing further."""
        self.at_edge(None)

    def run_key(self, key: str) -> bool:
        """Quit, choose a form, open."""
        if key == "ctrl+q":
            self.app.exit()
        elif key == "f4":
            self._choose_form()
        elif key == "f2":
            self.sheet.begin_edit()
        elif key == "ctrl+z":
            self.undo_throwing()
        elif key == "ctrl+v":
            self.sheet.paste(self.take_clip())
        elif key == "f1":
            self.say(_("在一行上按回车就打开或开始；新建：先填年度、单位编码和名称，再到“建立”按回车"))
        else:
            return False
        return True

    def while_typing(self, key: str, cell: CellView, text: str) -> bool:
        """No command works on a half-typed text here; a key that is none leaves it as it is."""
        if key in _KEYS:
            return False
        self.say(useless_in_text(key))
        return True

    def opened(self, cell: CellView) -> None:
        """Enter on a document opens it; on a command, does it."""
        if cell.place is None:
            return
        action = cell.place.path[0]
        if action == CREATE:
            self._create()
        elif action in (IMPORT, NEXT_YEAR):
            _begin_from_file(self, action)
        elif action == "form":
            self._choose_form()
        elif action == EXAMPLE:
            self._finish(lambda: copy_example(self.data))
        elif action.isdigit():
            self.opened_document(self._documents[int(action)])

    def is_block(self, cell: CellView, text: str) -> bool:
        """No: here are single names alone."""
        return False

    def paste(self, cell: CellView, text: str) -> None:
        """Only single texts are typed here, so that this is never asked."""

    def clear(self, cells: list[CellView]) -> None:
        """Make fields blank."""
        for cell in cells:
            self.commit(cell, "")

    def cursor_moved(self, cell: CellView | None) -> None:
        """Nothing is said about single fields."""

    def drafted(self, cell: CellView, text: str, notice: str) -> None:
        """Keep it for the next start; say why something is not taken."""
        if cell.place is not None:
            self.begun.draft(cell.place.path[0], text)
        self.say(notice)

    def closed(self) -> None:
        """What was said of the text is over."""
        self.begun.end_draft()
        self.say("")

    def typed_in_list(self, text: str) -> None:
        """Nothing is filtered here."""
        self.say(_("这里不能输入，没有放进去：在上面的栏里填写，或按回车"))

    def beyond(self, step: int) -> bool:
        """There is nothing beyond."""
        return False

    # ---- making a document

    def _create(self) -> None:
        values = self.begun.values
        wrong = values.problem()
        if wrong is not None:
            path, sentence = wrong
            self.say(sentence)
            self.sheet.go(Location(file=START, path=(path,)))
            return
        self._finish(
            lambda: create_document(
                self.data, int(values.year), values.unit, values.form, values.name, values.division
            )
        )  # fmt: skip
        if self.chosen is not None:
            self.begun.forget()

    def _finish(self, make: Callable[[], DocumentFolder]) -> None:
        try:
            self.opened_document(make())
        except FileError as error:
            self.say(str(error))

    def opened_document(self, folder: DocumentFolder) -> None:
        """Go on with a document; what comes behind the key that opens it is the document's."""
        self.chosen = folder
        hand_over(self.app, OPENED)

    def _choose_form(self) -> None:
        look_in(self.data)
        items = [Item(id=form.id, label=form.title, hint=form.id) for form in usable_forms()]
        self.picker.ask(_("表样"), items, self._form_chosen, digits=numbered(items))

    def _form_chosen(self, form_id: str) -> None:
        self.begun.put("form", form_id)
        self.show()
        self.sheet.next()

    def say(self, sentence: str) -> None:
        """Say something under the sheet."""
        self.said.show([[(sentence.replace("\n", " "), STYLES[Tone.WARNING])]])

    def background(self, group: str, work: Callable[[], Result], done: Callable[[Result], None]) -> None:
        """Do ``work`` in a thread and give its result to ``done``."""
        in_background(self, self.say, group, work, done)


def _begin_from_file(screen: StartScreen, action: str) -> None:
    """A new document from a file: that of its year, or the next year's made of it."""
    from perftui.tui.actions.import_actions import import_new  # loaded when it is asked for
    from perftui.tui.actions.rollover_actions import roll_over_file

    values = screen.begun.values
    if action == NEXT_YEAR:
        roll_over_file(screen, screen.data, screen.opened_document)
    else:
        year = int(values.year) if values.year.isdecimal() else None
        import_new(screen, screen.data, year, values.unit, screen.opened_document)
