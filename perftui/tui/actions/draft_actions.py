"""The texts that ended sessions have left half typed, or that were kept from the tray: each is put in or let go of."""

import time

from perftui.editing.edits import CannotApply
from perftui.editing.entry import EntryRefused
from perftui.exchange.tabular import parse_block
from perftui.locale import _
from perftui.model.document import Location
from perftui.model.text import visible
from perftui.session.journal.entries import Offer
from perftui.session.open_document import FileLocked
from perftui.tui.actions.context import ActionContext
from perftui.tui.state.run_edits import refusal
from perftui.tui.widgets.picker_lines import Item


def list_drafts(context: ActionContext) -> None:
    """List them: Enter puts one in, Del lets go of it, Esc leaves them for later."""
    offers = {offer.id: offer for offer in context.state.session.offers}
    if not offers:
        context.say(_("没有没写完的文字"))
        return

    def put_in(offer_id: str) -> None:
        _put_in(context, offers[offer_id])
        if offers[offer_id] not in context.state.session.offers:  # else what was said is to be read first
            _go_on(context)

    def let_go(offer_id: str) -> None:
        context.state.session.let_go(offers[offer_id])
        _go_on(context)

    title = _("没写完的文字：回车 放进去，Del 不要，Esc 以后再说")
    items = [_item(context, offer) for offer in offers.values()]
    context.picker.ask(title, items, put_in, removed=let_go)


def _go_on(context: ActionContext) -> None:
    """The list again, while there is something left of it and nothing else has been opened."""
    if context.state.session.offers and not context.picker.is_open:
        list_drafts(context)


def _item(context: ActionContext, offer: Offer) -> Item:
    where, name = _place_in_words(context, offer.draft.place)
    when = time.strftime("%m-%d %H:%M", time.localtime(offer.at))
    label = _("{field}：{text}").format(field=where or name, text=visible(offer.draft.text))
    return Item(id=offer.id, label=label, hint=f"{name if where else ''} {when} {offer.person}".strip())


def _place_in_words(context: ActionContext, place: Location) -> tuple[str, str]:
    """Field and project; of the answer to a question, the question alone."""
    if not place.file:
        return place.path[0], ""
    shown = context.state.shown
    name = shown.name(place.file) if context.state.document.has(place.file) else place.file
    return shown.place_label(place) if place.path else "", name


def _put_in(context: ActionContext, offer: Offer) -> None:
    """As an ordinary edit, or a conflict; a block is pasted, which asks how."""
    session, place = context.state.session, offer.draft.place
    if "\t" in offer.draft.text or "\n" in offer.draft.text.rstrip("\n"):
        _paste(context, offer)
        return
    try:
        step = session.put_in(offer)
    except (EntryRefused, FileLocked, CannotApply) as error:
        context.say(str(error) if isinstance(error, EntryRefused) else refusal(error))
        return
    if step is None:
        _paste(context, offer)
        if context.sheet.edit is not None:
            context.say(_("这一栏改过了，和写的时候不同：看过再按回车"))
        return
    context.state.changed()
    if context.sheet.edit is None:
        context.go(place)
    else:
        context.show(context.sheet.place)
    context.say(_("放进去了：{text}").format(text=visible(offer.draft.text)))


def _paste(context: ActionContext, offer: Offer) -> None:
    """More than one text goes in at its place, which asks how; where there is none, it is kept for Ctrl+V."""
    if not context.sheet.leave():
        return
    place = offer.draft.place
    if place.path and context.state.document.has(place.file):
        context.go(place)
    if place.path and context.sheet.place == place and context.sheet.cell is not None and context.sheet.cell.editable:
        context.state.session.let_go(offer)
        context.sheet.paste(offer.draft.text)
        return
    context.state.keep_clip(parse_block(offer.draft.text), offer)
    context.say(_told_kept(place))


def _told_kept(place: Location) -> str:
    if not place.file:
        return _("留着：再打开“{question}”，按 Ctrl+V 放进去").format(question=place.path[0])
    return _("那一栏不在了：到要填的栏按 Ctrl+V 粘贴") if place.path else _("留着：到要填的栏按 Ctrl+V 粘贴")
