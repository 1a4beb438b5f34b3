"""What is told a person once: a key that does something else than in the version before."""

from contextlib import suppress

from perftui.files.errors import FileError
from perftui.files.xdg_dirs import state_folder
from perftui.locale import N_, _

_NEW = {
    "ctrl+u": N_("Ctrl+U 现在删去光标前的文字；要照一行新建，先按回车"),
    "ctrl+k": N_("Ctrl+K 现在删去光标后的文字；要删除一行，先按回车"),
    "ctrl+d": N_("Ctrl+D 现在删去光标处的一个字；要照上面一格填写，先按回车"),
    "ctrl+x": N_("Ctrl+X 现在剪切选定的文字；要剪切一格，先按回车"),
    "ctrl+a": N_("Ctrl+A 现在到文字开头；要选定文字，用 Shift+方向键"),
    "ctrl+e": N_("Ctrl+E 现在到文字末尾；要照审核的建议改正，先按回车"),
}
_FILE = "told-keys"


def tell_once(key: str) -> str:
    """The sentence about a key; "" where it was told before, also by an earlier session."""
    with suppress(OSError, FileError):
        path = state_folder() / _FILE
        sentences = path.read_text(encoding="utf-8").split() if path.exists() else []
        if key in sentences:
            return ""
        path.write_text("\n".join([*sentences, key, ""]), encoding="utf-8")
    return _(_NEW[key])
