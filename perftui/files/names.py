"""File names made of data: an allow-list, so that no text of a document decides where a file goes."""

import re
import unicodedata

from perftui.model.lazy_regex import lazily

MAX_NAME_BYTES = 100
"""The most bytes of UTF-8 that a name made of data has (33 Chinese characters)."""

_NOT_ALLOWED = lazily(r"[^0-9A-Za-z\u3007\u3400-\u4dbf\u4e00-\u9fff_.（）-]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_PROJECT_SUFFIX = ".toml"
_ORDINARY = re.compile(r"[0-9A-Za-z]{5,90}")
"""Most files' stems: safe at a glance, and long enough to be no name that Windows reserves."""


def safe_name(text: str, fallback: str) -> str:
    """A file name (without folder) made of ``text``; ``fallback`` when nothing of it can be used.

    Letters, digits, Chinese characters and ``-_.（）`` stay, everything else becomes ``-``. The name does not begin or
    end with a dot or a dash, is none that Windows reserves, and has at most ``MAX_NAME_BYTES`` bytes.
    """
    name = _NOT_ALLOWED.sub("-", unicodedata.normalize("NFC", text))
    name = cut_bytes(re.sub(r"\.{2,}", ".", name).strip("-."), MAX_NAME_BYTES - 1).strip("-.")
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    return name or fallback


def is_project_file_name(name: str) -> bool:
    """Whether a folder's entry is named as a project's file: a safe name and ``.toml``."""
    stem = name.removesuffix(_PROJECT_SUFFIX)
    return stem != name and (_ORDINARY.fullmatch(stem) is not None or safe_name(stem, "") == stem != "")


def cut_bytes(text: str, size: int) -> str:
    """The longest beginning of ``text`` with at most ``size`` bytes of UTF-8, cut between characters."""
    return text.encode("utf-8", "surrogatepass")[:size].decode("utf-8", "ignore")
