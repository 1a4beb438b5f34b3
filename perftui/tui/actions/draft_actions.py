"""The texts that ended sessions have left half typed, or that were kept from the tray: each is put in or let go of."""

import time

from perftui.editing.edits import CannotApply
from perftui.editing.entry import EntryRefused
from perftui.locale import _
from perftui.model.text import visible
from perftui.session.journal.entries import Offer
from perftui.session.open_document import FileLocked
from perftui.tui.actions.context import ActionContext
from perftui.tui.state.run_edits import refusal
from perftui.tui.widgets.picker import Item


def list_drafts(context: ActionContext) -> None:
    """List them: Enter puts one in, Del lets go of it, Esc leaves them for later."""
    offers = {offer.id: offer for offer in context.state.session.offers}
    if not offers:
        context.say(_("没有没写完的文字"))
        return

    def put_in(offer_id: str) -> None:
        _put_in(context, offers[offer_id])
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
    place, shown = offer.draft.place, context.state.shown
    where = shown.place_label(place) if place.path else ""
    when = time.strftime("%m-%d %H:%M", time.localtime(offer.at))
    name = shown.name(place.file) if context.state.document.has(place.file) else place.file
    label = _("{field}：{text}").format(field=where or name, text=visible(offer.draft.text))
    return Item(id=offer.id, label=label, hint=f"{name if where else ''} {when} {offer.person}".strip())


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
        return
    context.state.changed()
    if context.sheet.edit is None:
        context.go(place)
    else:
        context.show(context.sheet.place)
    context.say(_("放进去了：{text}").format(text=visible(offer.draft.text)))


def _paste(context: ActionContext, offer: Offer) -> None:
    """Where its field is gone, or it is more than one text: at its place if that is there, else where the cursor is."""
    if not context.sheet.leave():
        return
    place = offer.draft.place
    if place.path and context.state.document.has(place.file):
        context.go(place)
    if context.sheet.cell is None or not context.sheet.cell.editable:
        context.state.keep_text(offer.draft.text, offer)
        context.say(_("那一栏不在了：到要填的栏按 Ctrl+V 粘贴"))
        return
    context.state.session.let_go(offer)
    context.sheet.paste(offer.draft.text)
